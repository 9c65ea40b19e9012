// How the two Moonlights word the same happenings: moonlight-qt on stderr with time and source, moonlight-embedded on stdout.

export interface MoonlightVoice {
  /** A line of the streaming core, which both print. */
  core(text: string): void;
  /** A stage: both parts on one line for the embedded one, on two for the other. `words` come between, with a line end. */
  stage(name: string, outcome?: 'done' | number, words?: string): void;
  /** 0 okay, 1 poor. */
  status(status: 0 | 1): void;
  verdict(code: number): void;
  /** The loop around the stream is left, for whatever reason. */
  loopLeft(): void;
  /** Everything is out; nothing is held back any more. */
  flush(): void;
}

/** `HH:MM:SS - <source>: text`, the time counted from the start. */
export class QtVoice implements MoonlightVoice {
  readonly #startedMs = performance.now();
  readonly #write: (text: string) => void;

  constructor(write: (text: string) => void) {
    this.#write = write;
  }

  qt(level: 'Info' | 'Warning' | 'Critical', text: string): void {
    this.#line(`Qt ${level}`, text);
  }

  sdl(level: 'Info' | 'Warn' | 'Error', text: string): void {
    this.#line(`SDL ${level} (0)`, text);
  }

  core(text: string): void {
    this.sdl('Info', text);
  }

  stage(name: string, outcome: 'done' | number = 'done', words?: string): void {
    this.core(`${name}...`);
    if (words !== undefined) this.core(words);
    this.core(outcome === 'done' ? 'done' : `failed: ${outcome}`);
  }

  status(status: 0 | 1): void {
    this.sdl('Info', `Connection status update: ${status}`);
  }

  verdict(code: number): void {
    this.sdl('Error', `Connection terminated: ${code}`);
  }

  loopLeft(): void {
    this.sdl('Info', 'Quit event received');
  }

  flush(): void {
    // stderr is never held back
  }

  #line(source: string, text: string): void {
    const seconds = Math.floor((performance.now() - this.#startedMs) / 1_000);
    const two = (value: number): string => String(value).padStart(2, '0');
    const time = `${two(Math.floor(seconds / 3_600))}:${two(Math.floor(seconds / 60) % 60)}:${two(seconds % 60)}`;
    this.#write(`${time} - ${source}: ${text}\n`);
  }
}

/** What C's stdio holds back when its output is no terminal. */
const blockBytes = 4_096;

/** Any other code, -104 among them, comes as a number. */
const embeddedVerdicts: Readonly<Record<number, string>> = {
  0: 'Connection has been terminated gracefully.',
  [-100]: "No video received from host. Check the host PC's firewall and port forwarding rules.",
  [-101]: "Your network connection isn't performing well. Reduce your video bitrate setting or try a faster connection.",
  [-102]: 'The connection was unexpectedly terminated by the host due to a video capture error. Make sure no DRM-protected content is playing on the host.',
  [-103]: 'The connection was terminated by the host due to DRM-protected content. Close any DRM-protected content on the host and try again.',
};

export class EmbeddedVoice implements MoonlightVoice {
  readonly #write: (text: string) => void;
  readonly #lineByLine: boolean;
  #held = '';

  /** @param lineByLine a terminal, or `stdbuf -oL` around the program */
  constructor(write: (text: string) => void, lineByLine: boolean) {
    this.#write = write;
    this.#lineByLine = lineByLine;
  }

  say(text: string): void {
    this.#put(`${text}\n`);
  }

  core(text: string): void {
    this.say(text);
  }

  stage(name: string, outcome: 'done' | number = 'done', words?: string): void {
    this.say(`${name}...${words === undefined ? '' : `${words}\n`}${outcome === 'done' ? 'done' : `failed: ${outcome}`}`);
  }

  status(status: 0 | 1): void {
    this.say(status === 0 ? 'Connection is okay' : 'Connection is poor');
  }

  verdict(code: number): void {
    this.say(embeddedVerdicts[code] ?? `Connection terminated with error: ${code}`);
  }

  loopLeft(): void {
    // this one has no such loop
  }

  flush(): void {
    if (this.#held !== '') this.#write(this.#held);
    this.#held = '';
  }

  #put(text: string): void {
    this.#held += text;
    if (this.#lineByLine || this.#held.length >= blockBytes) this.flush();
  }
}
