// Owns a session thread: starts it, carries its news, and leaves no client behind when it ends or dies.
import { Worker } from 'node:worker_threads';
import type { Disposable } from '../domain/clock';
import { keptOutputLength, OutputTail } from '../common/output-tail';
import type { Log } from '../domain/log';
import type { ClientKeeper, KeeperEvent, KeptOutput } from '../domain/session/client-keeper';
import type { LaunchPlan, StreamClientId } from '../domain/session/stream-client';
import type { FromSessionThread, SessionThreadStart, ToSessionThread } from './session-messages';

/** After this the owner ends a client itself, however the thread is; longer than the thread's own patience. */
const stopLimitMs = 3_000;
/** A thread that says nothing this long after its client was killed, or has not ended by itself, hangs. */
const threadLimitMs = 1_500;

export class SessionOwner implements ClientKeeper {
  private readonly listeners = new Set<(event: KeeperEvent) => void>();
  private readonly output = new OutputTail(keptOutputLength);
  private readonly pidCell = new SharedArrayBuffer(4);
  private readonly pids = new Int32Array(this.pidCell);
  private worker: Worker | null;
  /** A start was asked for and its end has not been told yet. */
  private keeping = false;
  private disposing = false;
  private stopTimer: NodeJS.Timeout | null = null;

  /** @param scriptFile the built session thread */
  constructor(
    private readonly scriptFile: string,
    private readonly log: Log,
  ) {
    // Made before it is needed: a reconnect must not wait for a thread to load.
    this.worker = this.createWorker();
  }

  onEvent(listener: (event: KeeperEvent) => void): Disposable {
    this.listeners.add(listener);
    return { dispose: () => this.listeners.delete(listener) };
  }

  start(client: StreamClientId, plan: LaunchPlan): void {
    if (this.keeping) throw new Error('a session thread keeps one client at a time');
    this.keeping = true;
    this.worker ??= this.createWorker();
    this.send({ kind: 'start', client, plan });
  }

  stop(): void {
    if (!this.keeping) return;
    this.send({ kind: 'stop' });
    this.stopTimer ??= setTimeout(() => {
      this.log.warn('session thread did not end its client in time');
      this.killClient();
      const { worker } = this;
      this.stopTimer = setTimeout(() => worker && this.abandon(worker), threadLimitMs);
    }, stopLimitMs);
  }

  readOutput(): KeptOutput {
    return { text: this.output.text, endsAt: this.output.endsAt };
  }

  async dispose(): Promise<void> {
    if (this.disposing) return;
    this.disposing = true;
    if (this.keeping) {
      const ended = new Promise<void>((resolve) => {
        this.onEvent((event) => {
          if (event.kind === 'ended') resolve();
        });
      });
      this.stop();
      await ended;
    }
    await this.finishThread();
  }

  /** Asked to, the thread ends by itself. */
  private async finishThread(): Promise<void> {
    const { worker } = this;
    if (!worker) return;
    const gone = new Promise<void>((resolve) => worker.once('exit', () => resolve()));
    this.send({ kind: 'finish' });
    const limit = setTimeout(() => this.abandon(worker), threadLimitMs);
    await Promise.race([gone, new Promise((resolve) => setTimeout(resolve, threadLimitMs).unref())]);
    clearTimeout(limit);
  }

  /**
   * A thread that hangs is left alone and no longer listened to. Ending it from outside could abort the whole process:
   * node-pty calls back into it when its client ends.
   */
  private abandon(worker: Worker): void {
    this.log.error('session thread hangs and is abandoned');
    worker.removeAllListeners();
    worker.unref();
    if (this.worker === worker) this.threadEnded(null);
  }

  private createWorker(): Worker {
    const workerData: SessionThreadStart = { pidCell: this.pidCell };
    const worker = new Worker(this.scriptFile, { workerData, name: 'session' });
    worker.on('message', (message: FromSessionThread) => this.receive(message));
    worker.on('error', (error) => {
      this.log.error('session thread failed', { error });
      // node-pty holds a dying thread until the client it waits for is gone.
      this.killClient();
    });
    worker.on('exit', (exitCode) => this.threadEnded(exitCode));
    return worker;
  }

  private send(message: ToSessionThread): void {
    this.worker?.postMessage(message);
  }

  private receive(message: FromSessionThread): void {
    switch (message.kind) {
      case 'ready':
        return;
      case 'failed':
        this.log.error('session thread failed', { message: message.message, stack: message.stack });
        return;
      case 'started':
        this.announce({ kind: 'started', pid: message.pid });
        return;
      case 'event':
        this.announce(message.event);
        return;
      case 'printed': {
        const startsAt = this.output.endsAt + message.skipped;
        this.output.append(message.text, message.skipped);
        this.announce({ kind: 'printed', startsAt, text: message.text });
        return;
      }
      case 'ended':
        this.log.info('stream client ended', { end: message.end, exit: message.exit });
        this.clientEnded({ kind: 'ended', end: message.end });
    }
  }

  private threadEnded(exitCode: number | null): void {
    this.killClient();
    // Made anew by the next start, not at once: a thread that can't load would die for ever.
    this.worker = null;
    Atomics.store(this.pids, 0, 0);
    if (!this.disposing) this.log.error('session thread died', { exitCode });
    if (this.keeping) this.clientEnded({ kind: 'ended', end: { kind: 'thread-lost' } });
  }

  private clientEnded(event: KeeperEvent): void {
    if (this.stopTimer) clearTimeout(this.stopTimer);
    this.stopTimer = null;
    this.keeping = false;
    this.announce(event);
  }

  /** Ending a worker alone would leave its client running. */
  private killClient(): void {
    const pid = Atomics.load(this.pids, 0);
    if (pid === 0) return;
    try {
      process.kill(process.platform === 'win32' ? pid : -pid, 'SIGKILL');
    } catch (error) {
      if ((error as NodeJS.ErrnoException).code !== 'ESRCH') this.log.error('stream client could not be ended', { pid, error });
    }
  }

  private announce(event: KeeperEvent): void {
    for (const listener of [...this.listeners]) listener(event);
  }
}
