// What is a stall, what is none, and which is which: series of looks, made up.
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { Protocol } from '../../../../electron/common/entry';
import { StallJudge, type StallVerdict } from '../../../../electron/domain/session/stall-decision';
import type { StallLook } from '../../../../electron/domain/session/stall-evidence';

/** What a look shows besides the passing of time; each is the healthy one when absent. */
interface Weather {
  /** Nothing comes back from echo. */
  readonly echoLost?: boolean;
  readonly echoUsable?: boolean;
  /** Milliseconds until the host answers echo. */
  readonly rttMs?: number;
  /** Share of the usual bytes that arrive. */
  readonly bytes?: number;
  readonly retransmits?: number;
  readonly sends?: boolean;
  /** Share of the usual work the client does. */
  readonly work?: number;
  readonly pictures?: number;
  readonly state?: 'alive' | 'stopped' | 'blocked';
  readonly unreadBytes?: number;
  /** Milliseconds the client waited for a processor in each look. */
  readonly waitMs?: number;
  readonly loopDelayMs?: number;
  readonly cpuPressure?: number;
  /** How the service would take a question. */
  readonly service?: 'answers' | 'mute' | 'unreachable';
  readonly idrWaits?: number;
  /** Milliseconds since the look before. */
  readonly afterMs?: number;
}

interface Kind {
  readonly protocol: Protocol;
  /** Bytes a second; 0 for a desktop that stands still. */
  readonly bytesPerS: number;
  readonly hasPictureThread: boolean;
  readonly hasTcp: boolean;
}

const moonlight: Kind = { protocol: 'gamestream', bytesPerS: 1_000_000, hasPictureThread: true, hasTcp: false };
const practice: Kind = { protocol: 'gamestream', bytesPerS: 20_000, hasPictureThread: false, hasTcp: true };
const movingVnc: Kind = { protocol: 'vnc', bytesPerS: 50_000, hasPictureThread: false, hasTcp: true };
const idleVnc: Kind = { protocol: 'vnc', bytesPerS: 0, hasPictureThread: false, hasTcp: true };
const movingRdp: Kind = { ...movingVnc, protocol: 'rdp' };
const idleRdp: Kind = { ...idleVnc, protocol: 'rdp' };
const allKinds = [moonlight, practice, movingVnc, idleVnc, movingRdp, idleRdp];

/** A stream that is looked at five times a second. */
class Stream {
  verdict: StallVerdict = { kind: 'flows', stall: null, wantsAsk: 'none' };
  tMs = 1_000;
  private readonly judge: StallJudge;
  private bytes = 0;
  private cpuMs = 0;
  private waitMs = 0;
  private runs = 0;
  private pictureRuns = 0;
  private sent = 0;
  private echoAnsweredMs = 1_000;
  private receivedMs = 1_000;
  private ask: { readonly sinceMs: number; readonly service: Weather['service'] } | null = null;

  constructor(private readonly kind: Kind) {
    this.judge = new StallJudge(kind.protocol);
    this.pass(12_000);
  }

  /** @returns milliseconds until it was declared stalled; null: never */
  pass(forMs: number, weather: Weather | (() => Weather) = {}): number | null {
    const fromMs = this.tMs;
    const wasStalled = this.verdict.stall !== null;
    let declaredMs: number | null = null;
    while (this.tMs < fromMs + forMs) {
      this.step(typeof weather === 'function' ? weather() : weather);
      if (this.verdict.stall && !wasStalled) declaredMs ??= this.tMs - fromMs;
    }
    return declaredMs;
  }

  get evidence(): string {
    return this.verdict.stall?.evidence.join('\n') ?? '';
  }

  private step(weather: Weather): void {
    const sinceMs = weather.afterMs ?? 200;
    this.tMs += sinceMs;
    const share = sinceMs / 1_000;
    const arrives = this.kind.bytesPerS * share * (weather.bytes ?? 1);
    this.bytes += arrives;
    if (arrives > 0) this.receivedMs = this.tMs;
    const works = this.kind.bytesPerS > 0 ? (weather.work ?? 1) : 0;
    this.cpuMs += 100 * share * works;
    this.runs += works > 0 ? 10 : 0;
    this.waitMs += weather.waitMs ?? 0;
    this.pictureRuns += 60 * share * (weather.pictures ?? 1);
    if (weather.sends) this.sent += 1;
    if (!weather.echoLost) this.echoAnsweredMs = this.tMs - Math.min(150, sinceMs) - (weather.rttMs ?? 0);
    this.verdict = this.judge.look(this.look(weather));
    // A question that gets nowhere is taken back as soon as nobody wants it.
    const { wantsAsk } = this.verdict;
    if (wantsAsk === 'none' && this.ask?.service === 'unreachable') this.ask = null;
    const isOver = this.ask?.service === 'answers' && this.tMs - this.ask.sinceMs > (wantsAsk === 'at-once' ? 1_000 : 5_000);
    if (wantsAsk !== 'none' && (!this.ask || isOver)) this.ask = { sinceMs: this.tMs, service: weather.service ?? 'answers' };
  }

