// Reads the lines of the GameStream client library (moonlight-common-c), which both Moonlights print; they are never translated.
import { wordsForStage } from '../../common/termination-words';
import type { ClientEnd } from '../../common/session';
import type { ClientEvent } from '../../domain/session/stream-client';

/** What the library prints at the start of a stage, and the stage's name there (LiGetStageName). */
const stageLines: Readonly<Record<string, string>> = {
  'Initializing platform': 'platform initialization',
  'Resolving host name': 'name resolution',
  'Initializing audio stream': 'audio stream initialization',
  'Starting RTSP handshake': 'RTSP handshake',
  'Initializing control stream': 'control stream initialization',
  'Initializing video stream': 'video stream initialization',
  'Initializing input stream': 'input stream initialization',
  'Starting control stream': 'control stream establishment',
  'Starting video stream': 'video stream establishment',
  'Starting audio stream': 'audio stream establishment',
  'Starting input stream': 'input stream establishment',
};
const stageLine = new RegExp(`^(${Object.keys(stageLines).join('|')})\\.\\.\\.(.*)$`);

/** "done" and "failed" follow a stage on its own line in Moonlight Embedded, on the next one in Moonlight. */
const stageFailed = /^(?:Failed to establish ENet connection.*\s)?failed: (-?\d+)$/;
const rtspFailed = /^RTSP (?:OPTIONS|DESCRIBE|SETUP|ANNOUNCE|PLAY)\b.*failed: (-?\d+)$/;
const streamStartFailed = /^(Video|Audio|Input) stream start failed: (-?\d+)$/;

/** Why the library ends by itself, where it is told before the verdict: the code that the verdict will have. */
const causes: readonly (readonly [line: RegExp, code: number | 'told'])[] = [
  [/^Terminating connection due to lack of video traffic/, -100],
  [/^Terminating connection due to lack of a successful/, -101],
  [/^(?:Control stream received unexpected disconnect event|ENet disconnect event pending|Disconnect event timeout expired)/, -1],
  [/^(?:.*: )?Transaction failed: (\d+)$/, 'told'],
  [/^(?:Control stream connection|recvUdpSocket\(\)) failed: (\d+)$/, 'told'],
];

const lateLine = /^Control message took over 10 ms.*latency: (\d+) ms.*loss: ([\d.]+)%/;

export class MoonlightCoreReader {
  #stage: string | null = null;
  #streaming = false;
  #closing = false;
  #verdict: number | null = null;
  #cause: number | null = null;
  #stageEnd: ClientEnd | null = null;
  /** Frames already told as lost, which "Network dropped" will count once more. */
  #unrepaired = 0;
  #waiting = false;

  get streaming(): boolean {
    return this.#streaming;
  }

  /** The library began to take the stream down, whoever wanted it. */
  get closing(): boolean {
    return this.#closing;
  }

  get decided(): boolean {
    return this.#verdict !== null || this.#stageEnd !== null;
  }

  /** What the library says of the end; null: it did not end by itself. */
  end(): ClientEnd | null {
    if (this.#verdict === null && this.#stageEnd) return this.#stageEnd;
    const code = this.#verdict ?? this.#cause;
    if (code === null) return null;
    return code === 0 ? { kind: 'host-ended' } : { kind: 'terminated', code };
  }

  /** The client has told the library's verdict in its own words. */
  terminated(code: number): readonly ClientEvent[] {
    if (this.decided) return [];
    this.#verdict = code;
    return [{ kind: 'terminated', code }];
  }

  line(text: string): readonly ClientEvent[] {
    if (this.decided) return [];
    const [, opening, rest] = stageLine.exec(text) ?? [];
    if (opening === undefined) return this.#read(text);
    this.#stage = stageLines[opening] ?? opening;
    const begun: ClientEvent[] = this.#streaming ? [] : [{ kind: 'stage', stage: wordsForStage(this.#stage) }];
    return rest === undefined || rest === '' ? begun : [...begun, ...this.#read(rest)];
  }

  #read(text: string): readonly ClientEvent[] {
    if (text === 'done') {
      this.#stage = null;
      return [];
    }
    if (/^(?:Stopping \w+ stream|Cleaning up \w+)/.test(text)) this.#closing = true;
    // Taking sockets down makes them fail; that is no news.
    if (this.#closing) return [];
    const failed = this.#readStageFailure(text);
    if (failed) return [{ kind: 'given-up', end: failed }];
    if (!this.#streaming && /^Received first video packet after \d+ ms/.test(text)) {
      this.#streaming = true;
      return [{ kind: 'streaming' }];
    }
    this.#readCause(text);
    return this.#sign(text);
  }

  #readStageFailure(text: string): ClientEnd | null {
    const [, part, startCode] = streamStartFailed.exec(text) ?? [];
    const stage = part === undefined ? this.#stage : `${part.toLowerCase()} stream establishment`;
    const code = startCode ?? rtspFailed.exec(text)?.[1] ?? stageFailed.exec(text)?.[1];
    if (stage === null || code === undefined) return null;
    this.#stageEnd = { kind: 'stage-failed', stage, code: Number(code) };
    return this.#stageEnd;
  }

  #readCause(text: string): void {
    // The host's "the app has ended" (0x80030023); the verdict tells whether there was a picture before.
    if (/^Server notified termination reason: 0x80030023/i.test(text)) this.#cause = 0;
    for (const [line, code] of causes) {
      const found = line.exec(text);
      if (found) this.#cause ??= code === 'told' ? Number(found[1]) : code;
    }
  }

  #sign(text: string): readonly ClientEvent[] {
    const wasWaiting = this.#waiting;
    this.#waiting = false;
    if (/^(?:Waiting for IDR frame|IDR frame request sent|Reached consecutive drop limit)/.test(text)) {
      this.#waiting = true;
      return wasWaiting ? [] : [{ kind: 'waiting-for-idr' }];
    }
    if (text.startsWith('Unrecoverable frame ')) {
      this.#unrepaired += 1;
      return [{ kind: 'lost-frames', frames: 1 }];
    }
    const dropped = /^Network dropped (?:(\d+) frames?|an entire frame)/.exec(text);
    if (dropped) {
      const frames = Number(dropped[1] ?? 1) - this.#unrepaired;
      this.#unrepaired = 0;
      return frames > 0 ? [{ kind: 'lost-frames', frames }] : [];
    }
    if (/^Leaving (?:speculative RFI|fast audio recovery) mode/.test(text)) return [{ kind: 'reordering' }];
    if (/^Unable to recover audio data block/.test(text)) return [{ kind: 'lost-audio' }];
    if (/^(?:Audio packet|Video decode unit) queue overflow/.test(text)) return [{ kind: 'too-slow' }];
    const [, rttMs, loss] = lateLine.exec(text) ?? [];
    if (rttMs === undefined || loss === undefined) return [];
    // Printed with a per cent sign, but it is the ratio itself: ENet's loss divided by its scale.
    return [{ kind: 'back-pressure', rttMs: Number(rttMs), lossRatio: Math.min(1, Number(loss)) }];
  }
}
