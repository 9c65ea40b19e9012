// The session thread: keeps one stream client on a pty, reads what it says, and reports its life to the owner.
import { constants } from 'node:os';
import { parentPort, workerData } from 'node:worker_threads';
import { spawn, type IPty } from 'node-pty';
import { clientReader } from '../adapters/clients/client-registry';
import { keptOutputLength } from '../common/output-tail';
import type { ClientEvent, LaunchPlan, OutputReader, StreamClientId } from '../domain/session/stream-client';
import { LineSplitter } from './line-splitter';
import { OutputBatch } from './output-batch';
import type { FromSessionThread, SessionThreadStart, ToSessionThread } from './session-messages';

/** How long a client may take to end by itself after it was asked, in milliseconds. */
const politeStopMs = 1_500;
/** Output is handed over at most this often, in milliseconds. */
const printEveryMs = 50;
/** A client that has been silent this long with text after its last line end may be prompting, in milliseconds. */
const promptAfterMs = 60;

interface KeptClient {
  readonly pty: IPty;
  readonly reader: OutputReader;
  readonly splitter: LineSplitter;
  password: string | null;
  killTimer: NodeJS.Timeout | null;
  promptTimer: NodeJS.Timeout | null;
  streamingTimer: NodeJS.Timeout | null;
}

class SessionThread {
  private client: KeptClient | null = null;
  private readonly output = new OutputBatch(keptOutputLength);
  private printTimer: NodeJS.Timeout | null = null;
  private readonly pidCell: Int32Array;
  private failing = false;

  constructor(
    start: SessionThreadStart,
    private readonly post: (message: FromSessionThread) => void,
    /** Lets the thread end as soon as nothing is left to do. */
    private readonly finish: () => void,
  ) {
    this.pidCell = new Int32Array(start.pidCell);
  }

  receive(message: ToSessionThread): void {
    switch (message.kind) {
      case 'start':
        this.start(message.client, message.plan);
        return;
      case 'stop':
        this.stop();
        return;
      case 'finish':
        this.finish();
    }
  }

  /**
   * After an exception that nothing caught. The thread must not simply die: node-pty would call back into it when the
   * client ends, and that aborts the whole process. So the client ends first, and its end lets the thread go.
   */
  fail(error: Error): void {
    this.post({ kind: 'failed', message: error.message, stack: error.stack });
    this.failing = true;
    if (this.client) signalGroup(this.client.pty.pid, 'SIGKILL');
    else this.finish();
  }

  private start(id: StreamClientId, plan: LaunchPlan): void {
    const env: Record<string, string> = {};
    for (const [name, value] of Object.entries({ ...process.env, ...plan.env })) {
      if (value !== undefined) env[name] = value;
    }
    const pty = spawn(plan.file, [...plan.args], {
      name: 'xterm-256color',
      cols: 200,
      rows: 50,
      env,
      ...(plan.workingDirectory === undefined ? {} : { cwd: plan.workingDirectory }),
    });
    Atomics.store(this.pidCell, 0, pty.pid);
    const reader = clientReader(id);
    const client: KeptClient = {
      pty,
      reader,
      splitter: new LineSplitter((line) => this.report(client, reader.line(line))),
      password: plan.typedPassword,
      killTimer: null,
      promptTimer: null,
      streamingTimer: null,
    };
    this.client = client;
    pty.onData((data) => this.read(client, data));
    pty.onExit((exit) => this.ended(client, exit));
    this.post({ kind: 'started', pid: pty.pid });
    if (plan.assumeStreamingAfterMs !== undefined) {
      client.streamingTimer = setTimeout(() => this.report(client, [{ kind: 'streaming' }]), plan.assumeStreamingAfterMs);
    }
  }

  private read(client: KeptClient, data: string): void {
    this.print(data);
    client.splitter.push(data);
    if (client.promptTimer) clearTimeout(client.promptTimer);
    client.promptTimer = setTimeout(() => {
      client.promptTimer = null;
      const partial = client.splitter.partial;
      if (partial !== '') this.report(client, client.reader.partial(partial));
    }, promptAfterMs);
  }

  private report(client: KeptClient, events: readonly ClientEvent[]): void {
    for (const event of events) {
      if (event.kind !== 'password-prompt') {
        this.post({ kind: 'event', event });
        continue;
      }
      // Typed at most once: a second prompt means the first answer was refused.
      const { password } = client;
      client.password = null;
      client.pty.write(`${password ?? ''}\r`);
    }
  }

  private print(data: string): void {
    this.output.add(data);
    this.printTimer ??= setTimeout(() => this.flushPrinted(), printEveryMs);
  }

  private flushPrinted(): void {
    if (this.printTimer) clearTimeout(this.printTimer);
    this.printTimer = null;
    const batch = this.output.take();
    if (batch) this.post({ kind: 'printed', ...batch });
  }

  private stop(): void {
    const { client } = this;
    if (!client || client.killTimer) return;
    signalGroup(client.pty.pid, 'SIGTERM');
    // A stopped client can't see that it was asked to end.
    signalGroup(client.pty.pid, 'SIGCONT');
    client.killTimer = setTimeout(() => signalGroup(client.pty.pid, 'SIGKILL'), politeStopMs);
  }

  private ended(client: KeptClient, exit: { exitCode: number; signal?: number | undefined }): void {
    if (client.killTimer) clearTimeout(client.killTimer);
    if (client.promptTimer) clearTimeout(client.promptTimer);
    if (client.streamingTimer) clearTimeout(client.streamingTimer);
    Atomics.store(this.pidCell, 0, 0);
    this.client = null;
    if (this.failing) {
      this.finish();
      return;
    }
    client.splitter.flush();
    const facts = { exitCode: exit.exitCode, signal: signalName(exit.signal) };
    // The end first: nothing waits for the last lines.
    this.post({ kind: 'ended', end: client.reader.end(facts), exit: facts });
    this.flushPrinted();
  }
}

function signalName(number: number | undefined): string | null {
  if (!number) return null;
  const found = Object.entries(constants.signals).find(([, value]) => value === number);
  return found ? found[0] : `signal ${number}`;
}

/** node-pty makes each client the leader of its own process group: its children end with it. */
function signalGroup(pid: number, signal: NodeJS.Signals): void {
  try {
    process.kill(process.platform === 'win32' ? pid : -pid, signal);
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code !== 'ESRCH') throw error;
  }
}

const port = parentPort;
if (!port) throw new Error('the session thread runs as a worker only');
const thread = new SessionThread(
  workerData as SessionThreadStart,
  (message) => port.postMessage(message),
  () => port.close(),
);
process.on('uncaughtException', (error) => thread.fail(error));
port.on('message', (message: ToSessionThread) => thread.receive(message));
port.postMessage({ kind: 'ready' } satisfies FromSessionThread);
