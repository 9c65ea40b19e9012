// A machine of any system, as a test describes it: which programs it has, what they answer, which texts lie on it.
import { basename, dirname } from 'node:path/posix';
import type { Machine, ProgramOutput } from '../../electron/adapters/clients/machine';

export interface FakeMachineFacts {
  readonly platform: NodeJS.Platform;
  readonly env?: Readonly<Record<string, string>>;
  readonly homeDirectory?: string;
  readonly texts?: Readonly<Record<string, string>>;
  /** By whole path; the answer to the arguments joined by spaces, null for a program that can't be started. */
  readonly programs?: Readonly<Record<string, (args: string) => ProgramOutput | null>>;
}

export interface FakeMachine extends Machine {
  /** Command lines that were run, in order. */
  readonly ran: readonly string[];
}

export function fakeMachine(facts: FakeMachineFacts): FakeMachine {
  const ran: string[] = [];
  const programs = new Map(Object.entries(facts.programs ?? {}));
  return {
    platform: facts.platform,
    env: facts.env ?? {},
    homeDirectory: facts.homeDirectory ?? '/home/someone',
    isExecutable: async (file) => programs.has(file),
    readText: async (file) => facts.texts?.[file] ?? null,
    listDirectory: async (directory) =>
      [...programs.keys()].filter((file) => dirname(file) === directory).map((file) => basename(file)),
    run: async (file, args) => {
      ran.push([file, ...args].join(' '));
      return programs.get(file)?.(args.join(' ')) ?? null;
    },
    ran,
  };
}

export function prints(text: string, exitCode = 0): () => ProgramOutput {
  return () => ({ exitCode, text });
}
