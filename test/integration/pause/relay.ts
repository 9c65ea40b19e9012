// A cable of TCP connections on loopback that a test can cut without either end being told, slow down, or break.
import { once } from 'node:events';
import { connect, createServer, type AddressInfo, type Socket } from 'node:net';

export interface Relay {
  readonly port: number;
  /** Nothing passes any more, and no connection ends: what is sent waits. New connections are accepted, and hear nothing. */
  cut(): void;
  /** What waited passes. */
  mend(): void;
  /** Every connection is reset, at both ends. */
  reset(): void;
  /** Each piece of data towards the server waits this long, and stays in order. */
  delay(nextMs: () => number): void;
  stop(): Promise<void>;
}

export async function startRelay(toPort: number): Promise<Relay> {
  const ends = new Set<Socket>();
  const state: { isCut: boolean; nextMs: () => number; waiting: (() => void)[] } = { isCut: false, nextMs: () => 0, waiting: [] };
  const pass = (act: () => void): void => {
    if (state.isCut) state.waiting.push(act);
    else act();
  };
  const server = createServer({ noDelay: true }, (near) => {
    const far = connect({ port: toPort, host: '127.0.0.1', noDelay: true });
    for (const [from, to, isDelayed] of [
      [near, far, true],
      [far, near, false],
    ] as const) {
      ends.add(from);
      let last = Promise.resolve();
      const later = (act: () => void): void => {
        const delayMs = isDelayed ? state.nextMs() : 0;
        if (delayMs === 0 && !isDelayed) pass(act);
        else last = last.then(() => new Promise<void>((resolve) => setTimeout(resolve, delayMs))).then(() => pass(act));
      };
      from.on('data', (chunk) => later(() => to.write(chunk)));
      from.on('end', () => later(() => to.end()));
      // Nobody sends a reset again: one that meets a cut is lost.
      from.on('error', () => state.isCut || later(() => to.destroy()));
      from.on('close', () => ends.delete(from));
    }
  });
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  const mend = (): void => {
    state.isCut = false;
    for (const act of state.waiting.splice(0)) act();
  };
  return {
    port: (server.address() as AddressInfo).port,
    cut: () => {
      state.isCut = true;
    },
    mend,
    reset: () => {
      for (const end of ends) end.resetAndDestroy();
    },
    delay: (nextMs) => {
      state.nextMs = nextMs;
    },
    stop: async () => {
      const closed = once(server, 'close');
      server.close();
      for (const end of ends) end.destroy();
      await closed;
    },
  };
}
