// A process that measures, records and streams as Athena's window does, without a window, until its input ends.
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { createInterface } from 'node:readline';
import type { EntryId } from '../../../electron/common/ids';
import { compose } from '../../../electron/compose';
import type { PracticeCommands } from '../../../electron/practice/practice-commands';

const nobody: PracticeCommands['host'] = { file: process.execPath, leadingArgs: [], env: {} };

function print(line: unknown): void {
  process.stdout.write(`${JSON.stringify(line)}\n`);
}

/**
 * Each line of its input is an entry to launch.
 * @param directory where everything of this run lies, with its config
 * @param builtDirectory where the built threads lie
 */
async function drive(directory: string, builtDirectory: string): Promise<void> {
  const part = (name: string): string => join(directory, name);
  const services = await compose({
    directories: { config: part('config'), data: part('data'), state: part('state'), cache: part('cache') },
    builtDirectory,
    version: 'campaign',
    practice: { host: nobody, moonlight: nobody, window: null },
    logToTerminal: false,
  });
  services.recorder.onIncident((summary) => print({ incident: summary }));
  services.sessions.onNews({ marked: (_view, { kind, text }) => print({ mark: kind, text }) });
  services.beginRecording();
  services.beginWatching();
  const seen = new Set<string>();
  services.observations.onSamples((batches) => {
    for (const { vantage, rttMs } of batches) {
      if (seen.has(vantage) || rttMs.every((rtt) => rtt === null)) continue;
      seen.add(vantage);
      print({ answers: vantage });
    }
  });
  services.observations.onTelemetry(({ source: { kind } }) => {
    if (seen.has(kind)) return;
    seen.add(kind);
    print({ tells: kind });
  });
  print({ ready: true });
  const orders = createInterface({ input: process.stdin });
  orders.on('line', (entryId) => {
    void services.sessions.launch(entryId as EntryId).then((launched) => print({ launched: launched.ok }));
  });
  await new Promise((done) => orders.once('close', done));
  await services.dispose();
  process.exit(0);
}

// A file that is not there would be a mistake of the campaign's.
const [directory = '', builtDirectory = ''] = process.argv.slice(2);
readFileSync(join(directory, 'config', 'config.json'));
void drive(directory, builtDirectory);
