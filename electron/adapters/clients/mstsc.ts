// Windows' own Remote Desktop client: a plain launch. It tells nobody anything, and nothing here claims that it did.
import { win32 } from 'node:path';
import { success } from '../../common/result';
import type { ClientEnd } from '../../common/session';
import type { ClientEvent, ClientExit, OutputReader, StreamClient } from '../../domain/session/stream-client';
import { bracketed, checkRequest } from './connect-arguments';
import { findProgram } from './find-program';
import type { Machine } from './machine';

/** Longer than it takes to refuse a host; shorter than the time a session gives a client to show a picture. */
const assumeStreamingAfterMs = 10_000;

const displayName = 'Remote Desktop Connection';

/**
 * Has never run in a test of ours: written after Microsoft's reference of mstsc's command line. It takes no user name and
 * no password there, asks for both itself, shows its own certificate questions, and keeps its own trust.
 */
export function createMstsc(machine: Machine): StreamClient {
  return {
    id: 'mstsc',
    protocols: ['rdp'],
    find: async () => {
      const root = machine.env['SystemRoot'] ?? machine.env['SYSTEMROOT'] ?? 'C:\\Windows';
      const usualFiles = machine.platform === 'win32' ? [win32.join(root, 'System32', 'mstsc.exe')] : [];
      const names = machine.platform === 'win32' ? ['mstsc'] : [];
      const program = await findProgram(machine, { names, usualFiles, flatpak: null, identify: async () => ({ version: null }) });
      if (program) return { found: true, client: 'mstsc', displayName, ...program };
      const advice =
        machine.platform === 'win32'
          ? 'It is a part of Windows, but mstsc.exe is not in System32: add it in Windows’ settings, under optional features.'
          : 'It is a part of Windows; on this system, install FreeRDP.';
      return { found: false, client: 'mstsc', displayName, advice };
    },
    plan: ({ command: [file, ...leading] }, request) => {
      const checked = checkRequest(request);
      if (!checked.ok) return checked;
      const args = [...leading, `/v:${bracketed(request.address)}:${request.port}`, ...(request.fullScreen ? ['/f'] : [])];
      return success({ file, args, env: {}, typedPassword: null, assumeStreamingAfterMs });
    },
    reader: () => new MstscReader(),
  };
}

export class MstscReader implements OutputReader {
  line(): readonly ClientEvent[] {
    return [];
  }

  partial(): readonly ClientEvent[] {
    return [];
  }

  /** Its exit codes other than 0 are not documented. */
  end({ exitCode, signal }: ClientExit): ClientEnd {
    if (signal !== null) return { kind: 'crashed', signal };
    return exitCode === 0 ? { kind: 'ended-by-user' } : { kind: 'unexpected', exitCode };
  }
}
