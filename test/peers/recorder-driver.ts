// A process of its own that records through the recorder thread and prints what it has given it, one JSON object a line.
import { SystemClock } from '../../electron/adapters/system-clock';
import { hostVantage } from '../../electron/common/vantage';
import { hostIdSchema } from '../../electron/common/ids';
import { RecorderOwner, usualLimitBytes } from '../../electron/threads/recorder-owner';

/** Arguments: the built recorder thread, and the store's file. Ten samples a second, until somebody ends it. */
function drive([threadScript, file]: readonly string[]): void {
  if (threadScript === undefined || file === undefined) throw new Error('the recorder thread and the file are missing');
  const say = (message: string, fields?: unknown): void => void process.stderr.write(`${message} ${JSON.stringify(fields)}\n`);
  const recorder = new RecorderOwner(threadScript, { file, limitBytes: usualLimitBytes }, new SystemClock(), { debug: say, info: say, warn: say, error: say });
  const vantage = hostVantage(hostIdSchema.parse('rig'));
  setInterval(() => {
    const atMs = Date.now();
    recorder.keep([{ kind: 'samples', batch: { vantage, probe: 'icmp', atMs: [atMs], rttMs: [0.5] } }]);
    process.stdout.write(`${JSON.stringify({ atMs })}\n`);
  }, 100);
}

drive(process.argv.slice(2));
