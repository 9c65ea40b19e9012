// Orders that a broken network holds back, and lets through when nobody waits for them any more.
import { readFile, writeFile } from 'node:fs/promises';
import { setTimeout as sleep } from 'node:timers/promises';
import { afterEach, expect, it } from 'vitest';
import { startSshServer } from '../../peers/ssh-server';
import { startApp, statesOf, threeGenerations } from './app-tree';
import { byCommand, createControl, expectFailure, expectSuccess, hostAt } from './host-world';
import { startRelay } from './relay';

const undo: (() => unknown)[] = [];
afterEach(async () => {
  for (const step of undo.splice(0).reverse()) await step();
});

it('a pause that comes through long after it was given up stops nothing', async () => {
  const server = await startSshServer();
  undo.push(() => server.stop());
  const relay = await startRelay(server.port);
  undo.push(() => relay.stop());
  const { control, ownKnownHosts, dispose } = await createControl();
  undo.push(dispose);
  const known = await readFile(server.knownHostsFile, 'utf8');
  await writeFile(ownKnownHosts, known.replace(String(server.port), String(relay.port)));
  const app = await startApp(threeGenerations, 5);
  undo.push(() => app.stop());
  const host = hostAt({ ...server, port: relay.port });

  expectSuccess(await control.pause(host, byCommand(app.token)));
  expectSuccess(await control.resume(host, byCommand(app.token)));
  relay.cut();
  expectFailure(await control.pause(host, byCommand(app.token)), 'timed-out');
  relay.mend();
  for (let look = 0; look < 15; look += 1) {
    await sleep(100);
    expect(statesOf(app.pids())).not.toContain('T');
  }
  // And one that is in time does.
  expectSuccess(await control.pause(host, byCommand(app.token)));
  expect(statesOf(app.pids())).toBe('TTTTT');
});