  private look(weather: Weather): StallLook {
    const { kind, tMs } = this;
    const sockets = {
      silentMs: tMs - this.receivedMs,
      lastReceivedMs: tMs - this.receivedMs,
      unackedBytes: weather.retransmits ? 100 : 0,
      retransmits: weather.retransmits ?? 0,
      unreadBytes: weather.unreadBytes ?? 0,
      sentSegments: this.sent,
      rttMs: 0.5,
    };
    return {
      tMs,
      own: { loopDelayMs: weather.loopDelayMs ?? 2, cpuPressure: weather.cpuPressure ?? 0.1 },
      probes: [{ probe: 'icmp', intervalMs: 200, silentMs: tMs - this.echoAnsweredMs, usable: weather.echoUsable ?? true, usualMs: 1 }],
      others: { answering: 0, watched: 0 },
      client: {
        state: weather.state ?? 'alive',
        cpuMs: this.cpuMs,
        waitMs: this.waitMs,
        runs: this.runs,
        pictures: kind.hasPictureThread ? { runs: this.pictureRuns, waitMs: this.waitMs } : null,
        waitsIn: weather.state === 'blocked' ? 'nfs_wait_bit_killable' : null,
      },
      sockets: kind.hasTcp ? sockets : null,
      received: [
        kind.hasTcp
          ? { key: 'socket 1', scope: 'socket', total: this.bytes, tMs, silentMs: tMs - this.receivedMs }
          : { key: 'link', scope: 'link', total: this.bytes, tMs, silentMs: null },
      ],
      ask: this.asked(),
      idrWaits: weather.idrWaits ?? 0,
    };
  }

  private asked(): StallLook['ask'] {
    if (!this.ask) return { kind: 'none' };
    const ms = this.tMs - this.ask.sinceMs;
    switch (this.ask.service) {
      case 'mute':
        return { kind: 'mute', forMs: ms };
      case 'unreachable':
        return { kind: 'connecting', forMs: ms };
      default:
        return ms < 5_000 ? { kind: 'answered', agoMs: ms } : { kind: 'none' };
    }
  }
}

const cut: Weather = { echoLost: true, bytes: 0, work: 0.05, pictures: 0, service: 'unreachable' };
const named = (kind: Kind): string => `${kind.protocol}${kind.bytesPerS === 0 ? ', a still picture' : ''}${kind.hasTcp ? '' : ', UDP'}`;

