// The gateway and the neighbours of this machine, from the system's own tables.
import { join } from 'node:path';
import type { Answering, Neighbour, Neighbourhood } from '../../domain/latency/neighbourhood';
import type { Machine } from '../clients/machine';
import * as tables from './router-tables';

export interface LocalNeighbourhoodParts {
  readonly machine: Machine;
  /** Another directory for tests. */
  readonly procNet?: string;
}

/** Older news of a neighbour says nothing of whether it is awake. */
const heardWithinS = 600;
const questions = 5;
/** A fifth of a second, which any user may ask for. */
const questionArguments = ['-n', '-q', '-c', String(questions), '-i', '0.2', '-W', '1', '--'] as const;

export class LocalNeighbourhood implements Neighbourhood {
  constructor(private readonly parts: LocalNeighbourhoodParts) {}

  async gateway(): Promise<Neighbour | null> {
    const { machine, procNet = '/proc/net' } = this.parts;
    switch (machine.platform) {
      case 'linux': {
        const fourth = tables.gatewayOfProcRoute((await machine.readText(join(procNet, 'route'))) ?? '');
        if (fourth) return { address: fourth.address, mac: tables.macOfProcArp((await machine.readText(join(procNet, 'arp'))) ?? '', fourth) };
        const sixth = tables.gatewayOfIpRoute(await this.run('ip', ['-j', '-6', 'route', 'show', 'default']));
        return sixth && { address: withZone(sixth), mac: tables.macOfIpNeigh(await this.run('ip', ['-j', '-6', 'neigh', 'show']), sixth) };
      }
      // Samples written after the format of these systems are parsed by tests; neither was captured from, or tried on, a real machine.
      case 'darwin':
        return this.byPrograms(tables.gatewayOfMacRoute(await this.run('route', ['-n', 'get', 'default'])), '-n');
      case 'win32':
        return this.byPrograms(tables.gatewayOfNetstat(await this.run('netstat', ['-rn'])), '-a');
      default:
        return null;
    }
  }

  /** Linux only: elsewhere the table does not say when somebody was heard of last. */
  async neighbours(): Promise<readonly Neighbour[]> {
    if (this.parts.machine.platform !== 'linux') return [];
    return neighboursOfIpNeigh(await this.run('ip', ['-4', '-s', '-j', 'neigh', 'show']), heardWithinS);
  }

  async ask(address: string): Promise<Answering> {
    return answeringOf(await this.run('ping', [...questionArguments, address]), questions);
  }

  private async byPrograms(gateway: tables.Gateway | null, option: string): Promise<Neighbour | null> {
    return gateway && { address: gateway.address, mac: tables.macOfArp(await this.run('arp', [option, gateway.address]), gateway) };
  }

  private async run(file: string, args: readonly string[]): Promise<string> {
    return (await this.parts.machine.run(file, args))?.text ?? '';
  }
}

/** A link-local address is one of this card only (RFC 4007 §11). */
function withZone({ address, device }: tables.Gateway): string {
  return device !== null && /^fe[89ab]/i.test(address) ? `${address}%${device}` : address;
}

/** Of `ip -s -j neigh show` (ip-neighbour(8)): who has answered within these seconds, the newest first. */
export function neighboursOfIpNeigh(text: string, withinS: number): Neighbour[] {
  return tables
    .objectsIn(text.slice(0, text.lastIndexOf(']') + 1))
    .flatMap(({ dst, lladdr, confirmed, state }) => {
      const mac = tables.tidyMac(lladdr);
      const isThere = Array.isArray(state) && !state.includes('FAILED') && !state.includes('INCOMPLETE');
      return typeof dst === 'string' && mac !== null && isThere && typeof confirmed === 'number' && confirmed <= withinS ? [{ address: dst, mac, confirmed }] : [];
    })
    .sort((one, other) => one.confirmed - other.confirmed)
    .map(({ address, mac }) => ({ address, mac }));
}

/** The last lines of iputils ping: "5 packets transmitted, 5 received" and "rtt min/avg/max/mdev = 0.2/0.3/0.5/0.1 ms". */
export function answeringOf(text: string, asked: number): Answering {
  const answered = Number(/ (\d+) received/.exec(text)?.[1] ?? 0);
  const slowest = /^rtt [a-z/]+ = [\d.]+\/[\d.]+\/([\d.]+)\//m.exec(text)?.[1];
  return { asked, answered, slowestMs: slowest === undefined ? null : Number(slowest) };
}
