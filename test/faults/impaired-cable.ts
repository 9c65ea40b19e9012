// A cable between two network namespaces that delays, loses, reorders or holds back what goes through it.
import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { resolve } from 'node:path';
import { createInterface } from 'node:readline';

export interface Impairment {
  /** Of a packet and its answer together, in milliseconds. */
  readonly roundTripMs: number;
  /** Share of the packets that are lost in each direction. */
  readonly lossRatio: number;
  /** Share of the packets that overtake those before them. */
  readonly reorderRatio: number;
}

/** Nothing is held back. */
export const fit: Impairment = { roundTripMs: 0, lossRatio: 0, reorderRatio: 0 };

export interface CableEnd {
  readonly namespace: string;
  /** The name its device gets there; it comes up without an address. */
  readonly device: string;
}

export interface ImpairedCable {
  /** From now on. */
  impair(impairment: Impairment): void;
  /** Keeps everything, as a router that stands still, until `release`. */
  hold(): void;
  release(): void;
  remove(): void;
}

/** Needs root and python3. @param kind what it carries: packets of IP, or whole Ethernet frames. @throws when it does not come up */
export async function layCable(kind: 'ip' | 'ethernet', near: CableEnd, far: CableEnd): Promise<ImpairedCable> {
  const script = resolve(import.meta.dirname, 'impaired-cable.py');
  const relay = spawn('python3', [script, kind, near.namespace, near.device, far.namespace, far.device], { stdio: 'pipe' });
  relay.stderr.pipe(process.stderr, { end: false });
  relay.stdin.on('error', () => undefined); // it is killed before its last order is read
  const ready = once(createInterface({ input: relay.stdout }), 'line');
  const failed = Promise.race([once(relay, 'exit'), once(relay, 'error')]).then(() => Promise.reject(new Error('the impaired cable did not come up')));
  failed.catch(() => undefined); // it ends one day, and then nobody looks
  await Promise.race([ready, failed]);
  return {
    impair: ({ roundTripMs, lossRatio, reorderRatio }) => void relay.stdin.write(`${roundTripMs / 2} ${lossRatio} ${reorderRatio}\n`),
    hold: () => void relay.stdin.write('hold\n'),
    release: () => void relay.stdin.write('release\n'),
    remove: () => void relay.kill('SIGKILL'),
  };
}
