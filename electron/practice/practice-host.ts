// Puts the practice host together: guard, game, stream, SSH server and their files, and takes it apart again.
import { chmod, mkdir, rm, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { startPracticeApp } from './practice-app';
import type { PracticeHostFacts } from './practice-facts';
import { Guard } from './practice-guard';
import { fingerprintOf, makeKeyPair } from './practice-keys';
import { PracticeShells } from './practice-shells';
import { startPracticeSshServer } from './practice-ssh-server';
import { startPracticeStreamServer } from './practice-stream-server';

export interface PracticeHostFiles {
  /** Absolute; made when missing, and closed to other users. */
  readonly directory: string;
  /** The host's own script, which also runs the guard. */
  readonly hostFile: string;
  readonly appFile: string;
}

export interface RunningPracticeHost {
  readonly facts: PracticeHostFacts;
  /** Resolves when the game ends although nobody stopped the host. */
  readonly appEnded: Promise<void>;
  /** Leaves no process, port or file of the host behind; @returns false when a process of the game can't be killed */
  stop(): Promise<boolean>;
}

const user = 'practice';

/** @throws when the directory can't be written or a process can't be started; nothing is left running then */
export async function startPracticeHost({ directory, hostFile, appFile }: PracticeHostFiles): Promise<RunningPracticeHost> {
  const undo: (() => Promise<unknown>)[] = [];
  const undoAll = async (): Promise<boolean> => {
    const outcomes: unknown[] = [];
    for (const step of undo.splice(0).reverse()) outcomes.push(await step());
    return !outcomes.includes(false);
  };
  try {
    const keyFile = join(directory, 'client_key');
    const pidFile = join(directory, 'app.pid');
    await mkdir(directory, { recursive: true, mode: 0o700 });
    await chmod(directory, 0o700); // it may have been there before
    undo.push(() => Promise.all([rm(keyFile, { force: true }), rm(pidFile, { force: true })]));

    const guard = await Guard.start(hostFile);
    undo.push(() => guard.stop());
    const app = await startPracticeApp(appFile, guard);
    undo.push(() => app.stop());
    await writeFile(pidFile, `${app.pid}\n`);

    const stream = await startPracticeStreamServer(app.state);
    undo.push(() => stream.stop());
    const hostKey = makeKeyPair();
    const clientKey = makeKeyPair();
    await rm(keyFile, { force: true }); // `mode` counts only for a file that is new
    await writeFile(keyFile, clientKey.privateText, { mode: 0o600, flag: 'wx' });
    const ssh = await startPracticeSshServer({
      user,
      hostKey: hostKey.privateText,
      clientKey: clientKey.publicKey,
      shells: new PracticeShells(guard),
    });
    undo.push(() => ssh.stop());

    const facts: PracticeHostFacts = {
      event: 'ready',
      streamPort: stream.port,
      sshPort: ssh.port,
      user,
      keyFile,
      hostKey: fingerprintOf(hostKey.publicKey),
      hostKeyLine: `[127.0.0.1]:${ssh.port} ${hostKey.publicText}`,
      pidFile,
      appPid: app.pid,
      appProcesses: [...app.processes],
    };
    return { facts, appEnded: app.ended, stop: undoAll };
  } catch (error) {
    await undoAll();
    throw error;
  }
}
