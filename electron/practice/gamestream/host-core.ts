// The practice host's state: the app that runs, the one launch that may be pending, and who streams.
import { randomUUID } from 'node:crypto';
import type { StartApp, AppRun } from './app-run';
import type { HostApp } from './host-apps';
import type { HostEvent } from './host-events';
import type { HostMemory } from './host-memory';
import { hostHabitsSchema, type HostHabits } from './host-switches';
import { gracefulCode, provesKey, type FromHost } from './stream-link';
import type { XmlReply } from './xml-reply';

export interface HostStream {
  readonly id: string;
  readonly mode: string;
  readonly clientUuid: string | null;
  /** Says a last word, if there is one, and closes. */
  readonly close: (lastWord: FromHost | null) => void;
  readonly say: (message: FromHost) => void;
}

export interface LaunchRequest {
  readonly kind: 'launch' | 'resume';
  readonly parameters: ReadonlyMap<string, string>;
  readonly clientUuid: string | null;
  /** Where the stream is to be had, without its scheme: "127.0.0.1:48010". */
  readonly streamAddress: string;
}

interface PendingLaunch {
  readonly keyHex: string;
  readonly mode: string;
  readonly clientUuid: string | null;
  readonly timer: NodeJS.Timeout;
}

export interface HostCoreParts {
  readonly memory: HostMemory;
  readonly apps: readonly HostApp[];
  readonly startApp: StartApp;
  readonly tell: (event: HostEvent) => void;
  /** How long a launch waits for its stream, and blocks the next one; Sunshine's `ping_timeout`. Milliseconds. */
  readonly pingTimeoutMs: number;
}

interface Running {
  readonly app: HostApp;
  readonly run: AppRun;
}

export class HostCore {
  habits: HostHabits = hostHabitsSchema.parse({});
  /** Connections are accepted, and nothing is answered. */
  silent = false;
  /** No picture is sent; control goes on. */
  frozen = false;
  /** Packets of the streams that are lost. */
  dropping: 'none' | 'from-host' | 'both' = 'none';
  refusesStreams: 'refused' | 'dropped' | 'udp' | null = null;
  /** Answers the next launch or resume, once. */
  nextLaunch: { readonly status: number; readonly message: string } | null = null;
  readonly parts: HostCoreParts;
  readonly streams = new Map<string, HostStream>();
  #running: Running | null = null;
  #pending: PendingLaunch | null = null;
  #launching = false;

  constructor(parts: HostCoreParts) {
    this.parts = parts;
  }

  get running(): Running | null {
    return this.#running;
  }

  get pending(): boolean {
    return this.#pending !== null;
  }

  async launch(request: LaunchRequest): Promise<XmlReply> {
    const reply = request.kind === 'launch' ? await this.#launch(request) : this.#resume(request);
    if (reply.statusCode !== 200) {
      this.parts.tell({ event: 'launch-refused', status: reply.statusCode, message: reply.statusMessage ?? '' });
    }
    return reply;
  }

  /** Hands the pending launch to whoever proves that it holds its key; then the next launch may come. */
  claim(proof: string): { clientUuid: string | null; mode: string } | null {
    const pending = this.#pending;
    if (pending === null || !provesKey(proof, pending.keyHex)) return null;
    clearTimeout(pending.timer);
    this.#pending = null;
    return { clientUuid: pending.clientUuid, mode: pending.mode };
  }

  addStream(stream: Omit<HostStream, 'id'>): string {
    const id = randomUUID();
    this.streams.set(id, { ...stream, id });
    this.parts.tell({ event: 'stream-opened', streams: this.streams.size, mode: stream.mode });
    return id;
  }

  removeStream(id: string, why: 'left' | 'vanished' | 'dropped' | 'app-ended'): void {
    if (!this.streams.delete(id)) return;
    this.parts.tell({ event: 'stream-closed', streams: this.streams.size, why });
  }

  /** Clients see an end without a reason (-1). */
  dropStreams(whose: (stream: HostStream) => boolean = () => true): void {
    for (const stream of [...this.streams.values()].filter(whose)) {
      stream.close({ say: 'fault', fault: { kind: 'disconnect' } });
      this.removeStream(stream.id, 'dropped');
    }
  }

  /** `/cancel`: all streams, then the app. */
  async cancel(): Promise<XmlReply> {
    if (this.habits.cancel === 'refuses' && this.streams.size > 0) {
      const statusMessage = 'All sessions must be disconnected before quitting';
      return { statusCode: 503, statusMessage, children: [['resume', 0]] };
    }
    this.dropStreams();
    await this.endApp();
    return { statusCode: 200, children: [['cancel', 1]] };
  }

