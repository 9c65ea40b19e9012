// One echo question through the system's ping, for whoever only wants to know whether somebody is there.
import { hostAddressSchema } from '../../common/host';
import type { HostPing } from '../../domain/hosts/host-ping';
import { pingOnce } from './ping-once';
import { explainPing } from './ping-trouble';

const waitS = 2;

export class SystemPing implements HostPing {
  async ping(address: string): Promise<boolean | null> {
    if (!hostAddressSchema.safeParse(address).success) return null;
    try {
      const { alive, output } = await pingOnce(address, waitS);
      return alive || explainPing(output, address).kind !== 'machine' ? alive : null;
    } catch {
      return null; // there is no ping program
    }
  }
}
