// Stream client of the practice host: Athena's own program, so that a newcomer needs nothing installed.
import { success } from '../../common/result';
import type { ClientEnd } from '../../common/session';
import type { ClientEvent, ClientExit, FoundClient, OutputReader, StreamClient } from '../../domain/session/stream-client';
import { checkRequest } from './connect-arguments';
import { startFailure } from './terminal-signs';

export interface PracticeClientStart {
  /** How this build runs the practice client, with or without a window. */
  readonly command: readonly [file: string, ...leading: string[]];
  /** ELECTRON_RUN_AS_NODE and the like. */
  readonly env: Readonly<Record<string, string | undefined>>;
}

export function createPracticeClient(start: PracticeClientStart): StreamClient {
  const found: FoundClient = {
    found: true,
    client: 'practice',
    displayName: 'Practice client',
    version: null,
    command: start.command,
    origin: 'built-in',
  };
  return {
    id: 'practice',
    protocols: ['practice'],
    find: async () => found,
    plan: ({ command: [file, ...leading] }, request) => {
      const checked = checkRequest(request);
      if (!checked.ok) return checked;
      const target = ['--host', request.address, '--port', String(request.port), `--title=${request.title}`];
      return success({ file, args: [...leading, ...target], env: start.env, typedPassword: null });
    },
    reader: () => new PracticeReader(),
  };
}

const stageWords: Readonly<Record<string, string>> = { connecting: 'connecting', handshake: 'signing in' };

export class PracticeReader implements OutputReader {
  #end: ClientEnd | null = null;

  line(text: string): readonly ClientEvent[] {
    const [word, detail = ''] = text.trim().split(' ');
    if (word === 'stage') return [{ kind: 'stage', stage: stageWords[detail] ?? detail }];
    if (word === 'streaming') return [{ kind: 'streaming' }];
    if (word === 'end' || word === 'error') this.#end = endOf(detail);
    this.#end ??= startFailure(text);
    return [];
  }

  partial(): readonly ClientEvent[] {
    return [];
  }

  /** Exit codes: 0 closed or ended by the host, 3 connection lost, 4 unreachable or refused, 5 unknown name, 64 bad arguments. */
  end({ exitCode, signal }: ClientExit): ClientEnd {
    if (signal !== null) return { kind: 'crashed', signal };
    if (this.#end) return this.#end;
    switch (exitCode) {
      case 0:
        return { kind: 'ended-by-user' };
      case 3:
        return { kind: 'connection-lost' };
      case 4:
        return { kind: 'host-unreachable' };
      case 5:
        return { kind: 'host-name-unknown' };
      case 64:
        return { kind: 'client-misused', detail: 'the practice client does not know these arguments' };
      default:
        return { kind: 'unexpected', exitCode };
    }
  }
}

function endOf(detail: string): ClientEnd | null {
  switch (detail) {
    case 'host-ended':
      return { kind: 'host-ended' };
    case 'connection-lost':
      return { kind: 'connection-lost' };
    case 'refused':
    case 'unreachable':
      return { kind: 'host-unreachable' };
    case 'unknown-host':
      return { kind: 'host-name-unknown' };
    default:
      return null;
  }
}
