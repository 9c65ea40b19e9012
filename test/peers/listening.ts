// Waits until a process listens, whatever its network namespace, without a connection that the server would count.
import { readFileSync } from 'node:fs';
import { setTimeout as sleep } from 'node:timers/promises';
import type { PeerProcess } from './peer-process';

const limitMs = 15_000;
/** proc(5), /proc/net/tcp: TCP_LISTEN of net/tcp_states.h. */
const listenState = '0A';

/** @throws when it ends before, or does not listen in time, with what it printed */
export async function untilListening(name: string, peer: PeerProcess, port: number): Promise<void> {
  const deadline = performance.now() + limitMs;
  while (!listens(peer.pid, port)) {
    if (!peer.isAlive() || performance.now() > deadline) throw new Error(`${name} does not listen on port ${port}. It printed:\n${peer.output()}`);
    await sleep(20);
  }
}

/** Whether anybody in the network namespace of this process listens on the port. */
function listens(pid: number, port: number): boolean {
  const wanted = port.toString(16).toUpperCase().padStart(4, '0');
  return ['tcp', 'tcp6'].some((file) => {
    const lines = tableOf(pid, file).split('\n').slice(1);
    return lines.some((line) => {
      const [, local = '', , state] = line.trim().split(/\s+/);
      return state === listenState && local.endsWith(`:${wanted}`);
    });
  });
}

function tableOf(pid: number, file: string): string {
  try {
    return readFileSync(`/proc/${pid}/net/${file}`, 'latin1');
  } catch {
    return ''; // it has ended, or this kernel has no such table
  }
}
