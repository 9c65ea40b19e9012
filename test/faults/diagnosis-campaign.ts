// Real faults in a home of network namespaces, and whether the first cause of their incident is the one that was made.
// Run as root: npx tsx test/faults/diagnosis-campaign.ts [--runs 1] [--only link-down,router-freeze] [--json]
import { spawnSync } from 'node:child_process';
import { loadavg } from 'node:os';
import { parseArgs } from 'node:util';
import { CleanUp } from '../bench/clean-up';
import { startXvfb } from '../peers/xvfb';
import { bundleThread } from '../threads-bundle';
import { playScene, type Outcome } from './diagnosis/play-scene';
import { scenes } from './diagnosis/scenes';

const shareWanted = 0.9;
/** Below this, what was thought is worth reading. */
const confident = 0.7;
/** Each has to do with every other's end. */
const listenersExpected = 100;

function tell({ scene, found, expected, confidence, headline, causes, told }: Outcome): void {
  process.stderr.write(`${found === expected ? 'right ' : 'WRONG '} ${scene}: ${found ?? 'nothing'} ${Math.round(confidence * 100)} %, ${headline}\n`);
  if (found !== expected || confidence < confident) process.stderr.write(`${JSON.stringify({ causes, told }, null, 2)}\n`);
}

async function main(): Promise<number> {
  const { values } = parseArgs({ options: { runs: { type: 'string', default: '1' }, only: { type: 'string' }, json: { type: 'boolean', default: false } } });
  const missing = process.getuid?.() !== 0 || ['ip', 'nft', 'tc'].some((tool) => spawnSync(tool, ['-V']).status !== 0);
  if (missing) {
    process.stderr.write('This campaign makes network namespaces: it needs Linux, root, iproute2 and nftables.\n');
    return 2;
  }
  const wanted = values.only?.split(',') ?? scenes.map(({ name }) => name);
  const chosen = scenes.filter(({ name }) => wanted.includes(name));
  const runs = Number(values.runs);
  if (chosen.length !== wanted.length || !Number.isInteger(runs) || runs < 1) {
    process.stderr.write(`--runs takes a number from 1 on, --only some of these scenes:\n${scenes.map(({ name, what }) => `  ${name.padEnd(18)} ${what}\n`).join('')}`);
    return 2;
  }
  process.setMaxListeners(listenersExpected);
  const cleanUp = new CleanUp();
  const outcomes: Outcome[] = [];
  try {
    const driver = await bundleThread('test/faults/diagnosis/recording-driver.ts');
    const screen = await startXvfb();
    cleanUp.add(() => screen.stop());
    for (let run = 0; run < runs; run += 1) {
      for (const scene of chosen) {
        const outcome = await playScene(scene, driver, screen.display);
        outcomes.push(outcome);
        tell(outcome);
      }
    }
  } finally {
    await cleanUp.run();
  }
  const right = outcomes.filter(({ found, expected }) => found === expected).length;
  const report = { ok: right / outcomes.length >= shareWanted, right, of: outcomes.length, load: loadavg(), outcomes };
  process.stdout.write(values.json ? `${JSON.stringify(report)}\n` : `${right} of ${outcomes.length} first causes are right.\n`);
  return report.ok ? 0 : 1;
}

process.exit(await main());
