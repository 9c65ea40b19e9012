// Carries out what a test or a demonstration orders the practice host to do.
import { assertNever } from '../../common/result';
import { enterHabitualPin } from './habitual-pin';
import type { HostCore } from './host-core';
import { hostHabitsSchema, type HostOrder } from './host-switches';
import type { PairingTable } from './pairing-table';
import type { PortSet } from './port-set';

export interface OrderParts {
  readonly core: HostCore;
  readonly pairing: PairingTable;
  readonly ports: PortSet;
  /** After the certificate has changed. */
  readonly renewCertificate: () => void;
}

export interface HostSnapshot {
  readonly uniqueId: string;
  readonly runningApp: number | null;
  readonly appPid: number | null;
  readonly streams: number;
  readonly launchPending: boolean;
  readonly waitingForPin: number;
  readonly openPairings: number;
  readonly pairedClients: readonly string[];
}

export interface HostAnswer {
  /** For a PIN: whether a waiting client was answered. */
  readonly done: boolean;
  readonly state: HostSnapshot;
}

export function snapshot({ core, pairing }: Pick<OrderParts, 'core' | 'pairing'>): HostSnapshot {
  return {
    uniqueId: core.parts.memory.uniqueId,
    runningApp: core.running?.app.id ?? null,
    appPid: core.running?.run.pid ?? null,
    streams: core.streams.size,
    launchPending: core.pending,
    waitingForPin: pairing.waiting,
    openPairings: pairing.open.length,
    pairedClients: core.parts.memory.clients.map(({ name }) => name),
  };
}

/** @throws EADDRINUSE when a host that vanished finds its ports taken at its return */
export async function obey(parts: OrderParts, order: HostOrder): Promise<HostAnswer> {
  const done = await carryOut(parts, order);
  return { done, state: snapshot(parts) };
}

async function carryOut({ core, pairing, ports, renewCertificate }: OrderParts, order: HostOrder): Promise<boolean> {
  const sayToAll = (fault: Extract<HostOrder, { do: 'fault' }>['fault']): boolean => {
    for (const stream of core.streams.values()) stream.say({ say: 'fault', fault });
    return core.streams.size > 0;
  };
  switch (order.do) {
    case 'state':
      return true;
    case 'pin':
      if (order.afterMs === 0) return pairing.enterPin(order.pin, order.name);
      setTimeout(() => pairing.enterPin(order.pin, order.name), order.afterMs).unref();
      return true;
    case 'habits': {
      const hadNone = core.habits.autoPin === null;
      core.habits = hostHabitsSchema.parse({ ...core.habits, ...order.habits });
      // A client that has begun to wait before this was its habit.
      if (hadNone && pairing.waiting > 0) enterHabitualPin(core, pairing);
      return true;
    }
    case 'end-app': {
      const ran = core.running !== null;
      await core.endApp();
      return ran;
    }
    case 'vanish':
      core.silent = true;
      ports.silent = true;
      if (order.how === 'refused') await ports.close();
      return true;
    case 'return':
      if (!core.silent) return false;
      core.silent = false;
      // Connections that were taken in silence have been given up by whoever made them.
      if (!ports.listening) await ports.listen();
      else ports.cutUnheard();
      ports.silent = false;
      return true;
    case 'reinstall':
      core.parts.memory.reinstall(order.identity);
      pairing.clear();
      renewCertificate();
      return true;
    case 'next-launch':
      core.nextLaunch = { status: order.status, message: order.message ?? `ordered: ${order.status}` };
      return true;
    case 'freeze':
      core.frozen = order.frozen;
      return true;
    case 'refuse-streams':
      core.refusesStreams = order.refused ? order.how : null;
      return true;
    case 'drop-packets':
      core.dropping = order.direction;
      return true;
    case 'fault':
      return sayToAll(order.fault);
    case 'drop-clients': {
      const had = core.streams.size > 0;
      core.dropStreams();
      return had;
    }
    case 'unpair-all':
      return core.parts.memory.removeClients(null);
    default:
      return assertNever(order);
  }
}
