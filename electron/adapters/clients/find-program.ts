// Looks for a program on PATH, in the usual places and among the Flatpaks, and asks each candidate what it is.
import { posix, win32 } from 'node:path';
import type { FoundClient } from '../../domain/session/stream-client';
import type { Machine } from './machine';

export interface ProgramIdentity {
  readonly version: string | null;
}

export interface FlatpakSource {
  readonly id: string;
  /** Options of `flatpak run`, before the id. */
  readonly options: readonly string[];
}

export interface ProgramSearch {
  /** File names without `.exe`, best first. */
  readonly names: readonly string[];
  /** Whole paths, for what is not on PATH: bundles, programs directories. */
  readonly usualFiles: readonly string[];
  readonly flatpak: FlatpakSource | null;
  /** Null: not the program we mean, although it has its name. */
  readonly identify: (file: string) => Promise<ProgramIdentity | null>;
}

export type FoundProgram = Pick<FoundClient, 'command' | 'origin' | 'version'>;

/** Where programs lie that the PATH of a desktop session may lack: a graphical login often has a shorter one than a shell. */
const usualDirectories: Readonly<Partial<Record<NodeJS.Platform, readonly string[]>>> = {
  linux: ['/usr/bin', '/usr/local/bin', '/opt/bin', '/snap/bin', '/home/linuxbrew/.linuxbrew/bin'],
  darwin: ['/opt/homebrew/bin', '/usr/local/bin', '/opt/local/bin', '/opt/X11/bin'],
};

/** @returns the first candidate that is the program, or null */
export async function findProgram(machine: Machine, search: ProgramSearch): Promise<FoundProgram | null> {
  const tried = new Set<string>();
  const tryFile = async (file: string, origin: FoundProgram['origin']): Promise<FoundProgram | null> => {
    if (tried.has(file)) return null;
    tried.add(file);
    if (!(await machine.isExecutable(file))) return null;
    const identity = await search.identify(file);
    return identity && { command: [file], origin, version: identity.version };
  };
  for (const file of filesIn(machine, pathDirectories(machine), search.names)) {
    const found = await tryFile(file, 'path');
    if (found) return found;
  }
  const usual = [...search.usualFiles, ...filesIn(machine, usualDirectories[machine.platform] ?? [], search.names)];
  for (const file of usual) {
    const found = await tryFile(file, 'usual-place');
    if (found) return found;
  }
  return search.flatpak && machine.platform === 'linux' ? findFlatpak(machine, search.flatpak) : null;
}

/** A better name in a later directory goes before a worse one in an earlier directory. */
function filesIn(machine: Machine, directories: readonly string[], names: readonly string[]): string[] {
  const windows = machine.platform === 'win32';
  const path = windows ? win32 : posix;
  return names.flatMap((name) => directories.map((directory) => path.join(directory, windows ? `${name}.exe` : name)));
}

/** Relative entries are left out: what they name depends on where Athena was started. */
function pathDirectories(machine: Machine): string[] {
  const path = machine.platform === 'win32' ? win32 : posix;
  return (machine.env['PATH'] ?? machine.env['Path'] ?? '').split(path.delimiter).filter((directory) => path.isAbsolute(directory));
}

/** flatpak-list(1); when it fails, the wrappers that an installed app exports tell as much, without the version. */
async function findFlatpak(machine: Machine, { id, options }: FlatpakSource): Promise<FoundProgram | null> {
  const flatpak = await firstExecutable(machine, filesIn(machine, [...pathDirectories(machine), '/usr/bin'], ['flatpak']));
  if (flatpak === null) return null;
  const found = (version: string | null): FoundProgram => ({
    // Without --die-with-parent, ending the process we started would leave the client in its sandbox running.
    command: [flatpak, 'run', '--die-with-parent', ...options, id],
    origin: 'flatpak',
    version,
  });
  const listed = await machine.run(flatpak, ['list', '--app', '--columns=application,version']);
  if (listed?.exitCode === 0) {
    for (const line of listed.text.split('\n')) {
      const [application, version] = line.split('\t').map((cell) => cell.trim());
      if (application === id) return found(version === undefined || version === '' ? null : version);
    }
    return null;
  }
  const exported = ['/var/lib/flatpak', posix.join(machine.homeDirectory, '.local/share/flatpak')];
  const wrapper = await firstExecutable(machine, exported.map((directory) => posix.join(directory, 'exports/bin', id)));
  return wrapper === null ? null : found(null);
}

async function firstExecutable(machine: Machine, files: readonly string[]): Promise<string | null> {
  for (const file of files) {
    if (await machine.isExecutable(file)) return file;
  }
  return null;
}
