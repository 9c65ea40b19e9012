// Lets a stream be watched for stalls exactly as long as there is one: from its first picture to the end of its client.
import type { Entry } from '../../common/entry';
import type { Disposable } from '../clock';
import type { SessionEvent, SessionState } from './session-events';
import { hasStalledClient } from './session-stall';
import type { StallWatcher } from './stall-watch';
import type { StreamSign } from './stream-client';

export interface StallGuardParts {
  readonly watcher: StallWatcher;
  readonly entry: Entry;
  readonly tell: (event: SessionEvent) => void;
  /** What was found, in sentences, for the log. */
  readonly found: (evidence: readonly string[]) => void;
}

export class StallGuard implements Disposable {
  private watch: Disposable | null = null;
  private readonly listeners = new Set<(sign: StreamSign) => void>();

  constructor(private readonly parts: StallGuardParts) {}

  /** After each step of the machine. @param pid of the client; null: none runs */
  follow(state: SessionState, pid: number | null): void {
    const { link, client, app } = state;
    // A paused app shows a still picture, which is no stall; a stalled stream's app is paused by us, and its way back is wanted.
    const moves = link.kind === 'streaming' && (app.kind === 'running' || app.kind === 'unmanaged');
    const isThere = (client.kind === 'running' && moves) || hasStalledClient(state);
    if (!isThere || pid === null) this.dispose();
    else this.watch ??= this.begin(pid);
  }

  sign(sign: StreamSign): void {
    for (const listener of [...this.listeners]) listener(sign);
  }

  dispose(): void {
    this.watch?.dispose();
    this.watch = null;
    this.listeners.clear();
  }

  private begin(clientPid: number): Disposable {
    const { watcher, entry, tell, found } = this.parts;
    const signs = (listener: (sign: StreamSign) => void): Disposable => {
      this.listeners.add(listener);
      return { dispose: () => this.listeners.delete(listener) };
    };
    return watcher.watch({ hostId: entry.host, clientPid, protocol: entry.protocol }, signs, {
      stalled: ({ kind, evidence }) => {
        found(evidence);
        tell({ kind: 'stream-stalled', what: kind });
      },
      flows: () => tell({ kind: 'stream-flows' }),
    });
  }
}
