// A keeper whose client lives and ends as the test says, with the manners of the real one.
import type { ClientEnd } from '../../electron/common/session';
import { asIs } from '../../electron/common/told';
import type { Disposable } from '../../electron/domain/clock';
import type { ClientKeeper, KeeperEvent, KeptOutput } from '../../electron/domain/session/client-keeper';
import type { LaunchPlan, StreamClientId } from '../../electron/domain/session/stream-client';

export interface FakeStart {
  readonly client: StreamClientId;
  readonly plan: LaunchPlan;
}

export class FakeClientKeeper implements ClientKeeper {
  /** Every start, in order. */
  readonly starts: FakeStart[] = [];
  /** How often a client was told to end. */
  stops = 0;
  isDisposed = false;
  /** False: a client that is told to end lives on until the test ends it. */
  endsWhenTold = true;
  private readonly listeners = new Set<(event: KeeperEvent) => void>();
  private keeping = false;
  private printed = '';
  private nextPid = 4_000;

  get isKeeping(): boolean {
    return this.keeping;
  }

  onEvent(listener: (event: KeeperEvent) => void): Disposable {
    this.listeners.add(listener);
    return { dispose: () => this.listeners.delete(listener) };
  }

  start(client: StreamClientId, plan: LaunchPlan): void {
    if (this.isDisposed) throw new Error('a client was started after the keeper had been disposed of');
    if (this.keeping) throw new Error('a session thread keeps one client at a time');
    this.keeping = true;
    this.starts.push({ client, plan });
    // As from another thread: never within the call.
    const pid = this.nextPid++;
    queueMicrotask(() => this.announce({ kind: 'started', pid }));
  }

  stop(): void {
    if (!this.keeping) return;
    this.stops += 1;
    if (this.endsWhenTold) queueMicrotask(() => this.endOnce({ kind: 'ended-by-user' }));
  }

  readOutput(): KeptOutput {
    return { text: this.printed, endsAt: this.printed.length };
  }

  async dispose(): Promise<void> {
    if (this.isDisposed) return;
    this.isDisposed = true;
    await Promise.resolve();
    // However little it wanted to end.
    this.endOnce({ kind: 'crashed', signal: 'SIGKILL' });
  }

  streams(): void {
    this.mustKeep();
    this.announce({ kind: 'streaming' });
  }

  stage(stage: string): void {
    this.mustKeep();
    this.announce({ kind: 'stage', stage: asIs(stage) });
  }

  /** Anything else that the client's reader may tell. */
  emit(event: Exclude<KeeperEvent, { kind: 'started' | 'ended' | 'printed' }>): void {
    this.mustKeep();
    this.announce(event);
  }

  print(text: string): void {
    this.mustKeep();
    const startsAt = this.printed.length;
    this.printed += text;
    this.announce({ kind: 'printed', startsAt, text });
  }

  end(end: ClientEnd): void {
    this.mustKeep();
    this.endOnce(end);
  }

  private endOnce(end: ClientEnd): void {
    if (!this.keeping) return;
    this.keeping = false;
    this.announce({ kind: 'ended', end });
  }

  private mustKeep(): void {
    if (!this.keeping) throw new Error('no client is kept');
  }

  private announce(event: KeeperEvent): void {
    for (const listener of [...this.listeners]) listener(event);
  }
}
