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
    { hostId: 'desk', address: '192.168.1.20', port: 13389 },
    { hostId: 'attic', address: 'attic.local', port: null },
  ]);
});

it('never connects to a VNC server, which would lock us out, and takes the next entry that bears it', () => {
  expect(probeTargets([desk], [entry('desk', 'vnc')])[0]?.port).toBeNull();
  expect(probeTargets([desk], [entry('desk', 'vnc'), entry('desk', 'rdp')])[0]?.port).toBe(3389);
});
