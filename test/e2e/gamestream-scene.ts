// A GameStream host that announces itself on loopback, a Moonlight where Athena finds it, and an Athena that looks for both.
import { chmod, mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { announceOnLoopback } from '../../electron/practice/gamestream/announcement';
import { startGameStreamServer, type GameStreamServer } from '../../electron/practice/gamestream/gamestream-server';
import { launchAthena, type RunningAthena } from './electron-app';

export interface GameStreamScene {
  readonly host: GameStreamServer;
  readonly athena: RunningAthena;
  stop(): Promise<void>;
}

const practiceMoonlight = resolve(import.meta.dirname, '../../out/main/practice-moonlight.cjs');

/** @param env of Athena */
export async function setGameStreamScene(env: Readonly<Record<string, string>> = {}): Promise<GameStreamScene> {
  const directory = await mkdtemp(join(tmpdir(), 'athena-e2e-gamestream-'));
  const programs = join(directory, 'bin');
  await mkdir(programs);
  // Under the real one's name, so that Athena finds it as it would find the real one.
  const moonlight = join(programs, 'moonlight');
  await writeFile(moonlight, `#!/bin/sh\nexec "${process.execPath}" "${practiceMoonlight}" "$@"\n`);
  await chmod(moonlight, 0o755);
  const host = await startGameStreamServer({ name: 'Rig' });
  const announcement = await announceOnLoopback('Rig', host.ports.http, () => undefined);
  const athena = await launchAthena({
    env: { ...env, PATH: `${programs}:${process.env['PATH'] ?? ''}`, ATHENA_TEST_DISCOVERY: `127.0.0.1:${announcement.port}` },
  });
  return {
    host,
    athena,
    stop: async () => {
      await athena.stop();
      await announcement.stop();
      await host.stop();
      await rm(directory, { recursive: true, force: true });
    },
  };
}
