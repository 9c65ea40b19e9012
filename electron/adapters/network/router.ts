// Recognises the network this machine is in by the hardware address of its router.
import { join } from 'node:path';
import type { Clock } from '../../domain/clock';
import type { NetworkPlace, NetworkSense } from '../../domain/profiles/surroundings';
import type { Machine } from '../clients/machine';
import * as tables from './router-tables';

export interface RouterParts {
  readonly machine: Machine;
  readonly clock: Clock;
  /** Another directory for tests. */
  readonly procNet?: string;
}

/** A network does not change from one second to the next, and a launch must not start processes for it each time. */
const knownForMs = 5_000;

export class Router implements NetworkSense {
  private last: { readonly atMs: number; readonly place: Promise<NetworkPlace | null> } | null = null;

  constructor(private readonly parts: RouterParts) {}

  current(): Promise<NetworkPlace | null> {
    const nowMs = this.parts.clock.monotonicMs();
    if (this.last === null || nowMs - this.last.atMs > knownForMs) this.last = { atMs: nowMs, place: this.look() };
    return this.last.place;
  }

  private look(): Promise<NetworkPlace | null> {
    switch (this.parts.machine.platform) {
      case 'linux':
        return this.onLinux();
      // Tests parse samples written after the format of these systems; neither was captured from, or tried on, a real machine.
      case 'darwin':
        return this.byPrograms(['route', ['-n', 'get', 'default']], tables.gatewayOfMacRoute, (address) => ['arp', ['-n', address]]);
      case 'win32':
        return this.byPrograms(['netstat', ['-rn']], tables.gatewayOfNetstat, (address) => ['arp', ['-a', address]]);
      default:
        return Promise.resolve(null);
    }
  }

  /** The kernel's own tables cost no process; they know IPv4 only. */
  private async onLinux(): Promise<NetworkPlace | null> {
    const { machine, procNet = '/proc/net' } = this.parts;
    const gateway = tables.gatewayOfProcRoute((await machine.readText(join(procNet, 'route'))) ?? '');
    const mac = gateway && tables.macOfProcArp((await machine.readText(join(procNet, 'arp'))) ?? '', gateway);
    if (gateway && mac !== null) return { id: mac, gateway: gateway.address };
    const sixth = tables.gatewayOfIpRoute(await this.run('ip', ['-j', '-6', 'route', 'show', 'default']));
    const sixthMac = sixth && tables.macOfIpNeigh(await this.run('ip', ['-j', '-6', 'neigh', 'show']), sixth);
    return sixth && sixthMac !== null ? { id: sixthMac, gateway: sixth.address } : null;
  }

  private async byPrograms(
    [file, args]: readonly [string, readonly string[]],
    gatewayOf: (text: string) => tables.Gateway | null,
    neighbour: (address: string) => readonly [string, readonly string[]],
  ): Promise<NetworkPlace | null> {
    const gateway = gatewayOf(await this.run(file, args));
    if (!gateway) return null;
    const mac = tables.macOfArp(await this.run(...neighbour(gateway.address)), gateway);
    return mac === null ? null : { id: mac, gateway: gateway.address };
  }

  private async run(file: string, args: readonly string[]): Promise<string> {
    return (await this.parts.machine.run(file, args))?.text ?? '';
  }
}
