// Four small sounds, made as they are played: a tick that goes on, a press, a way back, and something that went wrong.

export type SoundName = 'move' | 'select' | 'back' | 'error';

interface Tone {
  readonly fromHz: number;
  readonly toHz: number;
  readonly startsMs: number;
  readonly lastsMs: number;
  /** Of the chosen volume. */
  readonly gain: number;
  readonly wave: OscillatorType;
}

/** Short, soft and low: a list that is run through makes eight of them a second. */
const sounds: Readonly<Record<SoundName, readonly Tone[]>> = {
  move: [{ fromHz: 520, toHz: 460, startsMs: 0, lastsMs: 42, gain: 0.35, wave: 'sine' }],
  select: [
    { fromHz: 540, toHz: 540, startsMs: 0, lastsMs: 70, gain: 0.5, wave: 'sine' },
    { fromHz: 810, toHz: 810, startsMs: 45, lastsMs: 110, gain: 0.45, wave: 'sine' },
  ],
  back: [
    { fromHz: 600, toHz: 600, startsMs: 0, lastsMs: 60, gain: 0.45, wave: 'sine' },
    { fromHz: 400, toHz: 400, startsMs: 40, lastsMs: 100, gain: 0.45, wave: 'sine' },
  ],
  error: [
    { fromHz: 220, toHz: 208, startsMs: 0, lastsMs: 130, gain: 0.7, wave: 'triangle' },
    { fromHz: 196, toHz: 180, startsMs: 150, lastsMs: 190, gain: 0.7, wave: 'triangle' },
  ],
};

/** An open context keeps the sound card and a thread busy even in silence. */
const idleMs = 2_000;
const attackS = 0.004;
/** An exponential ramp never reaches nothing. */
const silence = 0.0001;

export class SoundPlayer {
  #context: AudioContext | null = null;
  #idle = 0;

  /** @param volumePercent 0 to 100, as loud as it seems: its square is the amplitude */
  play(name: SoundName, volumePercent: number): void {
    this.#context ??= new AudioContext({ latencyHint: 'interactive' });
    const context = this.#context;
    void context.resume();
    const loudness = (volumePercent / 100) ** 2;
    for (const tone of sounds[name]) playTone(context, tone, loudness);
    clearTimeout(this.#idle);
    this.#idle = window.setTimeout(() => void context.suspend(), idleMs);
  }

  dispose(): void {
    clearTimeout(this.#idle);
    void this.#context?.close();
    this.#context = null;
  }
}

function playTone(context: AudioContext, tone: Tone, loudness: number): void {
  const from = context.currentTime + tone.startsMs / 1_000;
  const to = from + tone.lastsMs / 1_000;
  const oscillator = new OscillatorNode(context, { type: tone.wave, frequency: tone.fromHz });
  const envelope = new GainNode(context, { gain: 0 });
  oscillator.frequency.linearRampToValueAtTime(tone.toHz, to);
  envelope.gain.setValueAtTime(silence, from);
  envelope.gain.exponentialRampToValueAtTime(Math.max(silence, tone.gain * loudness), from + attackS);
  envelope.gain.exponentialRampToValueAtTime(silence, to);
  oscillator.connect(envelope).connect(context.destination);
  oscillator.start(from);
  oscillator.stop(to);
}
