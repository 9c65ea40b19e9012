// Measures how soon a dead stream is declared, and how often a healthy one is by mistake.
// Run as root: npx tsx test/faults/stall-campaign.ts [--runs 20] [--healthy-minutes 5] [--only vnc,rdp,udp,vnc-idle,healthy] [--json]
import { spawn, type ChildProcess } from 'node:child_process';
import { readFileSync } from 'node:fs';
import { setTimeout as sleep } from 'node:timers/promises';
import { parseArgs } from 'node:util';
import type { StallKind } from '../../electron/domain/session/stall-watch';
import { canMakeNetworkPair, makeNetworkPair, type NetworkPair } from '../peers/network-pair';
import { cutWire, mendWire, rdpScene, udpScene, vncScene, Watching, type Scene } from './stall-scenes';

/** A flow is known after this. */
const learnMs = 8_000;
const settleMs = 3_500;
const declaredWithinMs = 8_000;
const backWithinMs = 30_000;

interface Fault {
  readonly name: string;
  readonly expected: StallKind;
  readonly goalMs: number;
  begin(scene: Scene, pair: NetworkPair): void;
  end(scene: Scene, pair: NetworkPair): void;
}

const faults: Readonly<Record<string, Fault>> = {
  cut: { name: 'wire cut', expected: 'network', goalMs: 1_000, begin: (_, pair) => cutWire(pair), end: (_, pair) => mendWire(pair) },
  server: { name: 'server SIGSTOP', expected: 'picture', goalMs: 3_000, begin: ({ server }) => server.signal('SIGSTOP'), end: ({ server }) => server.signal('SIGCONT') },
  client: { name: 'client SIGSTOP', expected: 'client', goalMs: 1_000, begin: ({ client }) => client.signal('SIGSTOP'), end: ({ client }) => client.signal('SIGCONT') },
  video: { name: 'video stops', expected: 'picture', goalMs: 3_000, begin: ({ server }) => server.signal('SIGUSR1'), end: ({ server }) => server.signal('SIGUSR2') },
};

interface Series {
  readonly scene: string;
  readonly fault: string;
  readonly goalMs: number;
  readonly declaredMs: number[];
  readonly kinds: string[];
  readonly missed: number;
  readonly notBack: number;
  /** Declared while nothing was wrong. */
  readonly falseStalls: number;
  readonly evidence: readonly string[];
}

async function measure(scene: Scene, watching: Watching, fault: Fault, runs: number, pair: NetworkPair): Promise<Series> {
  const result = { scene: scene.name, fault: fault.name, goalMs: fault.goalMs, declaredMs: [] as number[], kinds: [] as string[], missed: 0, notBack: 0, falseStalls: 0 };
  let evidence: readonly string[] = [];
  for (let run = 0; run < runs; run += 1) {
    const settledMs = Date.now();
    await sleep(settleMs + Math.random() * 1_000);
    result.falseStalls += watching.lines.filter(({ kind, atMs }) => kind === 'stalled' && atMs >= settledMs).length;
    fault.begin(scene, pair);
    // Afterwards: loading a firewall rule takes a quarter of a second on a busy machine, and holds only then.
    const beganMs = Date.now();
    const declared = await watching.next('stalled', beganMs, declaredWithinMs);
    const endedMs = Date.now();
    fault.end(scene, pair);
    if (declared?.kind !== 'stalled') {
      result.missed += 1;
      continue;
    }
    result.declaredMs.push(declared.atMs - beganMs);
    if (!result.kinds.includes(declared.stall.kind)) result.kinds.push(declared.stall.kind);
    ({ evidence } = declared.stall);
    if ((await watching.next('flows', endedMs, backWithinMs)) === null) result.notBack += 1;
  }
  return { ...result, evidence };
}

function joined(first: Series, all: readonly Series[]): Series {
  const sum = (count: (one: Series) => number): number => all.reduce((total, one) => total + count(one), 0);
  return {
    ...first,
    declaredMs: all.flatMap(({ declaredMs }) => declaredMs),
    kinds: [...new Set(all.flatMap(({ kinds }) => kinds))],
    missed: sum(({ missed }) => missed),
    notBack: sum(({ notBack }) => notBack),
    falseStalls: sum(({ falseStalls }) => falseStalls),
  };
}

interface Healthy {
  readonly scene: string;
  readonly minutes: number;
  readonly falseStalls: number;
  readonly evidence: readonly (readonly string[])[];
  readonly coreShare: number;
  readonly pressure: string;
}

/** Busy loops on every core beside healthy streams. */
async function watchHealthy(scenes: readonly Scene[], pair: NetworkPair, minutes: number): Promise<Healthy[]> {
  const watches = await Promise.all(scenes.map(({ orders }) => Watching.start(orders, pair)));
  const loops: ChildProcess[] = [1, 2].map(() => spawn(process.execPath, ['-e', 'for (;;);'], { stdio: 'ignore' }));
  try {
    await sleep(minutes * 60_000);
    const pressure = readFileSync('/proc/pressure/cpu', 'utf8').split('\n')[0] ?? '';
    const results: Healthy[] = [];
    for (const [index, scene] of scenes.entries()) {
      const watch = watches[index];
      if (!watch) continue;
      const stalls = watch.lines.filter((line) => line.kind === 'stalled');
      results.push({ scene: scene.name, minutes, falseStalls: stalls.length, evidence: stalls.map(({ stall }) => stall.evidence), coreShare: await watch.stop(), pressure });
    }
    return results;
  } finally {
    for (const loop of loops) loop.kill('SIGKILL');
    await Promise.all(watches.map((watch) => watch.stop()));
  }
}