describe.each(allKinds.map((kind) => [named(kind), kind] as const))('%s', (_, kind) => {
  it('flows for an hour', () => {
    expect(new Stream(kind).pass(3_600_000)).toBeNull();
  });

  it('the network ends: declared within a second, and over when all is back', () => {
    const stream = new Stream(kind);
    expect(stream.pass(5_000, cut)).toBeLessThanOrEqual(1_000);
    expect(stream.verdict.stall?.kind).toBe('network');
    expect(stream.evidence).toMatch(/answered no echo for \d\.\d s/);
    stream.pass(400);
    expect(stream.verdict.kind).toBe('stalled');
    stream.pass(1_200);
    expect(stream.verdict.kind).toBe('flows');
  });

  it('echo alone goes silent: nothing is concluded while the rest is well', () => {
    expect(new Stream(kind).pass(30_000, { echoLost: true })).toBeNull();
  });

  it('the client is stopped: declared within a second', () => {
    const stream = new Stream(kind);
    expect(stream.pass(3_000, { state: 'stopped', work: 0, pictures: 0 })).toBeLessThanOrEqual(1_000);
    expect(stream.verdict.stall?.kind).toBe('client');
    expect(stream.evidence).toContain('state T');
    stream.pass(1_500);
    expect(stream.verdict.kind).toBe('flows');
  });

  it('the client hangs in the kernel: a moment is none, two seconds are a stall', () => {
    const stream = new Stream(kind);
    expect(stream.pass(1_600, { state: 'blocked', work: 0, pictures: 0 })).toBeNull();
    stream.pass(5_000);
    expect(stream.pass(4_000, { state: 'blocked', work: 0, pictures: 0 })).toBeLessThanOrEqual(3_000);
    expect(stream.evidence).toContain('in nfs_wait_bit_killable');
  });

  it('a client at rest is blocked for the moment of each look: no stall', () => {
    const stream = new Stream({ ...kind, bytesPerS: 0, hasTcp: true });
    stream.pass(20_000);
    expect(stream.pass(1_000, { state: 'blocked', service: 'answers' })).toBeNull();
  });

  it('bytes wait and the client does not run: it hangs', () => {
    const stream = new Stream({ ...kind, hasTcp: true });
    expect(stream.pass(4_000, { unreadBytes: 9_000, work: 0, pictures: 0 })).toBeLessThanOrEqual(3_000);
    expect(stream.verdict.stall?.kind).toBe('client');
  });

  it('our own loop stands: the same silence says nothing', () => {
    const blind: Weather = { ...cut, loopDelayMs: 900, afterMs: 1_100 };
    expect(new Stream(kind).pass(20_000, blind)).toBeNull();
  });
});

describe('a frozen picture', () => {
  it.each([
    ['Moonlight', moonlight],
    ['a client of TCP', practice],
  ])('%s: declared within three seconds while echo is fine', (_, kind) => {
    const stream = new Stream(kind);
    const declaredMs = stream.pass(5_000, { bytes: 0.02, work: 0.05, pictures: 0 });
    expect(declaredMs).toBeGreaterThan(1_000);
    expect(declaredMs).toBeLessThanOrEqual(3_000);
    expect(stream.verdict.stall?.kind).toBe('picture');
    stream.pass(1_500);
    expect(stream.verdict.kind).toBe('flows');
  });

  it('Moonlight shows a still picture: little comes, and the picture thread goes on', () => {
    expect(new Stream(moonlight).pass(600_000, { bytes: 0.02, work: 0.2, pictures: 0.5 })).toBeNull();
  });

  it('a client that waits for a processor looks at rest and is not', () => {
    expect(new Stream(moonlight).pass(20_000, { bytes: 0.2, work: 0.05, pictures: 0, waitMs: 180, cpuPressure: 1 })).toBeNull();
  });

  it('Moonlight asks for a whole picture again and again, and shows nothing', () => {
    const stream = new Stream(moonlight);
    expect(stream.pass(5_000, { idrWaits: 1, pictures: 0 })).toBeLessThanOrEqual(3_000);
    expect(stream.evidence).toContain('waits for a whole picture');
    expect(new Stream(moonlight).pass(20_000, { idrWaits: 1 })).toBeNull();
  });

  it.each([
    ['VNC', movingVnc],
    ['RDP', movingRdp],
  ])('%s: nothing comes and the service says nothing', (_, kind) => {
    const stream = new Stream(kind);
    expect(stream.pass(5_000, { bytes: 0, work: 0, service: 'mute' })).toBeLessThanOrEqual(3_000);
    expect(stream.verdict.stall?.kind).toBe('picture');
    expect(stream.evidence).toContain('its service has said nothing');
  });

  it.each([
    ['VNC', movingVnc],
    ['RDP', movingRdp],
  ])('%s: the desktop comes to rest, and its service answers', (_, kind) => {
    expect(new Stream(kind).pass(600_000, { bytes: 0, work: 0 })).toBeNull();
  });

  it.each([
    ['VNC', idleVnc],
    ['RDP', idleRdp],
  ])('%s: what the user does on a still picture is never answered', (_, kind) => {
    const stream = new Stream(kind);
    expect(stream.pass(30_000, { sends: true, service: 'mute' })).toBeLessThanOrEqual(9_000);
    expect(stream.verdict.stall?.kind).toBe('picture');
    expect(new Stream(kind).pass(60_000, { sends: true, service: 'answers' })).toBeNull();
  });

  it('a push of the mouse that changes nothing is soon forgotten', () => {
    const stream = new Stream(idleVnc);
    stream.pass(2_000, { sends: true });
    expect(stream.verdict.kind).toBe('suspicious');
    stream.pass(4_000);
    expect(stream.verdict.kind).toBe('flows');
  });

  it('RDP: nobody does anything, and the service says nothing when asked', () => {
    expect(new Stream(idleRdp).pass(30_000, { service: 'mute' })).toBeLessThanOrEqual(9_000);
  });

  it('a game by TCP: its connection falls silent, its client goes on, echo is fine', () => {
    const stream = new Stream(practice);
    expect(stream.pass(5_000, { bytes: 0 })).toBeLessThanOrEqual(3_000);
    expect(stream.evidence).toContain('answers echo as ever');
  });

  it('retransmissions without an end, while echo is answered', () => {
    const stream = new Stream(movingRdp);
    expect(stream.pass(5_000, { bytes: 0, work: 0, retransmits: 4 })).toBeLessThanOrEqual(3_000);
    expect(stream.verdict.stall?.kind).toBe('picture');
  });
});

