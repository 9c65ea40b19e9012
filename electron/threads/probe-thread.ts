// The body of the probe thread: measures away from the main thread, whose window work would look like latency.
import { parentPort } from 'node:worker_threads';
import { LocalProbe } from '../adapters/probes/local-probe';
import { SystemClock } from '../adapters/system-clock';
import type { FromProbeThread, ToProbeThread } from './probe-messages';

function run(port: NonNullable<typeof parentPort>): void {
  const probe = new LocalProbe(new SystemClock());
  const say = (message: FromProbeThread): void => port.postMessage(message);
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
      case 'stop':
        void probe.dispose().then(() => {
          say({ kind: 'stopped' });
          port.close();
        });
    }
  });
}

if (!parentPort) throw new Error('this file runs only as a worker thread');
run(parentPort);
