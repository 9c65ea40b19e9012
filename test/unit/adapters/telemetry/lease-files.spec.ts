// Until when an address is held, by the files of the usual DHCP clients.
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, it } from 'vitest';
import { leaseEnd, type LeaseFile } from '../../../../electron/adapters/telemetry/lease-files';

const file = (path: string, name: string, changedAtMs = 0): LeaseFile => ({
  path,
  text: readFileSync(join(import.meta.dirname, '../../../fixtures/telemetry', name), 'utf8'),
  changedAtMs,
});
const dhclient = file('/var/lib/dhcp/dhclient.eth0.leases', 'dhclient.leases');
const networkd = file('/run/systemd/netif/leases/2', 'networkd-lease.txt', 1_000_000);

it('takes the newest of dhclient’s leases for the address, in UTC or in seconds', () => {
  expect(leaseEnd([dhclient], '192.168.1.20')).toBe(Date.UTC(2026, 10, 23, 6, 30, 0));
  expect(leaseEnd([dhclient], '192.168.1.99')).toBe(1_795_430_000_000);
});

it('counts the length of systemd-networkd’s lease from when it was written', () => {
  expect(leaseEnd([networkd], '192.168.1.20')).toBe(1_000_000 + 86_400_000);
});

it('takes the moment itself where the file tells it', () => {
  expect(leaseEnd([{ path: '/var/lib/NetworkManager/internal-x-eth0.lease', text: 'ADDRESS=10.0.0.5\nEXPIRY=2000\n', changedAtMs: 5 }], '10.0.0.5')).toBe(2_000_000);
});

it('knows nothing of another address, or of text that is no lease', () => {
  expect(leaseEnd([dhclient, networkd], '10.0.0.1')).toBeNull();
  expect(leaseEnd([{ path: '/var/lib/dhcp/x.leases', text: 'lease {', changedAtMs: 0 }, { path: '/x', text: 'ADDRESS=10.0.0.1', changedAtMs: 0 }], '10.0.0.1')).toBeNull();
});
