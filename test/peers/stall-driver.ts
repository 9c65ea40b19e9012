// A process of its own that watches one stream client for stalls and prints what it hears, one JSON object a line.
import { LocalStallTelemetry } from '../../electron/adapters/telemetry/local-stall-telemetry';
import { LocalProbe } from '../../electron/adapters/probes/local-probe';
import { SystemClock } from '../../electron/adapters/system-clock';
import type { Protocol } from '../../electron/common/entry';
import { hostIdSchema } from '../../electron/common/ids';
import { hostVantage } from '../../electron/common/vantage';
import { tcpProbePort } from '../../electron/domain/latency/probe-port';
import { StallObserver } from '../../electron/domain/session/stall-observer';
import type { Stall } from '../../electron/domain/session/stall-watch';

export interface StallOrders {
  readonly protocol: Protocol;
  readonly address: string;
  /** Of the service; for GameStream of its HTTP. */
  readonly port: number;
  readonly clientPid: number;
}

/** `atMs` is epoch milliseconds. */
export type StallLine =
  | { readonly kind: 'watching'; readonly atMs: number }
  | { readonly kind: 'stalled'; readonly atMs: number; readonly stall: Stall }
  | { readonly kind: 'flows'; readonly atMs: number }
  /** The share of one core that watching cost, probes included, without what `ss` and `ping` use themselves. */
  | { readonly kind: 'ended'; readonly atMs: number; readonly coreShare: number };

function print(line: StallLine): void {
  process.stdout.write(`${JSON.stringify(line)}\n`);
}

function drive({ protocol, address, port, clientPid }: StallOrders): void {
  const clock = new SystemClock();
  const probe = new LocalProbe(clock);
  const observer = new StallObserver({ clock, probe, telemetry: new LocalStallTelemetry(), placeOf: () => ({ address, port }) });
  const hostId = hostIdSchema.parse('watched');
  probe.watch([{ vantage: hostVantage(hostId), address, port: tcpProbePort(protocol, port) }]);
  const silent = { dispose: (): void => undefined };
  const watch = observer.watch({ hostId, clientPid, protocol }, () => silent, {
    stalled: (stall) => print({ kind: 'stalled', atMs: Date.now(), stall }),
    flows: () => print({ kind: 'flows', atMs: Date.now() }),
  });
  print({ kind: 'watching', atMs: Date.now() });
  const startMs = performance.now();
  const before = process.cpuUsage();
  const end = (): void => {
    watch.dispose();
    observer.dispose();
    const { user, system } = process.cpuUsage(before);
    print({ kind: 'ended', atMs: Date.now(), coreShare: (user + system) / 1_000 / (performance.now() - startMs) });
    void probe.dispose().then(() => process.exit(0));
  };
  process.once('SIGTERM', end);
  // Whoever started it is gone.
  process.stdin.once('end', end).resume();
}

drive(JSON.parse(process.argv[2] ?? 'null') as StallOrders);
