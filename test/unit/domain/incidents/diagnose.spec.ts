// Each cause in its plainest form, and what speaks against it.
import { describe, expect, it } from 'vitest';
import { english, inEnglish } from '../../../../electron/common/told';
import { TraceBuilder } from './trace-builder';

const lost = { rttMs: null };
const slow = (ms: number) => (sample: { seq?: number | undefined }) => ({ rttMs: ms * (0.6 + ((sample.seq ?? 0) % 7) / 8) });

describe('the first cause', () => {
  it('is unknown when nothing happened', () => {
    const causes = new TraceBuilder().causes();
    expect(causes[0]).toMatchObject({ cause: 'unknown' });
    expect(inEnglish(causes[0]?.confirm)).not.toBe('');
  });

  it('is the client that crashed on a fine network, with its last words', () => {
    const [cause] = new TraceBuilder()
      .add({ kind: 'client', tMs: 60_900, event: 'line', text: 'vaapi: decode failed' }, { kind: 'client', tMs: 61_000, event: 'exit', signal: 'SIGSEGV' })
      .causes();
    expect(cause).toMatchObject({ cause: 'client-crash' });
    expect(cause?.confidence).toBeGreaterThan(0.8);
    expect(cause?.evidence.map(english).join(' ')).toContain('vaapi: decode failed');
  });

  it('is this machine, when all it measures is late, itself included', () => {
    const all = ['self', 'gateway', 'peer', 'vmhost', 'host', 'port'] as const;
    const trace = new TraceBuilder().between(50, 60, all, slow(120)).telemetry('self', (s) => ({ psiCpu: s >= 50 && s < 60 ? 60 : 1 }));
    expect(trace.first()).toBe('client-machine-busy');
  });

  it('is this machine, when its own loop alone was late: an echo is timed by the kernel, so the others say nothing against it', () => {
    const trace = new TraceBuilder().between(50, 60, ['self'], slow(300)).telemetry('self', (s) => ({ psiCpu: s >= 50 && s < 60 ? 70 : 1 }));
    expect(trace.causes()[0]).toMatchObject({ cause: 'client-machine-busy', against: [] });
  });

  it('is the VM host, when the VM is denied its processor time', () => {
    const trace = new TraceBuilder()
      .between(40, 55, ['host', 'port'], slow(900))
      .between(40, 55, ['vmhost'], (sample) => ({ rttMs: (sample.seq ?? 0) % 3 === 0 ? 40 : 0.4 }))
      .telemetry('host', (s) => ({ stealPct: s >= 40 && s < 55 ? 22 : 0.3 }))
      .telemetry('vmhost', (s) => ({ psiCpu: s >= 40 && s < 55 ? 55 : 3 }));
    expect(trace.first()).toBe('vm-host-cpu-pressure');
  });

  it('is the router, when all behind it is held and let go at once while a peer is fine', () => {
    const held = (sample: { tMs: number }) => ({ rttMs: 55_000 - sample.tMs + 1, late: true });
    expect(new TraceBuilder().between(50, 55, ['gateway', 'host', 'port'], held).first()).toBe('router-freeze');
  });

  it('is the link, when the card says so', () => {
    const trace = new TraceBuilder()
      .between(50, 58, ['gateway', 'peer', 'vmhost', 'host', 'port'], lost)
      .telemetry('self', (s) => ({ linkUp: !(s >= 50 && s < 58) }));
    expect(trace.first()).toBe('link-down');
  });

  it('is the radio, when everybody behind it is bad at once', () => {
    const trace = new TraceBuilder({ wifi: true }).between(50, 55, ['gateway', 'peer', 'vmhost', 'host', 'port'], slow(160));
    expect(trace.first()).toBe('wifi');
  });

  it('is the full card', () => {
    const trace = new TraceBuilder()
      .between(40, 80, ['host', 'port', 'vmhost'], slow(60))
      .telemetry('vmhost', (s) => ({ txBps: s >= 40 && s < 80 ? 965_000_000 : 30_000_000, txDrops: s >= 40 ? (s - 40) * 50 : 0 }));
    expect(trace.first()).toBe('nic-contention');
  });

  it('is the stale address, when the name leads elsewhere', () => {
    const at = (tMs: number, ip: string) => ({ kind: 'address', tMs, name: 'rig.lan', ip, mac: 'aa:bb:cc:dd:ee:01', uniqueId: 'A' }) as const;
    const trace = new TraceBuilder().between(50, 120, ['host', 'port'], lost).add(at(0, '192.168.1.20'), at(52_000, '192.168.1.77'), { kind: 'address', tMs: 53_000, name: 'printer.lan', ip: '192.168.1.9' });
    expect(trace.first()).toBe('address-stale');
  });

  it('is the address that two machines have', () => {
    const trace = new TraceBuilder().change(({ seq = 0, target, tMs }) => (target === 'host' && tMs > 40_000 && seq % 9 < 4 ? { rttMs: null } : null));
    for (const [index, tMs] of [0, 42_000, 50_000, 58_000, 66_000].entries()) {
      trace.add({ kind: 'address', tMs, name: 'rig', ip: '192.168.1.20', mac: index % 2 === 0 ? 'aa:bb:cc:dd:ee:01' : '11:22:33:44:55:66' });
    }
    expect(trace.first()).toBe('duplicate-address');
  });

  it('is the order of packets', () => {
    const trace = new TraceBuilder()
      .change(({ seq = 0, target }) => (target === 'host' && seq % 25 === 0 ? { reordered: true } : null))
      .add({ kind: 'client', tMs: 60_000, event: 'line', text: 'Leaving speculative RFI mode' }, { kind: 'client', tMs: 60_100, event: 'poor' });
    expect(trace.first()).toBe('packet-reordering');
  });

  it('is the MTU, when short answers come and long ones do not', () => {
    const trace = new TraceBuilder().add({ kind: 'client', tMs: 70_000, event: 'terminated', code: -101 });
    for (let tMs = 0; tMs < 120_000; tMs += 1_000) trace.add({ kind: 'sample', tMs, target: 'host', probe: 'http', rttMs: tMs > 30_000 ? null : 4 });
    expect(trace.first()).toBe('path-mtu');
  });

  it('is the receive buffer', () => {
    const trace = new TraceBuilder().telemetry('self', (s) => ({ udpRcvErrors: s > 50 ? (s - 50) * 30 : 0 })).add({ kind: 'client', tMs: 60_000, event: 'poor' });
    expect(trace.first()).toBe('udp-buffer-overrun');
  });

  it('is the app that ended', () => {
    const trace = new TraceBuilder().add(
      { kind: 'host', tMs: 1_000, state: 'busy', app: 'Cyberpunk 2077', uptimeS: 900 },
      { kind: 'client', tMs: 60_000, event: 'terminated', code: 0 },
      { kind: 'host', tMs: 61_000, state: 'free', uptimeS: 960 },
    );
    expect(trace.first()).toBe('host-app-ended');
  });

  it('is the encoder, when the picture stands on a fine network', () => {
    const trace = new TraceBuilder().add(
      { kind: 'client', tMs: 60_000, event: 'stall' },
      { kind: 'client', tMs: 60_500, event: 'line', text: 'Waiting for IDR frame' },
      { kind: 'client', tMs: 62_500, event: 'line', text: 'Waiting for IDR frame' },
      { kind: 'host', tMs: 63_000, state: 'busy', app: 'Cyberpunk 2077' },
    );
    expect(trace.first()).toBe('host-encoder-stall');
  });

  it('is the start of the host', () => {
    const trace = new TraceBuilder().between(40, 90, ['host', 'port'], lost).add(
      { kind: 'host', tMs: 30_000, state: 'busy', app: 'x', uptimeS: 812_345 },
      { kind: 'host', tMs: 45_000, state: 'unreachable' },
      { kind: 'host', tMs: 95_000, state: 'free', uptimeS: 22 },
    );
    expect(trace.first()).toBe('host-rebooted');
  });

  it('is the sleep of the host', () => {
    const trace = new TraceBuilder().between(60, 120, ['host', 'port'], lost).add({ kind: 'host', tMs: 70_000, state: 'asleep' });
    expect(trace.first()).toBe('host-asleep');
  });

  it('is the job that comes by the clock', () => {
    const startedAt = 1_700_000_000_000;
    const history = Array.from({ length: 9 }, (_, index) => startedAt + 50_000 - (index + 1) * 900_000);
    const trace = new TraceBuilder({ startedAt, history }).between(50, 53, ['host', 'port', 'gateway'], slow(80));
    expect(trace.first()).toBe('periodic-job');
  });
});

it('does not hold a crash for sure when the network was bad before it', () => {
  const crash = { kind: 'client', tMs: 61_000, event: 'exit', signal: 'SIGSEGV' } as const;
  const calm = new TraceBuilder().add(crash).causes().find(({ cause }) => cause === 'client-crash');
  const rough = new TraceBuilder().between(52, 61, ['host', 'port'], lost).add(crash).causes().find(({ cause }) => cause === 'client-crash');
  expect(rough?.confidence ?? 0).toBeLessThan((calm?.confidence ?? 0) - 0.2);
});
