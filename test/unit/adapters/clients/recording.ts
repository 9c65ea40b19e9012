// Plays a recorded run of a stream client to a reader; the integration tests of the clients make the recordings.
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import type { ClientEnd } from '../../../../electron/common/session';
import { english } from '../../../../electron/common/told';
import type { OutputReader } from '../../../../electron/domain/session/stream-client';

export interface Played {
  /** Stages by their words, the other events by their kind. */
  readonly said: readonly string[];
  readonly end: ClientEnd;
  readonly text: string;
}

/** Lines of a recording: `line|TEXT`, `quiet|TEXT after the last line end`, `exit|CODE|SIGNAL`, and # comments. */
export function play(path: string, reader: OutputReader): Played {
  const text = readFileSync(join(import.meta.dirname, '../../../fixtures/clients', path), 'utf8');
  const said: string[] = [];
  for (const entry of text.split('\n')) {
    const [, kind, rest = ''] = /^(line|quiet|exit)\|(.*)$/.exec(entry) ?? [];
    if (kind === 'exit') {
      const [exitCode, signal = ''] = rest.split('|');
      return { said, text, end: reader.end({ exitCode: Number(exitCode), signal: signal === '' ? null : signal }) };
    }
    const events = kind === 'line' ? reader.line(rest) : kind === 'quiet' ? reader.partial(rest) : [];
    said.push(...events.map((event) => (event.kind === 'stage' ? english(event.stage) : event.kind)));
  }
  throw new Error(`${path} has no exit`);
}
