// The real virsh with libvirt's own test machine, kept in one process: each `virsh` of a host would begin with a fresh one.
import { spawn } from 'node:child_process';
import { chmod, mkdtemp, rm, writeFile } from 'node:fs/promises';
import { createServer } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

export interface VirshRelay {
  /** Holds a program called virsh, which hands its arguments to the one that stays. */
  readonly directory: string;
  /** The machine libvirt's test driver comes with; it runs. */
  readonly domain: string;
  state(): Promise<string>;
  run(words: readonly string[]): Promise<string>;
  stop(): Promise<void>;
}

const prompt = 'virsh # ';

export async function startVirshRelay(): Promise<VirshRelay> {
  const directory = await mkdtemp(join(tmpdir(), 'athena-virsh-'));
  const child = spawn('sh', ['-c', 'exec virsh --quiet --connect test:///default 2>&1'], { env: { ...process.env, LC_ALL: 'C' }, stdio: ['pipe', 'pipe', 'inherit'] });
  let heard = '';
  let awaited: ((text: string) => void) | null = null;
  child.stdout.on('data', (chunk: Buffer) => {
    heard += chunk.toString('utf8');
    if (!heard.endsWith(prompt)) return;
    const text = heard.slice(0, -prompt.length);
    heard = '';
    awaited?.(text);
    awaited = null;
  });
  const answered = (): Promise<string> =>
    new Promise((resolve, reject) => {
      const timer = setTimeout(() => reject(new Error(`virsh said only ${JSON.stringify(heard)}`)), 10_000);
      awaited = (text) => {
        clearTimeout(timer);
        resolve(text);
      };
    });
  let last: Promise<unknown> = answered();
  const run = (words: readonly string[]): Promise<string> => {
    const done = last.then(async () => {
      const answer = answered();
      const line = words.map((word) => `'${word}'`).join(' ');
      child.stdin.write(`${line}\n`);
      const text = await answer;
      // Without a terminal virsh repeats what it read.
      return text.startsWith(line) ? text.slice(line.length + 1) : text;
    });
    last = done.catch(() => undefined);
    return done;
  };
  // It goes on to be asked by the programs of the host through this.
  const server = createServer({ allowHalfOpen: true }, (socket) => {
    let asked = '';
    socket.on('data', (chunk: Buffer) => (asked += chunk.toString('utf8')));
    socket.on('error', () => socket.destroy());
    socket.on('end', () => void run(JSON.parse(asked) as string[]).then((text) => socket.end(text)));
  });
  const socketFile = join(directory, 'virsh.sock');
  await new Promise<void>((resolve) => server.listen(socketFile, resolve));
  const program = join(directory, 'virsh');
  const client = [
    `#!${process.execPath}`,
    "const words = process.argv.slice(2).filter((word, at, all) => word !== '--quiet' && word !== '--connect' && all[at - 1] !== '--connect');",
    `const socket = require('node:net').connect(${JSON.stringify(socketFile)});`,
    "let text = '';",
    "socket.on('data', (chunk) => (text += chunk));",
    "socket.on('end', () => { process.stdout.write(text); process.exitCode = text.includes('error:') ? 1 : 0; });",
    'socket.end(JSON.stringify(words));',
    '',
  ].join('\n');
  await writeFile(program, client);
  await chmod(program, 0o755);
  return {
    directory,
    domain: 'test',
    run,
    state: async () => (await run(['domstate', 'test'])).trim(),
    stop: async () => {
      const closed = new Promise<void>((resolve) => child.once('close', () => resolve()));
      child.stdin.end('quit\n');
      await closed;
      await new Promise<void>((resolve) => server.close(() => resolve()));
      await rm(directory, { recursive: true, force: true });
    },
  };
}