function rank(values: readonly number[], share: number): number {
  const sorted = [...values].sort((one, other) => one - other);
  return sorted[Math.min(sorted.length - 1, Math.ceil(sorted.length * share) - 1)] ?? Number.NaN;
}

function print({ scene, fault, goalMs, declaredMs, kinds, missed, notBack, falseStalls, evidence }: Series): void {
  const figures = `median ${rank(declaredMs, 0.5).toFixed(0)} ms, p95 ${rank(declaredMs, 0.95).toFixed(0)} ms (goal ${goalMs})`;
  console.log(`${scene}, ${fault}: ${declaredMs.length} declared as ${kinds.join('/') || '-'}, ${figures}; missed ${missed}, did not flow again ${notBack}, false ${falseStalls}`);
  for (const text of evidence) console.log(`    ${text}`);
}

async function main(): Promise<number> {
  const { values } = parseArgs({
    options: {
      runs: { type: 'string', default: '20' },
      'healthy-minutes': { type: 'string', default: '5' },
      only: { type: 'string', default: 'vnc,rdp,udp,vnc-idle,healthy' },
      faults: { type: 'string', default: 'cut,server,client,video' },
      json: { type: 'boolean', default: false },
    },
  });
  if (!canMakeNetworkPair()) {
    console.error('The campaign needs root, iproute2 and nftables.');
    return 2;
  }
  const pair = makeNetworkPair();
  const wanted = values.only.split(',');
  const chosen = values.faults.split(',');
  const series: Series[] = [];
  const healthy: Healthy[] = [];
  const runs = Number(values.runs);
  const keep = (result: Series): void => {
    series.push(result);
    if (!values.json) print(result);
  };
  const attempt = async (start: Promise<Scene>, names: readonly string[]): Promise<void> => {
    const scene = await start;
    const watching = await Watching.start(scene.orders, pair);
    try {
      await sleep(learnMs);
      for (const name of names.filter((one) => chosen.includes(one))) {
        const fault = faults[name];
        if (fault) keep(await measure(scene, watching, fault, runs, pair));
      }
    } finally {
      console.error(`${scene.name}: watching cost ${((await watching.stop()) * 100).toFixed(2)} % of a core`);
      await scene.stop();
    }
  };
  /** A VNC service is asked three times a session at most: each of these runs is a session of its own. */
  const attemptOnce = async (start: () => Promise<Scene>, fault: Fault): Promise<Series> => {
    const scene = await start();
    const watching = await Watching.start(scene.orders, pair);
    try {
      await sleep(learnMs);
      return await measure(scene, watching, fault, 1, pair);
    } finally {
      await watching.stop();
      await scene.stop();
    }
  };
  try {
    if (wanted.includes('udp')) await attempt(udpScene({ pair }), ['cut', 'video', 'client', 'server']);
    if (wanted.includes('vnc')) await attempt(vncScene({ pair, moving: true }), ['cut', 'client']);
    if (wanted.includes('vnc') && chosen.includes('server') && faults['server']) {
      const single: Series[] = [];
      for (let run = 0; run < runs; run += 1) single.push(await attemptOnce(() => vncScene({ pair, moving: true }), faults['server']));
      if (single[0]) keep(joined(single[0], single));
    }
    if (wanted.includes('rdp')) await attempt(rdpScene({ pair, moving: true }), ['cut', 'client', 'server']);
    if (wanted.includes('vnc-idle')) await attempt(vncScene({ pair, moving: false }), ['cut']);
    if (wanted.includes('healthy')) {
      const starts = [udpScene({ pair }), vncScene({ pair, moving: true }), vncScene({ pair, moving: false }), rdpScene({ pair, moving: true })];
      const scenes = await Promise.all(starts);
      try {
        healthy.push(...(await watchHealthy(scenes, pair, Number(values['healthy-minutes']))));
      } finally {
        await Promise.all(scenes.map((scene) => scene.stop()));
      }
    }
  } finally {
    pair.remove();
  }
  if (values.json) console.log(JSON.stringify({ series, healthy }));
  else {
    for (const { scene, minutes, falseStalls, coreShare, pressure, evidence } of healthy) {
      console.log(`${scene}, healthy under load for ${minutes} min: ${falseStalls} false stalls (${(falseStalls / minutes).toFixed(2)} a minute), ${(coreShare * 100).toFixed(2)} % of a core; ${pressure}`);
      for (const text of evidence.flat()) console.log(`    ${text}`);
    }
  }
  return series.some(({ missed, falseStalls }) => missed + falseStalls > 0) || healthy.some(({ falseStalls }) => falseStalls > 0) ? 1 : 0;
}

// Peers and namespaces end with this process, however it ends.
for (const signal of ['SIGINT', 'SIGTERM'] as const) process.once(signal, () => process.exit(1));
process.exitCode = await main();
