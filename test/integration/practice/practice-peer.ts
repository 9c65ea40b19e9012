// What the tests of the practice host share: a host that is surely stopped, a way in over SSH, and a view of its stream.
import { readFile } from 'node:fs/promises';
import { setTimeout as sleep } from 'node:timers/promises';
import { Client, type ConnectConfig } from 'ssh2';
import type { PracticeHostFacts } from '../../../electron/practice/practice-facts';
import { type PracticeHost, type PracticeHostStart } from '../../../electron/practice/practice-owner';
import type { PictureFrame } from '../../../electron/practice/practice-protocol';
import { openPracticeStream, type PracticeStream, type StreamNews } from '../../../electron/practice/practice-stream-client';
import { processTree, type ProcessIdentity } from '../../peers/process-tree';
import { bundleThread } from '../../threads-bundle';

export interface PracticePrograms {
  readonly hostFile: string;
  readonly appFile: string;
  readonly clientFile: string;
}

export async function buildPracticePrograms(): Promise<PracticePrograms> {
  return {
    hostFile: await bundleThread('electron/practice/practice-host-main.ts'),
    appFile: await bundleThread('electron/practice/practice-app-main.ts'),
    clientFile: await bundleThread('electron/practice/practice-client-main.ts'),
  };
}

/** Everything this test process has started and not ended. */
export function ownProcesses(): ProcessIdentity[] {
  return processTree(process.pid).slice(1);
}

export async function startHost(
  host: PracticeHost,
  { hostFile, appFile }: PracticePrograms,
  more: Partial<PracticeHostStart> = {},
): Promise<PracticeHostFacts> {
  const started = await host.start({ file: process.execPath, leadingArgs: [hostFile, '--app', appFile], ...more });
  if (!started.ok) throw new Error(`${started.failure.kind}: ${started.failure.message}`);
  return started.value;
}

/** @throws when the server refuses the log-in */
export async function logIn(facts: PracticeHostFacts, change: Partial<ConnectConfig> = {}): Promise<Client> {
  const client = new Client();
  const privateKey = await readFile(facts.keyFile, 'utf8');
  await new Promise<void>((resolve, reject) => {
    client.once('ready', resolve).once('error', reject);
    client.connect({ host: '127.0.0.1', port: facts.sshPort, username: facts.user, privateKey, ...change });
  });
  // A server that goes away under an open connection is part of some tests.
  client.on('error', () => client.destroy());
  return client;
}

export interface CommandOutcome {
  readonly code: number | null;
  readonly signal: string | null;
  readonly stdout: string;
  readonly stderr: string;
}

/** @param input typed into the command, which then sees the end of its input */
export function runCommand(client: Client, command: string | null, input = ''): Promise<CommandOutcome> {
  return new Promise((resolve, reject) => {
    const follow: Parameters<Client['shell']>[0] = (error, channel) => {
      if (error) {
        reject(error);
        return;
      }
      let stdout = '';
      let stderr = '';
      let end: Pick<CommandOutcome, 'code' | 'signal'> = { code: null, signal: null };
      channel.on('data', (chunk: Buffer) => (stdout += chunk.toString('utf8')));
      channel.stderr.on('data', (chunk: Buffer) => (stderr += chunk.toString('utf8')));
      channel.once('exit', (code: number | null, signal?: string) => (end = { code, signal: signal ?? null }));
      channel.once('close', () => resolve({ ...end, stdout, stderr }));
      channel.end(input);
    };
    if (command === null) client.shell(false, follow);
    else client.exec(command, follow);
  });
}

/** Keeps all the news of one connection to the stream. */
export class StreamView {
  readonly news: StreamNews[] = [];
  readonly #stream: PracticeStream;

  constructor(facts: Pick<PracticeHostFacts, 'streamPort'>) {
    this.#stream = openPracticeStream({ address: '127.0.0.1', port: facts.streamPort }, (news) => this.news.push(news));
  }

  frames(): PictureFrame[] {
    return this.news.flatMap((news) => (news.kind === 'frame' ? [news.frame] : []));
  }

  newest(): PictureFrame | undefined {
    return this.frames().at(-1);
  }

  end(): string | undefined {
    return this.news.flatMap((news) => (news.kind === 'ended' ? [news.end] : []))[0];
  }

  close(): void {
    this.#stream.close();
  }
}

/** The frames that come from now on until `count` of them are there. */
export async function nextFrames(view: StreamView, count: number): Promise<PictureFrame[]> {
  const before = view.frames().length;
  const deadlineMs = performance.now() + 15_000;
  while (view.frames().length < before + count) {
    if (performance.now() > deadlineMs) throw new Error(`only ${view.frames().length - before} frames in 15 s`);
    await sleep(20);
  }
  return view.frames().slice(before, before + count);
}
