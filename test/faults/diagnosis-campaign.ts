// Real faults in a home of network namespaces, and whether the first cause of their incident is the one that was made.
// Run as root: npx tsx test/faults/diagnosis-campaign.ts [--runs 1] [--only link-down,router-freeze] [--json]
import { spawn, spawnSync, type ChildProcessWithoutNullStreams } from 'node:child_process';
import { once } from 'node:events';
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { loadavg, tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { parseArgs } from 'node:util';
import { FlightAnswers } from '../../electron/adapters/store/flight-answers';
import { FlightFile } from '../../electron/adapters/store/flight-file';
import type { Incident } from '../../electron/common/incident';
import type { Cause, CauseId } from '../../electron/common/trace';
import { bundleThread } from '../threads-bundle';
import { HomeNetwork, hostName } from './diagnosis/home-network';

/** Until it knows what is usual, and has chosen a neighbour to measure. */
const learnMs = 25_000;
const afterMs = 8_000;
const startLimitMs = 60_000;

interface Scene {
  readonly name: string;
  readonly expected: CauseId;
  readonly lastsMs: number;
  begin(home: HomeNetwork): void;
  end(home: HomeNetwork): void;
}

const stays = (): void => undefined;
const scenes: readonly Scene[] = [
  { name: 'link-down', expected: 'link-down', lastsMs: 6_000, begin: (home) => home.wire('client', 'down'), end: (home) => home.wire('client', 'up') },
  { name: 'router-freeze', expected: 'router-freeze', lastsMs: 5_000, begin: (home) => home.freezeRouter(), end: (home) => home.thawRouter() },
  { name: 'address-change', expected: 'address-stale', lastsMs: 12_000, begin: (home) => home.moveHost(), end: stays },
  { name: 'host-gone', expected: 'host-asleep', lastsMs: 25_000, begin: (home) => home.wire('host', 'down'), end: stays },
];

interface Outcome {
  readonly scene: string;
  readonly expected: CauseId;
  /** Null: no incident came about. */
  readonly found: CauseId | null;
  readonly confidence: number;
  readonly headline: string;
  /** Of a wrong one: what was thought. */
  readonly causes?: readonly Pick<Cause, 'cause' | 'confidence' | 'evidence' | 'against'>[];
}

class Recording {
  private text = '';

  constructor(private readonly child: ChildProcessWithoutNullStreams) {
    child.stdout.setEncoding('utf8').on('data', (chunk: string) => (this.text += chunk));
    child.stderr.pipe(process.stderr, { end: false });
  }

  get lines(): Record<string, unknown>[] {
    return this.text
      .split('\n')
      .filter((line) => line.endsWith('}'))
      .map((line) => JSON.parse(line) as Record<string, unknown>);
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

function startRecording(home: HomeNetwork, directory: string, driver: string): Recording {
  mkdirSync(join(directory, 'config'), { recursive: true });
  const library = { version: 1, hosts: [{ id: 'rig', name: 'RIG', address: hostName }], entries: [{ id: 'desk', host: 'rig', name: 'Desk', protocol: 'vnc' }] };
  writeFileSync(join(directory, 'config', 'config.json'), JSON.stringify(library));
  const builtDirectory = resolve(import.meta.dirname, '..', '..', 'out', 'main');
  const [file, ...leading] = home.at('client');
  return new Recording(spawn(file, [...leading, process.execPath, driver, directory, builtDirectory]));
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

async function play(scene: Scene, driver: string): Promise<Outcome> {
  const directory = mkdtempSync(join(tmpdir(), 'athena-diagnosis-'));
  const home = HomeNetwork.make();
  const recording = startRecording(home, directory, driver);
  try {
    for (const vantage of ['self', 'gateway', 'host/rig']) await recording.until(`an answer of ${vantage}`, (line) => line['answers'] === vantage);
    await sleep(learnMs);
    scene.begin(home);
    await sleep(scene.lastsMs);
    scene.end(home);
    await sleep(afterMs);
    await recording.finish();
    const incident = newestOnDisk(directory);
    const [first] = incident?.causes ?? [];
    const isRight = first?.cause === scene.expected;
    return {
      scene: scene.name,
      expected: scene.expected,
      found: first?.cause ?? null,
      confidence: first?.confidence ?? 0,
      headline: incident?.summary.headline ?? 'no incident',
      ...(!isRight && { causes: (incident?.causes ?? []).slice(0, 3).map(({ cause, confidence, evidence, against }) => ({ cause, confidence, evidence, against })) }),
    };
  } finally {
    recording.kill();
    home.remove();
    rmSync(directory, { recursive: true, force: true });
  }
}

async function main(): Promise<number> {
  const { values } = parseArgs({ options: { runs: { type: 'string', default: '1' }, only: { type: 'string' }, json: { type: 'boolean', default: false } } });
  const missing = process.getuid?.() !== 0 || ['ip', 'nft'].some((tool) => spawnSync(tool, ['-V']).status !== 0);
  if (missing) {
    process.stderr.write('This campaign makes network namespaces: it needs Linux, root, iproute2 and nftables.\n');
    return 2;
  }
  const wanted = values.only?.split(',') ?? scenes.map(({ name }) => name);
  const chosen = scenes.filter(({ name }) => wanted.includes(name));
  if (chosen.length !== wanted.length) {
    process.stderr.write(`There are the scenes ${scenes.map(({ name }) => name).join(', ')}.\n`);
    return 2;
  }
  const driver = await bundleThread('test/faults/diagnosis/recording-driver.ts');
  const outcomes: Outcome[] = [];
  for (let run = 0; run < Number(values.runs); run += 1) {
    for (const scene of chosen) {
      const outcome = await play(scene, driver);
      outcomes.push(outcome);
      process.stderr.write(`${outcome.found === outcome.expected ? 'right ' : 'WRONG '} ${outcome.scene}: ${outcome.found ?? 'nothing'} ${Math.round(outcome.confidence * 100)} %, ${outcome.headline}\n`);
      if (outcome.causes) process.stderr.write(`${JSON.stringify(outcome.causes, null, 2)}\n`);
    }
  }
  const right = outcomes.filter(({ found, expected }) => found === expected).length;
  const share = right / outcomes.length;
  const report = { ok: share >= 0.9, right, of: outcomes.length, load: loadavg(), outcomes };
  process.stdout.write(values.json ? `${JSON.stringify(report)}\n` : `${right} of ${outcomes.length} first causes are right.\n`);
  return report.ok ? 0 : 1;
}

process.exit(await main());
