// Which other machines tell how they fare, and until when.
import { expect, it } from 'vitest';
import { hostRecordSchema, type HostRecord } from '../../../../electron/common/host';
import type { TelemetryFigures, TelemetryReading } from '../../../../electron/common/telemetry';
import { MachineWatch } from '../../../../electron/domain/latency/machine-watch';
import { FakeClock } from '../../../fakes/fake-clock';

const ssh = { user: 'me' };
const rig = hostRecordSchema.parse({ id: 'rig', name: 'RIG', address: 'rig.lan', ssh, vmHost: { address: 'pve.lan', ssh: { user: 'root' } } });
const attic = hostRecordSchema.parse({ id: 'attic', name: 'Attic', address: 'attic.lan', vmHost: { address: 'pve.lan' } });

function open() {
  const world = { hosts: [rig, attic] as readonly HostRecord[], used: new Set<string>(), told: [] as TelemetryReading[] };
  const heard = new Map<string, (figures: TelemetryFigures) => void>();
  const log: string[] = [];
  const watch = new MachineWatch({
    listen: (host, told) => {
      const name = `${host.ssh?.user}@${host.address}`;
      log.push(`listen ${name}`);
      heard.set(name, told);
      return { dispose: () => log.push(`leave ${name}`) };
    },
    hosts: () => world.hosts,
    isInUse: (hostId) => world.used.has(hostId),
    told: (reading) => world.told.push(reading),
    clock: new FakeClock(),
  });
  return { world, watch, heard, log };
}

it('listens to a host in use and to its VM host, where it has a way in', () => {
  const { world, watch, heard, log } = open();
  watch.start();
  expect(log).toEqual([]);
  world.used = new Set(['rig', 'attic']);
  watch.update();
  watch.update();
  expect(log).toEqual(['listen me@rig.lan', 'listen root@pve.lan']);
  heard.get('root@pve.lan')?.({ psiCpu: 40 });
  expect(world.told).toMatchObject([{ source: { kind: 'vmhost', hostId: 'rig' }, figures: { psiCpu: 40 } }]);
});

it('leaves it when it is not in use any more, and when its way in changes', () => {
  const { world, watch, log } = open();
  world.used = new Set(['rig']);
  watch.start();
  log.length = 0;
  world.hosts = [{ ...rig, address: 'rig2.lan' }];
  watch.update();
  expect(log).toEqual(['leave me@rig.lan', 'listen me@rig2.lan']);
  world.used = new Set();
  watch.update();
  expect(log.slice(2)).toEqual(['leave root@pve.lan', 'leave me@rig2.lan']);
});

it('leaves all at its end, and begins nothing after it', () => {
  const { world, watch, log } = open();
  world.used = new Set(['rig']);
  watch.start();
  watch.dispose();
  watch.update();
  expect(log).toEqual(['listen me@rig.lan', 'listen root@pve.lan', 'leave me@rig.lan', 'leave root@pve.lan']);
});