describe('without echo', () => {
  it('a host that never answers it is judged by a new connection and the stream', () => {
    const stream = new Stream(movingRdp);
    stream.pass(70_000, { echoLost: true, echoUsable: false });
    expect(stream.pass(5_000, { ...cut, echoUsable: false })).toBeLessThanOrEqual(2_000);
    expect(stream.verdict.stall?.kind).toBe('network');
  });
});

describe('always', () => {
  const kinds = fc.constantFrom(...allKinds);

  it('healthy jitter never stalls: single losses, slow answers, uneven rates, late loops', () => {
    const weather = fc.record({
      echoLost: fc.integer({ min: 0, max: 9 }).map((chance) => chance === 0),
      rttMs: fc.integer({ min: 0, max: 120 }),
      bytes: fc.double({ min: 0.3, max: 3, noNaN: true }),
      work: fc.double({ min: 0.3, max: 3, noNaN: true }),
      pictures: fc.double({ min: 0.3, max: 3, noNaN: true }),
      retransmits: fc.integer({ min: 0, max: 1 }),
      loopDelayMs: fc.integer({ min: 0, max: 200 }),
      cpuPressure: fc.double({ min: 0, max: 1, noNaN: true }),
      afterMs: fc.integer({ min: 190, max: 300 }),
    });
    fc.assert(
      fc.property(kinds, fc.array(weather, { minLength: 50, maxLength: 150 }), (kind, series) => {
        const stream = new Stream(kind);
        for (const [index, one] of series.entries()) {
          // Two lost in a row are weather too, three are not jitter any more.
          const calm = index % 3 === 2 ? { ...one, echoLost: false } : one;
          expect(stream.pass(1, calm)).toBeNull();
        }
      }),
      { numRuns: 60 },
    );
  });

  it('one side alone never makes a stall', () => {
    const alone: Weather[] = [
      { echoLost: true },
      { bytes: 0 },
      { work: 0.05, pictures: 0 },
      { retransmits: 2 },
      { idrWaits: 3 },
      { sends: true },
    ];
    fc.assert(
      fc.property(kinds, fc.constantFrom(...alone), fc.integer({ min: 1, max: 60 }), (kind, weather, seconds) => {
        // A game's own connection never rests: its silence is believed when echo says that the network is fine.
        fc.pre(kind !== practice || weather.bytes !== 0);
        expect(new Stream(kind).pass(seconds * 1_000, weather)).toBeNull();
      }),
      { numRuns: 80 },
    );
  });

  it('each stall has evidence of two sides, in sentences with figures', () => {
    const weather = fc.record({
      echoLost: fc.boolean(),
      bytes: fc.constantFrom(0, 0.05, 1),
      work: fc.constantFrom(0, 0.05, 1),
      pictures: fc.constantFrom(0, 1),
      retransmits: fc.constantFrom(0, 1, 5),
      service: fc.constantFrom('answers', 'mute', 'unreachable'),
      state: fc.constantFrom('alive', 'alive', 'stopped', 'blocked'),
      idrWaits: fc.constantFrom(0, 2),
    });
    fc.assert(
      fc.property(kinds, weather, (kind, one) => {
        const stream = new Stream(kind);
        stream.pass(6_000, one);
        const evidence = stream.verdict.stall?.evidence;
        if (!evidence) return;
        expect(evidence.length).toBeGreaterThanOrEqual(2);
        for (const text of evidence) expect(text).toMatch(/^[A-Z0-9].*\d/);
      }),
      { numRuns: 150 },
    );
  });
});
