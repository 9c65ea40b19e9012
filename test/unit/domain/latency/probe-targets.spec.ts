import { expect, it } from 'vitest';
import { entrySchema, type Entry } from '../../../../electron/common/entry';
import { hostRecordSchema } from '../../../../electron/common/host';
import { probeTargets } from '../../../../electron/domain/latency/probe-targets';

const desk = hostRecordSchema.parse({ id: 'desk', name: 'Desk', address: '192.168.1.20' });
const attic = hostRecordSchema.parse({ id: 'attic', name: 'Attic', address: 'attic.local' });

function entry(host: string, protocol: string, port?: number): Entry {
  return entrySchema.parse({ id: `${host}-${protocol}`, host, name: protocol, protocol, port });
}

it('watches every host, also one without entries', () => {
  expect(probeTargets([desk, attic], [entry('desk', 'rdp', 13389)])).toEqual([
    { vantage: 'host/desk', address: '192.168.1.20', port: 13389 },
    { vantage: 'host/attic', address: 'attic.local', port: null },
  ]);
});

it('never connects to a VNC server, which would lock us out, and takes the next entry that bears it', () => {
  expect(probeTargets([desk], [entry('desk', 'vnc')])[0]?.port).toBeNull();
  expect(probeTargets([desk], [entry('desk', 'vnc'), entry('desk', 'rdp')])[0]?.port).toBe(3389);
});

it('asks a GameStream host at its own port, and only by echo while it may sleep', () => {
  const place = (quiet: boolean) => () => ({ httpPort: 48_989, quiet });
  expect(probeTargets([desk], [entry('desk', 'gamestream')], place(false))).toEqual([{ vantage: 'host/desk', address: '192.168.1.20', port: 48_989, httpPort: 48_989 }]);
  expect(probeTargets([desk], [entry('desk', 'gamestream')], place(true))).toEqual([{ vantage: 'host/desk', address: '192.168.1.20', port: 48_989, httpPort: 48_989, quiet: true }]);
  expect(probeTargets([desk], [entry('desk', 'rdp')], place(true))[0]).toMatchObject({ port: 3389, quiet: true });
});
