// One stream of the practice Moonlight, from the answered launch to the end of its core: both programs share it.
import { setTimeout as sleep } from 'node:timers/promises';
import { assertNever } from '../../common/result';
import { MoonlightLink, type LinkNews, type LinkTarget } from './moonlight-link';
import type { MoonlightVoice } from './moonlight-voice';
import type { MoonlightWindow } from './moonlight-window';

export type SessionEnd =
  /** A signal, or the user. */
  | { readonly kind: 'left' }
  | { readonly kind: 'not-started'; readonly code: number }
  /** 0: gracefully, by the host. */
  | { readonly kind: 'terminated'; readonly code: number };

/** "rtspenc://127.0.0.1:48010", as the host answers a launch. @returns null for anything else */
export function readSessionUrl(url: string): { address: string; port: number } | null {
  const [, bracketed, plain, port] = /^rtsp(?:enc)?:\/\/(?:\[([^\]]+)\]|([^:/]+)):(\d+)$/.exec(url) ?? [];
  const address = bracketed ?? plain;
  return address === undefined ? null : { address, port: Number(port) };
}

export interface SessionHooks {
  /** The decoder is set up for the stream that was agreed on. */
  readonly onVideo: () => void;
  readonly onFirstPicture: () => void;
}

export class MoonlightSession {
  readonly #voice: MoonlightVoice;
  readonly #target: LinkTarget;
  readonly #window: MoonlightWindow | null;
  #leave: (() => void) | null = null;

  /** @param window null: nothing is shown */
  constructor(voice: MoonlightVoice, target: LinkTarget, window: MoonlightWindow | null = null) {
    this.#voice = voice;
    this.#target = target;
    this.#window = window;
  }

  /** Ends the stream as the user does. Without effect before it runs and after its end. */
  leave(): void {
    this.#leave?.();
  }

  async run(hooks: SessionHooks): Promise<SessionEnd> {
    const voice = this.#voice;
    voice.core(`RTSP port: ${this.#target.port}`);
    for (const stage of ['Initializing platform', 'Resolving host name', 'Initializing audio stream']) voice.stage(stage);
    const end = await new Promise<SessionEnd>((resolve) => {
      const link = new MoonlightLink(this.#target, (news) => {
        const ended = this.#tell(news, hooks);
        if (news.kind === 'first-picture') this.#show(hooks);
        if (news.kind === 'picture') this.#window?.show(news.state);
        if (ended !== null) resolve(ended);
      });
      this.#leave = (): void => {
        link.close();
        resolve({ kind: 'left' });
      };
    });
    this.#leave = null;
    if (end.kind !== 'not-started') {
      this.#voice.loopLeft();
      await Promise.all([this.#tearDown(end), this.#window?.close()]);
    }
    return end;
  }

  #show(hooks: SessionHooks): void {
    hooks.onFirstPicture();
    // A window that can't be opened counts as one that was closed.
    this.#window?.open().catch(() => this.leave());
  }

  #tell(news: LinkNews, hooks: SessionHooks): SessionEnd | null {
    const voice = this.#voice;
    switch (news.kind) {
      case 'not-opened':
        if (news.stage === 'control') this.#tellMuteControl(news.code);
        else {
          voice.core(`RTSP OPTIONS request failed: ${news.code}`);
          voice.stage('Starting RTSP handshake', news.code);
        }
        return { kind: 'not-started', code: news.code };
      case 'opened':
        this.#tellHandshake();
        voice.stage('Starting control stream');
        hooks.onVideo();
        for (const stage of ['video', 'audio', 'input']) voice.stage(`Starting ${stage} stream`);
        return null;
      case 'first-picture':
        voice.core(`Received first video packet after ${news.afterMs} ms`);
        voice.core('Received first audio packet after 100 ms');
        return null;
      case 'picture':
        return null;
      case 'missed-pictures':
        voice.core(`Network dropped ${news.count} frames (${news.count})`);
        voice.core('Waiting for IDR frame');
        voice.core('IDR frame request sent');
        return null;
      case 'fault':
        this.#tellFault(news.fault.kind);
        return null;
      case 'ended-by-host':
        voice.core(`Server notified termination reason: 0x${news.hostCode.toString(16).padStart(8, '0')}`);
        voice.verdict(0);
        return { kind: 'terminated', code: 0 };
      case 'lost':
        if (news.code === -100) voice.core('Terminating connection due to lack of video traffic');
        if (news.code === -101) voice.core('Terminating connection due to lack of a successful video frame');
        if (news.how !== 'verdict') voice.core('Control stream received unexpected disconnect event');
        voice.verdict(news.code);
        return { kind: 'terminated', code: news.code };
      default:
        return assertNever(news);
    }
  }

  #tellHandshake(): void {
    this.#voice.stage('Starting RTSP handshake');
    for (const stage of ['control', 'video', 'input']) this.#voice.stage(`Initializing ${stage} stream`);
  }

  #tellMuteControl(code: number): void {
    this.#tellHandshake();
    // RTSP is 21 above the host's base port, control 10.
    const port = this.#target.port - 11;
    this.#voice.stage('Starting control stream', code, `Failed to establish ENet connection on UDP port ${port}: unexpected event 3 (error: ${code})`);
  }

  #tellFault(kind: 'poor' | 'okay' | 'lost-frames' | 'reordering'): void {
    switch (kind) {
      case 'poor':
        this.#voice.status(1);
        return;
      case 'okay':
        this.#voice.status(0);
        return;
      case 'lost-frames':
        this.#voice.core('Unrecoverable frame 118: 9+2=11 received < 12 needed');
        this.#voice.core('Network dropped 1 frames (1)');
        this.#voice.core('Waiting for IDR frame');
        this.#voice.core('IDR frame request sent');
        return;
      case 'reordering':
        this.#voice.core('Leaving speculative RFI mode after OOS video data at frame 118');
        return;
      default:
        assertNever(kind);
    }
  }

  async #tearDown(end: SessionEnd): Promise<void> {
    const voice = this.#voice;
    const lost = end.kind === 'terminated' && end.code !== 0;
    if (lost) {
      voice.core('Failed to send ENet control packet');
      voice.core('Loss Stats: Transaction failed: 11');
    }
    for (const stage of ['input', 'audio', 'video']) voice.stage(`Stopping ${stage} stream`);
    // The reader of the control stream is interrupted, which looks like a failure and is none.
    if (!lost) voice.core('Control stream connection failed: 4');
    voice.stage('Stopping control stream');
    await sleep(lost ? 450 : 350);
    voice.core(lost ? 'ENet peer is already disconnected' : 'ENet peer acknowledged disconnection');
    for (const stage of ['input stream', 'video stream', 'control stream', 'audio stream', 'platform']) voice.stage(`Cleaning up ${stage}`);
  }
}
