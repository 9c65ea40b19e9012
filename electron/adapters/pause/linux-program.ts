// Runs one program on a Linux host over the shell that is there already, its arguments as they are.
import { success } from '../../common/result';
import { refused, type HostResult, type LinuxHost } from './linux-host';
import { quoted } from './linux-shell-script';

/** How a program on the host ended. 126: it may not be run; 127: there is none (POSIX shell). */
export interface ProgramEnd {
  readonly exitCode: number;
  /** What it printed, also to its standard error. */
  readonly output: string;
}

/** For an answer that costs the host nothing, in milliseconds. */
const aliveWithinMs = 1_500;

/**
 * @param words the program and its arguments
 * @param limitMs longer, and it is given up: nobody knows then whether it did its work
 * @param variables set for this program alone
 */
export async function runProgram(
  linux: LinuxHost,
  words: readonly string[],
  limitMs: number,
  variables: Readonly<Record<string, string>> = {},
): Promise<HostResult<ProgramEnd>> {
  // A connection that died without a word is found out first: what a program did can't be undone by sending it twice.
  const isThere = await linux.runScript(':', Math.min(limitMs, aliveWithinMs));
  if (!isThere.ok) return isThere;
  const answer = await linux.runScript(programScript(words, variables), limitMs);
  if (answer.ok) return readProgramEnd(answer.value, words[0] ?? '');
  if (answer.failure.kind === 'fault' && answer.failure.fault.kind === 'timed-out') {
    return refused('timed-out', `${words[0] ?? 'The program'} did not end within ${limitMs / 1_000} s on the host.`, 'Try it on the host by hand.');
  }
  return answer;
}

/** In a shell of its own: a program called "exit" must not end the one Athena talks to. */
export function programScript(words: readonly string[], variables: Readonly<Record<string, string>> = {}): string {
  const set = Object.entries(variables).map(([name, value]) => `${name}=${quoted(value)} `);
  return `( ${set.join('')}${words.map(quoted).join(' ')} ) 2>&1; athena_code=$?; echo; echo "athena-exit $athena_code"`;
}

export function readProgramEnd(answer: string, program: string): HostResult<ProgramEnd> {
  const end = /\nathena-exit (\d{1,3})\n?$/.exec(answer);
  if (end) return success({ exitCode: Number(end[1]), output: answer.slice(0, end.index) });
  return refused('bad-answer', `The host did not tell how ${program} ended.`, 'Try again.');
}

/** The last line of what a program printed, for a sentence: without control characters, and not too long. */
export function lastWords(output: string): string {
  const lines = output.split(/\r?\n/).map((line) => line.replace(/[\p{Cc}\p{Cf}]+/gu, ' ').trim());
  return (lines.filter((line) => line !== '').at(-1) ?? '').slice(0, 200).replace(/\.$/, '');
}
