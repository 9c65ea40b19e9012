// The practice Moonlight's side of a stream: control and video connection, and what it learns from them or from silence.
import { connect, type Socket } from 'node:net';
import type { GameState } from '../practice-game';
import { decodeMessages, joinBytes } from '../practice-protocol';
import type { StreamFault } from './host-switches';
import { FrameLosses } from './frame-losses';
import { controlLimitMs, fromHostSchema, lineCutter, pingEveryMs, proofOf, readMessage, SilenceWatch, writeLine, type FromHost } from './stream-link';

export type LinkNews =
  | { readonly kind: 'opened' }
  /** A code of the system: 111 refused, 110 no answer, 11 for control packets that don't get through, or -1. */
  | { readonly kind: 'not-opened'; readonly stage: 'rtsp' | 'control'; readonly code: number }
  | { readonly kind: 'first-picture'; readonly afterMs: number }
  /** Each one that comes, the first included. */
  | { readonly kind: 'picture'; readonly state: GameState }
  | { readonly kind: 'missed-pictures'; readonly count: number }
  | { readonly kind: 'fault'; readonly fault: Exclude<StreamFault, { kind: 'disconnect' | 'terminate' }> }
  /** The host gave a reason. */
  | { readonly kind: 'ended-by-host'; readonly hostCode: number }
  /** `how` is what the log of the real one would call it. */
  | { readonly kind: 'lost'; readonly code: number; readonly how: 'silence' | 'disconnect' | 'verdict' };

export interface LinkTarget {
  readonly address: string;
  readonly port: number;
  /** `rikey` of the launch. */
  readonly keyHex: string;
  /** "1280x720x60". */
  readonly mode: string;
  /** Of all time limits: 1 as in the real one. */
  readonly timeScale: number;
}

/** How long a refused RTSP connection is tried again, and a control connection that nobody answers, as seen; milliseconds. */
const refusedAfterMs = 11_000;
const controlMuteAfterMs = 8_500;

/** Also for the first picture: after that, silence of the picture alone is never noticed. Milliseconds. */
const openLimitMs = 10_000;

/** Tells everything once; nothing after `close`, `not-opened`, `ended-by-host` or `lost`. */
export class MoonlightLink {
  readonly #target: LinkTarget;
  readonly #listen: (news: LinkNews) => void;
  readonly #control: Socket;
  readonly #opening: NodeJS.Timeout;
  #video: Socket | null = null;
  #pings: NodeJS.Timeout | undefined;
  #silence: SilenceWatch | null = null;
  #firstPicture: NodeJS.Timeout | undefined;
  #refused: NodeJS.Timeout | null = null;
  #losses: FrameLosses | null = null;
  #done = false;

