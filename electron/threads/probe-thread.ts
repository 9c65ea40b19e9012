// The body of the probe thread: measures away from the main thread, whose window work would look like latency.
import { parentPort } from 'node:worker_threads';
import { LocalProbe } from '../adapters/probes/local-probe';
import { SystemClock } from '../adapters/system-clock';
import { LocalMachine } from '../adapters/telemetry/local-machine';
import { assertNever } from '../common/result';
import type { FromProbeThread, ToProbeThread } from './probe-messages';

function run(port: NonNullable<typeof parentPort>): void {
  const clock = new SystemClock();
  const probe = new LocalProbe(clock);
  const say = (message: FromProbeThread): void => port.postMessage(message);
  const machine = new LocalMachine({ clock, told: (reading) => say({ kind: 'telemetry', reading }) });
  let generation = 0;

  probe.onSamples((batches) => say({ kind: 'samples', generation, batches }));
  probe.onTrouble((trouble) => say({ kind: 'trouble', generation, trouble }));
  port.on('message', (message: ToProbeThread) => {
    switch (message.kind) {
      case 'watch':
        // First the number: a trouble may be told while the targets are taken.
        ({ generation } = message);
        probe.watch(message.targets);
        return;
      case 'observe':
        machine.observe(message.towards);
        return;
      case 'stop':
        machine.dispose();
        void probe.dispose().then(() => {
          say({ kind: 'stopped' });
          port.close();
        });
        return;
      default:
        assertNever(message);
    }
  });
}

if (!parentPort) throw new Error('this file runs only as a worker thread');
run(parentPort);
