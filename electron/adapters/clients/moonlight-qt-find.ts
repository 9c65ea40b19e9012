// Looks for Moonlight (moonlight-qt): on PATH, as AppImage, bundle, Flatpak or Windows program, with its version and options.
import { posix, win32 } from 'node:path';
import type { FoundClient, MissingClient } from '../../domain/session/stream-client';
import { findProgram, type FoundProgram, type ProgramIdentity } from './find-program';
import type { Machine } from './machine';
import { optionNames } from './moonlight-arguments';

/** Stands among the options of a version whose --video-codec may be AV1. */
export const av1Choice = 'video-codec=AV1';

const flatpakId = 'com.moonlight_stream.Moonlight';

export async function findMoonlightQt(machine: Machine): Promise<FoundClient | MissingClient> {
  const program = await findProgram(machine, {
    names: machine.platform === 'win32' ? ['Moonlight'] : ['moonlight-qt', 'moonlight'],
    usualFiles: await usualFiles(machine),
    flatpak: { id: flatpakId, options: [] },
    identify: (file) => identify(machine, file),
  });
  if (!program) return { found: false, client: 'moonlight-qt', displayName: 'Moonlight', advice: advice(machine.platform) };
  const options = await readOptions(machine, program);
  return {
    found: true,
    client: 'moonlight-qt',
    displayName: program.version === null ? 'Moonlight' : `Moonlight ${program.version}`,
    ...program,
    ...(options === null ? {} : { options }),
  };
}

/** Moonlight Embedded has the same name; each tells in its help who it is. */
async function identify(machine: Machine, file: string): Promise<ProgramIdentity | null> {
  // On Windows it shows its help in a box that waits for a click: the file's name must do.
  if (machine.platform === 'win32') return { version: null };
  const help = await machine.run(file, ['--help']);
  if (help === null) return null;
  if (/^Usage: .*\[options\] <action>/m.test(help.text)) return { version: await versionOf(machine, file) };
  // Without a display it ends before it reads its arguments, but not without saying what it is made with.
  return /\bqt\.qpa\b|Qt platform plugin/.test(help.text) ? { version: null } : null;
}

async function versionOf(machine: Machine, file: string): Promise<string | null> {
  const output = await machine.run(file, ['--version']);
  return /^Moonlight (\d+\.\d+(?:\.\d+)*)/m.exec(output?.text ?? '')?.[1] ?? null;
}

/** @returns null when it doesn't tell */
async function readOptions(machine: Machine, { command: [file, ...leading] }: FoundProgram): Promise<string[] | null> {
  if (machine.platform === 'win32') return null;
  const help = await machine.run(file, [...leading, 'stream', '--help']);
  if (help?.exitCode !== 0) return null;
  const names = optionNames(help.text);
  if (!names.includes('resolution')) return null;
  return /\bAV1\b/.test(help.text) ? [...names, av1Choice] : names;
}

async function usualFiles(machine: Machine): Promise<string[]> {
  const home = machine.homeDirectory;
  switch (machine.platform) {
    case 'linux':
      return appImages(machine, ['Applications', 'AppImages', '.local/bin', 'bin', 'Downloads', 'Desktop'].map((directory) => posix.join(home, directory)).concat('/opt'));
    case 'darwin':
      return ['/Applications', posix.join(home, 'Applications')].map((root) => posix.join(root, 'Moonlight.app/Contents/MacOS/Moonlight'));
    case 'win32': {
      const roots = [machine.env['ProgramFiles'], machine.env['ProgramFiles(x86)']].filter((root) => root !== undefined);
      return roots.map((root) => win32.join(root, 'Moonlight Game Streaming', 'Moonlight.exe'));
    }
    default:
      return [];
  }
}

/** "Moonlight-6.1.0-x86_64.AppImage" and the like, the newest of each directory first. */
async function appImages(machine: Machine, directories: readonly string[]): Promise<string[]> {
  const newestFirst = new Intl.Collator('en', { numeric: true }).compare;
  const lists = await Promise.all(
    directories.map(async (directory) =>
      (await machine.listDirectory(directory))
        .filter((name) => /^moonlight.*\.appimage$/i.test(name))
        .sort((one, other) => newestFirst(other, one))
        .map((name) => posix.join(directory, name)),
    ),
  );
  return lists.flat();
}

function advice(platform: NodeJS.Platform): string {
  switch (platform) {
    case 'darwin':
      return 'Install it with Homebrew: brew install --cask moonlight';
    case 'win32':
      return 'Install it with: winget install MoonlightGameStreamingProject.Moonlight';
    default:
      return `Install it as a Flatpak: flatpak install flathub ${flatpakId}. Or as an AppImage from moonlight-stream.org, put into ~/Applications.`;
  }
}