  constructor(target: LinkTarget, listen: (news: LinkNews) => void) {
    this.#target = target;
    this.#listen = listen;
    this.#control = connect({ host: target.address, port: target.port, noDelay: true });
    this.#opening = this.#after(openLimitMs, { kind: 'not-opened', stage: 'rtsp', code: 110 });
    this.#control.once('connect', () => {
      this.#control.write(writeLine({ open: 'control', proof: proofOf(target.keyHex), mode: target.mode }));
    });
    const cut = lineCutter();
    this.#control.on('data', (bytes: Buffer) => {
      for (const line of cut(bytes)) {
        const message = readMessage(fromHostSchema, line);
        if (message !== null && !this.#done) this.#hear(message);
      }
    });
    this.#control.on('error', (error: NodeJS.ErrnoException) => this.#broken(error.code === 'ECONNREFUSED' ? 111 : -1));
    this.#control.once('close', () => this.#broken(-1));
  }

  /** Leaves on purpose: the host hears it. */
  close(): void {
    if (this.#done) return;
    if (this.#silence !== null && !this.#control.destroyed) this.#control.end(writeLine({ say: 'bye' }));
    this.#finish();
  }

  /** A control connection that breaks after its opening says nothing: datagrams would only stop coming. */
  #broken(code: number): void {
    if (this.#silence !== null || this.#refused !== null) return;
    // Tried again for a while, as the real one does.
    clearTimeout(this.#opening);
    this.#refused = this.#after(code === 111 ? refusedAfterMs : 0, { kind: 'not-opened', stage: 'rtsp', code });
  }

  #hear(message: FromHost): void {
    switch (message.say) {
      case 'refused':
        this.#broken(message.code);
        return;
      case 'muted':
        clearTimeout(this.#opening);
        this.#refused = this.#after(controlMuteAfterMs, { kind: 'not-opened', stage: 'control', code: 11 });
        return;
      case 'opened':
        this.#open(message.stream);
        return;
      case 'pong':
        this.#silence?.heard();
        return;
      case 'end':
        this.#end({ kind: 'ended-by-host', hostCode: message.code });
        return;
      case 'fault':
        this.#suffer(message.fault);
    }
  }

  #suffer(fault: StreamFault): void {
    switch (fault.kind) {
      case 'disconnect':
        this.#end({ kind: 'lost', code: -1, how: 'disconnect' });
        return;
      case 'terminate':
        this.#end(fault.code === 0 ? { kind: 'ended-by-host', hostCode: 0x80030023 } : { kind: 'lost', code: fault.code, how: 'verdict' });
        return;
      default:
        this.#listen({ kind: 'fault', fault });
    }
  }

  #open(stream: string): void {
    clearTimeout(this.#opening);
    this.#silence = new SilenceWatch(controlLimitMs * this.#target.timeScale, () => this.#end({ kind: 'lost', code: -1, how: 'silence' }));
    let count = 0;
    this.#pings = setInterval(() => {
      if (!this.#control.destroyed) this.#control.write(writeLine({ say: 'ping', count: ++count }));
    }, pingEveryMs);
    this.#listen({ kind: 'opened' });
    this.#watch(stream);
  }

  #watch(stream: string): void {
    const startedMs = performance.now();
    this.#firstPicture = this.#after(openLimitMs, { kind: 'lost', code: -100, how: 'verdict' });
    const losses = new FrameLosses(this.#target.timeScale, (kind) => this.#listen({ kind: 'fault', fault: { kind } }));
    this.#losses = losses;
    const video = connect({ host: this.#target.address, port: this.#target.port, noDelay: true });
    this.#video = video;
    video.once('connect', () => video.write(writeLine({ open: 'video', stream })));
    // A picture that stops is never noticed, so neither is a connection that ends.
    video.on('error', () => video.destroy());
    let rest: Uint8Array = new Uint8Array();
    let newest: number | null = null;
    video.on('data', (bytes: Buffer) => {
      const decoded = decodeMessages(joinBytes(rest, bytes));
      rest = decoded.kind === 'read' ? decoded.rest : new Uint8Array();
      for (const message of decoded.messages) {
        if (message.kind !== 'frame' || this.#done) continue;
        if (newest === null) {
          clearTimeout(this.#firstPicture);
          this.#listen({ kind: 'first-picture', afterMs: Math.round(performance.now() - startedMs) });
        } else if (message.sequence > newest + 1) this.#listen({ kind: 'missed-pictures', count: message.sequence - newest - 1 });
        losses.count(newest === null ? 0 : message.sequence - newest - 1);
        newest = message.sequence;
        this.#listen({ kind: 'picture', state: message });
      }
    });
  }

  #after(limitMs: number, news: LinkNews): NodeJS.Timeout {
    return setTimeout(() => this.#end(news), limitMs * this.#target.timeScale);
  }

  #end(news: LinkNews): void {
    if (this.#done) return;
    this.#finish();
    this.#control.destroy();
    this.#listen(news);
  }

  #finish(): void {
    this.#done = true;
    clearTimeout(this.#opening);
    clearTimeout(this.#firstPicture);
    clearInterval(this.#pings);
    if (this.#refused !== null) clearTimeout(this.#refused);
    this.#losses?.stop();
    this.#silence?.stop();
    this.#video?.destroy();
  }
}
