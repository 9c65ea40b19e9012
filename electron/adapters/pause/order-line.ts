// Carries out the orders to one host one after another, and lets those under way be cancelled.
import type { HostRecord } from '../../common/host';
import type { HostId } from '../../common/ids';

interface Line {
  readonly closing: AbortController;
  last: Promise<unknown>;
}

export class OrderLine {
  readonly #lines = new Map<HostId, Line>();

  /** @param act its signal is aborted by `cancel` */
  give<T>(host: HostRecord, act: (signal: AbortSignal) => Promise<T>): Promise<T> {
    const line = this.#lines.get(host.id) ?? { closing: new AbortController(), last: Promise.resolve() };
    this.#lines.set(host.id, line);
    const done = line.last.then(() => act(line.closing.signal));
    // A bug in one order is its caller's to hear of, and must not stop the next.
    line.last = done.catch(() => undefined);
    return done;
  }

  /** Of one host, or of all. */
  cancel(host?: HostRecord): void {
    for (const [id, line] of this.#lines) {
      if (host !== undefined && host.id !== id) continue;
      this.#lines.delete(id);
      line.closing.abort();
    }
  }
}
