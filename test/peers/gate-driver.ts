// A process of its own with real probes and the kernel's real news, which waits at the gate of one host as often as it is told to.
import { IpMonitor } from '../../electron/adapters/network/ip-monitor';
import { LocalProbe } from '../../electron/adapters/probes/local-probe';
import { SystemClock } from '../../electron/adapters/system-clock';
import { hostIdSchema } from '../../electron/common/ids';
import { english } from '../../electron/common/told';
import { hostVantage } from '../../electron/common/vantage';
import { LatencyBook } from '../../electron/domain/latency/latency-book';
import { GateHints } from '../../electron/domain/session/gate-hints';
import { HostGate } from '../../electron/domain/session/session-gate';

/** `atMs` is epoch milliseconds. */
export type GateLine =
  | { readonly kind: 'looked'; readonly fitness: string; readonly limitMs: number | null }
  | { readonly kind: 'opened'; readonly atMs: number; readonly why: string };

function print(line: GateLine): void {
  process.stdout.write(`${JSON.stringify(line)}\n`);
}

/** Arguments: the host's address; `deaf` where the kernel's news is not to be heard. A line of input waits at the gate anew. */
function drive([address = '', deaf]: readonly string[]): void {
  const clock = new SystemClock();
  const hostId = hostIdSchema.parse('far');
  const probe = new LocalProbe(clock);
  const latency = new LatencyBook(probe, clock);
  const hints = new GateHints(clock, (of) => (of === address ? [hostId] : []));
  const quiet = (): void => undefined;
  const log = { debug: quiet, info: quiet, warn: quiet, error: quiet };
  const nothing = { onEvent: () => ({ dispose: quiet }), dispose: quiet };
  const monitor = new IpMonitor({ clock, log, instead: () => nothing });
  if (deaf === undefined) monitor.onEvent((event) => hints.noteNetwork(event));
  latency.watch([{ vantage: hostVantage(hostId), address, port: null }]);
  const gate = new HostGate({ hostId, latency, probe, hints, clock });
  const look = (): void => {
    const { fitness, limitMs } = gate.look();
    print({ kind: 'looked', fitness, limitMs });
    clock.after(200, look);
  };
  look();
  process.stdin.on('data', () => gate.watch((why) => print({ kind: 'opened', atMs: Date.now(), why: english(why) })));
  process.stdin.on('end', () => {
    monitor.dispose();
    void probe.dispose().then(() => process.exit(0));
  });
}

drive(process.argv.slice(2));
