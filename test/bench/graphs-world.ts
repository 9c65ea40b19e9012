// The world of the graph measurement: a real Athena that probes eight hosts on loopback, with ten minutes of samples behind them.
import { mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { SampleBatch } from '../../electron/common/latency';
import { hostVantage } from '../../electron/common/vantage';
import type { HostId } from '../../electron/common/ids';
import { launchAthena, type RunningAthena } from '../e2e/electron-app';
import { fakeRtt } from '../fakes/fake-samples';
import type { BenchOptions } from './bench';

export const targets = 8;
export const behindMs = 600_000;
/** Five a second. */
export const everyMs = 200;

const hosts = Array.from({ length: targets }, (_, index) => ({ id: `rig-${index + 1}`, name: `Rig ${index + 1}`, address: `127.0.0.${index + 11}` }));

/** @throws when Electron or the build is missing */
export async function startGraphsWorld({ cleanUp }: BenchOptions): Promise<RunningAthena> {
  const directory = await mkdtemp(join(tmpdir(), 'athena-bench-graphs-'));
  cleanUp.add(() => rm(directory, { recursive: true, force: true }));
  const folder = join(directory, 'config', 'athena');
  await mkdir(folder, { recursive: true });
  // An entry each: what nobody plays from is not measured.
  const entries = hosts.map(({ id, name }) => ({ id: `${id}-desk`, host: id, name: `Desk of ${name}`, protocol: 'vnc', port: 9 }));
  await writeFile(join(folder, 'config.json'), JSON.stringify({ version: 1, probesPerSecond: 1000 / everyMs, hosts, entries }));
  const athena = await launchAthena({ profileDirectory: directory });
  cleanUp.add(() => athena.stop());
  await athena.window.waitForSelector('.tile', { timeout: 60_000 });
  return athena;
}

/** Ten minutes of samples, sent as the main process sends them, so that the window has them as if it had been open all the time. */
export async function sendPast({ app }: RunningAthena): Promise<number> {
  const nowMs = Date.now();
  const batches = hosts.map(({ id }, index): SampleBatch => {
    const network = { baseMs: 0.4 + index * 0.3, spikes: 10, losses: 4, outages: [] };
    const atMs = Array.from({ length: behindMs / everyMs }, (_, sample) => nowMs - behindMs + sample * everyMs);
    return { vantage: hostVantage(id as HostId), probe: 'icmp', atMs, rttMs: atMs.map((at) => fakeRtt(network, 'icmp', at + index * 7_000)) };
  });
  await app.evaluate(({ BrowserWindow }, text) => BrowserWindow.getAllWindows()[0]?.webContents.send('latency:sampled', text), JSON.stringify(batches));
  return batches.reduce((sum, { atMs }) => sum + atMs.length, 0);
}

/** Opens the network page with the hosts alone on it, ten minutes wide. */
export async function openGraphs({ window }: RunningAthena): Promise<void> {
  await window.locator('.sidebar__item', { hasText: 'Network' }).click();
  await window.getByRole('radio', { name: '10 min', exact: true }).click();
  await window.waitForFunction((wanted) => document.querySelectorAll('[data-board-lane^="host/"]').length === wanted, targets, { timeout: 30_000 });
  const others = window.locator('.lane-toggle[aria-pressed="true"]', { hasNotText: /^Rig \d/ });
  for (let left = await others.count(); left > 0; left = await others.count()) await others.first().click();
}
