// The world of the library measurement: a real Athena in a real Electron, with paired hosts that are off, their apps, and their covers on disk.
import { chmod, mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { makeIdentity } from '../../electron/practice/gamestream/certificate';
import { drawPng } from '../../electron/practice/gamestream/png-picture';
import { launchAthena, type RunningAthena } from '../e2e/electron-app';
import { largeEntries } from '../fakes/fake-large-library';
import type { BenchOptions } from './bench';

export interface LibraryWorld {
  readonly athena: RunningAthena;
  readonly entries: number;
}

const hostCount = 8;
/** As large as box covers mostly are; so many different ones, each kept for many apps. */
const cover = { widthPx: 300, heightPx: 400, kinds: 12 } as const;
/** Hosts that are off: nobody has these addresses (RFC 5737). One on this machine would answer pings, and be shown as one that starts. */
const hostPort = 47_989;

/** @param env of Athena. @throws when Electron or the build is missing */
export async function startLibraryWorld(entries: number, { cleanUp }: BenchOptions, env: Readonly<Record<string, string>> = {}): Promise<LibraryWorld> {
  const directory = await mkdtemp(join(tmpdir(), 'athena-bench-library-'));
  cleanUp.add(() => rm(directory, { recursive: true, force: true }));
  await writeProfile(directory, entries);
  const programs = await installMoonlight(directory);
  const athena = await launchAthena({ profileDirectory: directory, env: { ...env, PATH: `${programs}:${process.env['PATH'] ?? ''}` } });
  cleanUp.add(() => athena.stop());
  await athena.window.waitForSelector('.tile', { timeout: 60_000 });
  return { athena, entries };
}

/** Says what it is and no more: nothing is launched, and tiles without a client would tell so. */
async function installMoonlight(directory: string): Promise<string> {
  const folder = join(directory, 'bin');
  const file = join(folder, 'moonlight');
  await mkdir(folder);
  await writeFile(file, '#!/bin/sh\ncase "$*" in --version) echo "Moonlight 6.1.0";; *) printf "Usage: moonlight [options] <action>\\n  --resolution\\n";; esac\n');
  await chmod(file, 0o755);
  return folder;
}

async function writeProfile(directory: string, count: number): Promise<void> {
  const nowMs = Date.now();
  const names = largeEntries(count, nowMs, () => null).map(({ entry }) => entry.name);
  const hosts = Array.from({ length: hostCount }, (_, index) => ({ id: `rig-${index + 1}`, name: `Rig ${index + 1}`, address: `192.0.2.${index + 10}` }));
  const { certificatePem } = makeIdentity('Rig', 'random');
  const records = hosts.map(({ id, address }, index) => ({
    hostId: id,
    uniqueId: `BENCH-${index + 1}`,
    addresses: [address],
    httpPort: hostPort,
    certificatePem,
    mac: null,
    apps: names.flatMap((name, app) => (app % hostCount === index ? [{ id: app + 1, name: `${name} ${app}`, hdr: false }] : [])),
  }));
  const place = (kind: string): string => join(directory, kind, 'athena');
  for (const kind of ['config', 'data', 'state']) await mkdir(place(kind), { recursive: true });
  await writeFile(join(place('config'), 'config.json'), JSON.stringify({ version: 1, hosts, entries: [] }));
  await writeFile(join(place('data'), 'gamestream.json'), JSON.stringify({ version: 1, hosts: records }));
  const pictures = Array.from({ length: cover.kinds }, (_, kind) => drawPng(cover.widthPx, cover.heightPx, [40 + kind * 17, 220 - kind * 15, (kind * 67) % 255]));
  for (const { uniqueId, apps } of records) {
    const folder = join(place('cache'), 'boxart', uniqueId);
    await mkdir(folder, { recursive: true });
    await Promise.all(apps.map(async ({ id }) => writeFile(join(folder, `${id}.png`), pictures[id % cover.kinds] ?? '')));
  }
}