  /** Ends the app; clients are told the reason and end gracefully. */
  async endApp(): Promise<void> {
    const running = this.#running;
    if (running === null) return;
    this.#appEnded(running);
    await running.run.stop();
  }

  async stop(): Promise<void> {
    await this.endApp();
    if (this.#pending) clearTimeout(this.#pending.timer);
    this.#pending = null;
  }

  #appEnded(running: Running): void {
    if (this.#running !== running) return;
    this.#running = null;
    for (const stream of [...this.streams.values()]) {
      if (!this.silent) stream.close({ say: 'end', code: gracefulCode });
      this.removeStream(stream.id, 'app-ended');
    }
    this.parts.tell({ event: 'app-ended', id: running.app.id, name: running.app.name });
  }

  async #launch(request: LaunchRequest): Promise<XmlReply> {
    const { parameters } = request;
    const wanted = ['rikey', 'rikeyid', 'localaudioplaymode', 'appid'];
    if (!wanted.every((name) => parameters.has(name))) return refusal(400, 'resume', 'Missing a required launch parameter');
    if (this.#running !== null || this.#launching) return refusal(400, 'resume', 'An app is already running on this host');
    const refused = this.#refusal('gamesession', parameters);
    if (refused) return refused;
    const app = this.parts.apps.find(({ id }) => id === Number(parameters.get('appid')));
    if (!app) return refusal(404, 'gamesession', 'Cannot find requested application');
    this.#launching = true;
    try {
      await new Promise((resolve) => setTimeout(resolve, this.habits.launchDelayMs));
      const running = { app, run: await this.parts.startApp(app) };
      this.#running = running;
      void running.run.ended.then(() => this.#appEnded(running));
      const { pid, processes } = running.run;
      this.parts.tell({ event: 'app-started', id: app.id, name: app.name, pid, processes });
    } catch {
      // Why it failed is the host's business; its clients get the code alone.
      return refusal(-1, 'gamesession', 'Failed to start the specified application');
    } finally {
      this.#launching = false;
    }
    return this.#arm(request, 'gamesession');
  }

  #resume(request: LaunchRequest): XmlReply {
    if (this.#running === null) return refusal(503, 'resume', 'No running app to resume');
    if (!request.parameters.has('rikey') || !request.parameters.has('rikeyid')) {
      return refusal(400, 'resume', 'Missing a required resume parameter');
    }
    return this.#refusal('resume', request.parameters) ?? this.#arm(request, 'resume');
  }

  #refusal(child: 'gamesession' | 'resume', parameters: ReadonlyMap<string, string>): XmlReply | null {
    const ordered = this.nextLaunch;
    this.nextLaunch = null;
    if (ordered) return refusal(ordered.status, child, ordered.message);
    if (this.habits.streamLimit !== null && this.streams.size >= this.habits.streamLimit) {
      return refusal(503, child, "The host's concurrent stream limit has been reached. Stop an existing stream or increase the 'Channels' value in the Sunshine Web UI.");
    }
    if (this.habits.encryptionMandatory && !isCoreKnown(parameters)) {
      return refusal(403, 'gamesession', 'Encryption is mandatory for this host but unsupported by the client');
    }
    return null;
  }

  /** Answers 200 either way: a second launch within the time limit is not told that its key was thrown away. */
  #arm({ parameters, clientUuid, streamAddress }: LaunchRequest, child: 'gamesession' | 'resume'): XmlReply {
    if (this.#pending !== null) this.parts.tell({ event: 'launch-dropped' });
    else {
      const timer = setTimeout(() => {
        this.#pending = null;
        this.parts.tell({ event: 'launch-forgotten' });
      }, this.parts.pingTimeoutMs);
      this.#pending = { keyHex: parameters.get('rikey') ?? '', mode: parameters.get('mode') ?? '0x0x0', clientUuid, timer };
    }
    const scheme = isCoreKnown(parameters) ? 'rtspenc' : 'rtsp';
    return { statusCode: 200, children: [['sessionUrl0', `${scheme}://${streamAddress}`], [child, 1]] };
  }
}

function refusal(statusCode: number, child: 'gamesession' | 'resume', statusMessage: string): XmlReply {
  return { statusCode, statusMessage, children: [[child, 0]] };
}

function isCoreKnown(parameters: ReadonlyMap<string, string>): boolean {
  return Number(parameters.get('corever') ?? 0) >= 1;
}
