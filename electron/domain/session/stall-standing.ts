// Notices a client whose process is stopped, hangs in the kernel, or no longer takes what arrives for it.
import type { ClientLook, StallLook } from './stall-evidence';
import { seconds, stoodStill } from './stall-sides';

/** How it stands: `unread` is a process that could run, and leaves what arrived for it where it is. */
type Standing = 'stopped' | 'blocked' | 'unread';

const limitsMs: Readonly<Record<Standing, number>> = {
  // Stopped stays stopped: this only skips the moment a debugger or a shell needs.
  stopped: 300,
  // A slow disk blocks a process for a moment too.
  blocked: 2_000,
  // As long as a frozen picture may last.
  unread: 2_200,
};

interface Before {
  readonly client: ClientLook;
  readonly unread: number;
}

export class StandingClient {
  private standing: { readonly how: Standing; readonly sinceMs: number } | null = null;
  private before: Before | null = null;

  /** @param isBlind our own lateness: a client may have been as unlucky, and begins anew */
  look({ client, sockets, tMs }: StallLook, isBlind: boolean): void {
    if (!client) return;
    const now = { client, unread: sockets?.unreadBytes ?? 0 };
    const how = isBlind ? null : howItStands(this.before, now);
    this.before = now;
    // A client with nothing to do does not run either: its rest before it was stopped does not count.
    if (how === null) this.standing = null;
    else if (this.standing?.how !== how) this.standing = { how, sinceMs: tMs };
  }

  /** Right now it does not run though it should. */
  get stands(): boolean {
    return this.standing !== null;
  }

  /** @returns the evidence, or null: it runs, or has nothing to do */
  verdict({ client, tMs }: StallLook): string[] | null {
    const { standing } = this;
    if (!client || !standing) return null;
    const forMs = tMs - standing.sinceMs;
    if (forMs < limitsMs[standing.how]) return null;
    const other =
      standing.how === 'unread'
        ? `${this.before?.unread ?? 0} bytes have waited for it for ${seconds(forMs)}`
        : `It has used no processor time meanwhile (${(client.cpuMs / 1_000).toFixed(1)} s in all)`;
    return [stoodStill(client, forMs), other];
  }
}

function howItStands(before: Before | null, { client, unread }: Before): Standing | null {
  if (!before) return null;
  const hasRun = client.runs !== before.client.runs || client.cpuMs > before.client.cpuMs;
  // It would run if it got a processor.
  const isStarved = client.waitMs > before.client.waitMs;
  if (hasRun || isStarved) return null;
  switch (client.state) {
    case 'stopped':
    case 'blocked':
      return client.state;
    default:
      return unread > 0 && unread >= before.unread ? 'unread' : null;
  }
}
