// Stream client TigerVNC: how its viewer is found and started; its reader tells what it says.
import { posix, win32 } from 'node:path';
import { success } from '../../common/result';
import type { FoundClient, MissingClient, StreamClient } from '../../domain/session/stream-client';
import { bracketed, checkRequest } from './connect-arguments';
import { findProgram, type ProgramIdentity } from './find-program';
import { installAdvice, type InstallSources } from './install-advice';
import type { Machine } from './machine';
import { TigerVncReader } from './tigervnc-reader';

const sources: InstallSources = {
  debian: ['tigervnc-viewer'],
  fedora: 'tigervnc',
  arch: 'tigervnc',
  flatpak: 'org.tigervnc.vncviewer',
  mac: 'Install it with Homebrew: brew install tiger-vnc',
  windows: 'Install the TigerVNC viewer from tigervnc.org into its usual place.',
};

/** Without both, a viewer that can't go on waits in a box for a click, and nobody learns that the session is over. */
const neededParameters = ['ReconnectOnError', 'AlertOnFatalError'];

export function createTigerVnc(machine: Machine): StreamClient {
  return {
    id: 'tigervnc',
    protocols: ['vnc'],
    find: () => find(machine),
    plan: ({ command: [file, ...leading] }, request) => {
      const checked = checkRequest(request);
      if (!checked.ok) return checked;
      const args = [
        ...neededParameters.map((name) => `-${name}=0`),
        `-FullScreen=${request.fullScreen ? 1 : 0}`,
        // Coming back must not throw out whoever connected meanwhile: two viewers would take turns for ever.
        '-Shared=1',
        '-Log=*:stderr:30',
        `${bracketed(request.address)}::${request.port}`,
      ];
      const env = {
        // vncviewer(1), ENVIRONMENT. Set even when empty: then a server that wants a password refuses, where without
        // the variables the viewer would wait in a box of its own.
        VNC_USERNAME: request.username ?? '',
        VNC_PASSWORD: request.password?.reveal() ?? '',
        // Its messages are translated, and the reader knows English. Unlike LC_ALL, this leaves the encoding alone.
        LANGUAGE: 'C',
      };
      return success({ file, args: [...leading, ...args], env, typedPassword: null });
    },
    reader: () => new TigerVncReader(),
  };
}

async function find(machine: Machine): Promise<FoundClient | MissingClient> {
  let outdated: string | null = null;
  const identify = async (file: string): Promise<ProgramIdentity | null> => {
    // On Windows, asking it would open a console window that waits: the directory must tell whose viewer it is.
    if (machine.platform === 'win32') return /[\\/]tigervnc[\\/]/i.test(file) ? { version: null } : null;
    const help = await machine.run(file, ['--help']);
    const identity = help && readHelp(help.text);
    if (identity?.fit === false) outdated = identity.version ?? 'of unknown version';
    return identity?.fit ? { version: identity.version } : null;
  };
  const program = await findProgram(machine, {
    names: ['xtigervncviewer', 'vncviewer'],
    usualFiles: usualFiles(machine),
    flatpak: { id: sources.flatpak, options: [] },
    identify,
  });
  if (program) {
    const displayName = program.version === null ? 'TigerVNC' : `TigerVNC ${program.version}`;
    return { found: true, client: 'tigervnc', displayName, ...program };
  }
  const advice = await installAdvice(machine, sources);
  const age = outdated === null ? '' : `The TigerVNC viewer here (${outdated as string}) is too old: it can't be told to end instead of waiting in a dialog. `;
  return { found: false, client: 'tigervnc', displayName: 'TigerVNC', advice: age + advice };
}

/** Reads `--help`, which lists each parameter. @returns null for a viewer of another make, which may bear the same name */
function readHelp(text: string): { version: string | null; fit: boolean } | null {
  const title = /TigerVNC[^\n]*/.exec(text)?.[0];
  if (title === undefined) return null;
  const version = /\d+\.\d+(?:\.\d+)*/.exec(title)?.[0] ?? null;
  return { version, fit: neededParameters.every((name) => text.includes(name)) };
}

function usualFiles(machine: Machine): string[] {
  if (machine.platform === 'linux') return ['/opt/tigervnc/bin/vncviewer', '/opt/TigerVNC/bin/vncviewer'];
  if (machine.platform === 'win32') {
    const roots = [machine.env['ProgramFiles'], machine.env['ProgramFiles(x86)']].filter((root) => root !== undefined);
    return roots.map((root) => win32.join(root, 'TigerVNC', 'vncviewer.exe'));
  }
  if (machine.platform !== 'darwin') return [];
  const bundles = ['TigerVNC.app', 'TigerVNC Viewer.app'];
  const roots = ['/Applications', posix.join(machine.homeDirectory, 'Applications')];
  const programs = ['TigerVNC Viewer', 'vncviewer', 'TigerVNC'];
  return roots.flatMap((root) =>
    bundles.flatMap((bundle) => programs.map((program) => posix.join(root, bundle, 'Contents/MacOS', program))),
  );
}
