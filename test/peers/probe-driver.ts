// A process of its own that measures through the probe thread and prints what it hears, one JSON object a line.
import { hostIdSchema } from '../../electron/common/ids';
import { hostVantage } from '../../electron/common/vantage';
import { SystemClock } from '../../electron/adapters/system-clock';
import { ProbeOwner } from '../../electron/threads/probe-owner';

function print(line: unknown): void {
  process.stdout.write(`${JSON.stringify(line)}\n`);
}

/** Arguments: the built probe thread, then addresses (`name` or `name/port`); hosts are called host-0, host-1, ... */
function drive([threadScript, ...addresses]: readonly string[]): void {
  if (threadScript === undefined) throw new Error('the probe thread is missing');
  const say = (message: string, fields?: unknown): void => void process.stderr.write(`${message} ${JSON.stringify(fields)}\n`);
  const probe = new ProbeOwner(threadScript, new SystemClock(), { debug: say, info: say, warn: say, error: say });
  probe.onSamples((batches) => print({ batches }));
  probe.onTrouble((trouble) => print({ trouble }));
  probe.watch(
    addresses.map((text, index) => {
      const [address = '', port] = text.split('/');
      return { vantage: hostVantage(hostIdSchema.parse(`host-${index}`)), address, port: port === undefined ? null : Number(port) };
    }),
  );
  process.once('SIGTERM', () => void probe.dispose().then(() => print({ disposed: true })));
}

drive(process.argv.slice(2));
