// What the tests of the practice host share: a host that is surely stopped, a way in over SSH, and a view of its stream.
import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { readFile } from 'node:fs/promises';
import { connect } from 'node:net';
import { setTimeout as sleep } from 'node:timers/promises';
import { Client, type ConnectConfig } from 'ssh2';
import { makeIdentity } from '../../../electron/practice/gamestream/certificate';
import type { GameStreamHostFacts } from '../../../electron/practice/gamestream/host-facts';
import { askSecure, queryOf } from '../../../electron/practice/gamestream/moonlight-http';
import { pairWith } from '../../../electron/practice/gamestream/moonlight-pairing';
import { type PracticeHost, type PracticeHostStart } from '../../../electron/practice/practice-owner';
import type { PictureFrame } from '../../../electron/practice/practice-protocol';
import { openPracticeStream, type PracticeStream, type StreamNews } from '../../../electron/practice/practice-stream-client';
import { processTree, type ProcessIdentity } from '../../peers/process-tree';
import { bundleThread } from '../../threads-bundle';

export interface PracticePrograms {
  readonly hostFile: string;
  readonly appFile: string;
  readonly moonlightFile: string;
}

export async function buildPracticePrograms(): Promise<PracticePrograms> {
  return {
    hostFile: await bundleThread('electron/practice/gamestream/gamestream-host-main.ts'),
    appFile: await bundleThread('electron/practice/practice-app-main.ts'),
    moonlightFile: await bundleThread('electron/practice/gamestream/practice-moonlight-main.ts'),
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
): Promise<GameStreamHostFacts> {
  const started = await host.start({ file: process.execPath, leadingArgs: [hostFile, '--app', appFile], ...more });
  if (!started.ok) throw new Error(`${started.failure.kind}: ${started.failure.message}`);
  return started.value;
}

/** Pairs and launches as a client does. @returns the game's pid */
export async function launchGame(host: Pick<PracticeHost, 'order'>, facts: GameStreamHostFacts): Promise<number> {
  const { http: httpPort, https: httpsPort } = facts.ports;
  const identity = makeIdentity('NVIDIA GameStream Client', 'zero');
  host.order({ do: 'habits', habits: { autoPin: '0042' } });
  const place = { address: facts.address, httpPort, httpsPort, identity };
  const end = await pairWith({ ...place, pin: '0042', generation: 7 });
  if (end.kind !== 'paired') throw new Error(`not paired: ${end.kind}`);
  const [app] = facts.apps;
  const parameters = { appid: app?.id ?? 0, rikey: '00112233445566778899aabbccddeeff', rikeyid: 7, localAudioPlayMode: 0, corever: 1 };
  const answer = await askSecure({ ...place, pinnedPem: end.certificatePem }, `/launch?${queryOf(parameters)}`, 10_000);
  if (answer.statusCode !== 200) throw new Error(`launch refused with ${answer.statusCode}`);
  return Number(await readFile(facts.pidFile, 'utf8'));
}

/** @throws when the server refuses the log-in */
export async function logIn({ ssh }: Pick<GameStreamHostFacts, 'ssh'>, change: Partial<ConnectConfig> = {}): Promise<Client> {
  const client = new Client();
  const privateKey = await readFile(ssh.keyFile, 'utf8');
  await new Promise<void>((resolve, reject) => {
    client.once('ready', resolve).once('error', reject);
    client.connect({ host: '127.0.0.1', port: ssh.port, username: ssh.user, privateKey, ...change });
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

/**
 * Listens with a short queue, never accepts, and has its queue filled: the kernel then drops each further SYN.
 * @param undo gets what ends it
 */
export async function deafPort(undo: (() => Promise<unknown> | void)[]): Promise<number> {
  const listening = "const s = require('node:net').createServer().listen({ port: 0, host: '127.0.0.1', backlog: 1 }, () => console.log(s.address().port))";
  const deaf = spawn(process.execPath, ['-e', listening], { stdio: ['ignore', 'pipe', 'inherit'] });
  const ended = once(deaf, 'exit');
  undo.push(async () => {
    deaf.kill('SIGKILL');
    await ended;
  });
  const [printed] = (await once(deaf.stdout, 'data')) as [Buffer];
  deaf.kill('SIGSTOP');
  const port = Number(printed.toString());
  const fillers = Array.from({ length: 8 }, () => connect(port, '127.0.0.1').on('error', () => undefined));
  undo.push(() => fillers.forEach((filler) => filler.destroy()));
  await sleep(300); // the kernel answers those that fit at once
  return port;
}

/** Keeps all the news of one connection to the stream. */
export class StreamView {
  readonly news: StreamNews[] = [];
  readonly #stream: PracticeStream;

  constructor(facts: { readonly streamPort: number }) {
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
