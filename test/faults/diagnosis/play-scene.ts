// One scene from an empty home to a verdict: a stream runs, the fault is made, and what the recorder kept is judged.
import { spawn, type ChildProcessWithoutNullStreams } from 'node:child_process';
import { once } from 'node:events';
import { copyFileSync, mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { FlightAnswers } from '../../../electron/adapters/store/flight-answers';
import { FlightFile } from '../../../electron/adapters/store/flight-file';
import type { Incident } from '../../../electron/common/incident';
import { english } from '../../../electron/common/told';
import type { Cause, CauseId } from '../../../electron/common/trace';
import { CleanUp } from '../../bench/clean-up';
import { startHomeDesk, type HomeDesk } from './home-desk';
import { HomeNetwork, hostName } from './home-network';
import type { Scene } from './scenes';

/** Until it knows what is usual, how the stream flows, and has chosen a neighbour to measure. */
const learnMs = 25_000;
const afterMs = 8_000;
const startLimitMs = 60_000;
const entryId = 'desk';
const causesShown = 3;

export interface Outcome {
  readonly scene: string;
  readonly expected: CauseId;
  /** Null: no incident came about. */
  readonly found: CauseId | null;
  readonly confidence: number;
  readonly headline: string;
  /** What was thought, best first. */
  readonly causes: readonly (Pick<Cause, 'cause' | 'confidence'> & { readonly evidence: readonly string[]; readonly against: readonly string[] })[];
  /** What the session told. */
  readonly told: readonly unknown[];
}

/** @param driver recording-driver.ts, built. @param display for the stream client */
export async function playScene(scene: Scene, driver: string, display: string): Promise<Outcome> {
  const cleanUp = new CleanUp();
  const directory = mkdtempSync(join(tmpdir(), 'athena-diagnosis-'));
  cleanUp.add(() => rmSync(directory, { recursive: true, force: true }));
  try {
    const home = await HomeNetwork.make(scene.plan);
    cleanUp.add(() => home.remove());
    const desk = await startHomeDesk(home, cleanUp);
    const recording = startRecording(home, desk, { directory, driver, display });
    cleanUp.add(() => recording.kill());
    for (const vantage of ['self', 'gateway', 'host/rig']) await recording.until(`an answer of ${vantage}`, (line) => line['answers'] === vantage);
    recording.launch(entryId);
    await recording.until('a stream', (line) => line['mark'] === 'streaming');
    await recording.until('figures of the host', (line) => line['tells'] === 'host');
    await sleep(learnMs);
    const end = scene.begin({ home, desk, clientPid: recording.clientPid });
    try {
      await sleep(scene.lastsMs);
    } finally {
      end?.();
    }
    await sleep(afterMs);
    await recording.finish();
    return outcomeOf(scene, newestOnDisk(directory), recording);
  } finally {
    await cleanUp.run();
  }
}

function outcomeOf(scene: Scene, incident: Incident | null, recording: Recording): Outcome {
  const [first] = incident?.causes ?? [];
  return {
    scene: scene.name,
    expected: scene.expected,
    found: first?.cause ?? null,
    confidence: first?.confidence ?? 0,
    headline: incident ? english(incident.summary.headline) : 'no incident',
    causes: (incident?.causes ?? []).slice(0, causesShown).map(({ cause, confidence, evidence, against }) => ({ cause, confidence, evidence: evidence.map(english), against: against.map(english) })),
    told: recording.lines.filter((line) => 'mark' in line),
  };
}

class Recording {
  private text = '';

  constructor(private readonly child: ChildProcessWithoutNullStreams) {
    child.stdout.setEncoding('utf8').on('data', (chunk: string) => (this.text += chunk));
    child.stderr.pipe(process.stderr, { end: false });
    child.stdin.on('error', () => undefined); // it has ended
  }

  get lines(): Record<string, unknown>[] {
    return this.text
      .split('\n')
      .filter((line) => line.endsWith('}'))
      .map((line) => JSON.parse(line) as Record<string, unknown>);
  }

  /** Of the newest stream client. */
  get clientPid(): number {
    const started = this.lines.filter((line) => line['mark'] === 'client-started').at(-1);
    const pid = Number(/\(process (\d+)\)/.exec(String(started?.['text']))?.[1]);
    if (!(pid > 1)) throw new Error(`no process of a client in ${JSON.stringify(started)}`);
    return pid;
  }

  launch(entry: string): void {
    this.child.stdin.write(`${entry}\n`);
  }

  async until(what: string, is: (line: Record<string, unknown>) => boolean): Promise<void> {
    for (let waited = 0; waited < startLimitMs; waited += 100) {
      if (this.lines.some(is)) return;
      if (this.child.exitCode !== null) break;
      await sleep(100);
    }
    throw new Error(`${what} did not come about; it said: ${this.text}`);
  }

  async finish(): Promise<void> {
    this.child.stdin.end();
    if (this.child.exitCode === null) await once(this.child, 'exit');
  }

  kill(): void {
    this.child.kill('SIGKILL');
  }
}

interface RecordingPlace {
  readonly directory: string;
  readonly driver: string;
  readonly display: string;
}

function startRecording(home: HomeNetwork, { vncPort, ssh }: HomeDesk, { directory, driver, display }: RecordingPlace): Recording {
  const config = join(directory, 'config');
  mkdirSync(config, { recursive: true });
  copyFileSync(ssh.knownHostsFile, join(config, 'known_hosts'));
  const access = { user: ssh.user, port: ssh.port, keyFile: ssh.privateKeyFile };
  const library = {
    version: 1,
    hosts: [{ id: 'rig', name: 'RIG', address: hostName, ssh: access }],
    entries: [{ id: entryId, host: 'rig', name: 'Desk', protocol: 'vnc', port: vncPort }],
  };
  writeFileSync(join(config, 'config.json'), JSON.stringify(library));
  const builtDirectory = resolve(import.meta.dirname, '..', '..', '..', 'out', 'main');
  const [file, ...leading] = home.at('client');
  // A home of its own: the viewer keeps its files there.
  const env = { ...process.env, DISPLAY: display, HOME: directory };
  return new Recording(spawn(file, [...leading, process.execPath, driver, directory, builtDirectory], { env }));
}

/** As `athena incident last` would read it. */
function newestOnDisk(directory: string): Incident | null {
  const file = new FlightFile(join(directory, 'state', 'flight', 'flight.db'), { limitBytes: Number.MAX_SAFE_INTEGER, onTrouble: (message) => void process.stderr.write(`${message}\n`) });
  const answers = new FlightAnswers(file, () => Date.now());
  const listed = answers.incidents();
  const newest = listed.ok ? listed.value[0] : undefined;
  const read = newest && answers.incident(newest.id);
  return read?.ok ? read.value : null;
}
