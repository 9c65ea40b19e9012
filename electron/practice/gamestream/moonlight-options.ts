// The command line of moonlight-qt 6.1 as the practice Moonlight understands it: actions, options, help texts, errors.

export type MoonlightCommand =
  | { readonly kind: 'print'; readonly text: string }
  /** On stderr, exit code 1. */
  | { readonly kind: 'wrong'; readonly text: string }
  | { readonly kind: 'window' }
  | { readonly kind: 'list'; readonly host: string; readonly csv: boolean }
  | { readonly kind: 'quit'; readonly host: string }
  | { readonly kind: 'pair'; readonly host: string; readonly pin: string | null }
  | ({ readonly kind: 'stream'; readonly host: string; readonly app: string } & StreamWishes);

export interface StreamWishes {
  readonly widthPx: number;
  readonly heightPx: number;
  readonly fps: number;
  readonly hdr: boolean;
  readonly optimize: boolean;
  readonly audioOnHost: boolean;
  readonly quitAfter: boolean;
  readonly videoCodec: string;
}

export const moonlightVersion = '6.1.0';

type Action = 'list' | 'pair' | 'quit' | 'stream';

const actionWords: Readonly<Record<Action, string>> = {
  list: 'List the apps of a host',
  pair: 'Pair with a host',
  quit: 'End the app that runs on a host',
  stream: 'Stream an app',
};

const sizes: Readonly<Record<string, readonly [number, number]>> = {
  '720': [1280, 720],
  '1080': [1920, 1080],
  '1440': [2560, 1440],
  '4K': [3840, 2160],
};

const values: Readonly<Record<string, string>> = {
  resolution: 'picture size as WIDTHxHEIGHT',
  fps: 'frames a second',
  bitrate: 'bitrate in kbps',
  'packet-size': 'video packet size',
};

const choices: Readonly<Record<string, readonly string[]>> = {
  'display-mode': ['borderless', 'fullscreen', 'windowed'],
  'audio-config': ['5.1-surround', '7.1-surround', 'stereo'],
  'capture-system-keys': ['always', 'fullscreen', 'never'],
  'video-codec': ['AV1', 'H.264', 'HEVC', 'auto'],
  'video-decoder': ['auto', 'hardware', 'software'],
};

const toggles: readonly string[] = [
  ...['vsync', 'multi-controller', 'quit-after', 'absolute-mouse', 'mouse-buttons-swap', 'touchscreen-trackpad'],
  ...['game-optimization', 'audio-on-host', 'frame-pacing', 'mute-on-focus-loss', 'background-gamepad'],
  ...['reverse-scroll-direction', 'swap-gamepad-buttons', 'keep-awake', 'performance-overlay', 'hdr', 'yuv444'],
];

interface OptionKinds {
  readonly flags: readonly string[];
  /** Options with a value, and what it is. */
  readonly values: Readonly<Record<string, string>>;
}

const optionsOf: Readonly<Record<Action, OptionKinds>> = {
  list: { flags: ['csv', 'verbose'], values: {} },
  pair: { flags: [], values: { pin: 'the PIN, 4 digits' } },
  quit: { flags: [], values: {} },
  stream: {
    flags: [...Object.keys(sizes), ...toggles.flatMap((name) => [name, `no-${name}`])],
    values: { ...values, ...Object.fromEntries(Object.entries(choices).map(([name, list]) => [name, list.join('/')])) },
  },
};

/** @param args after the program's name */
export function readMoonlightArguments(args: readonly string[]): MoonlightCommand {
  const action = args.map((arg) => arg.toLowerCase()).find(isAction) ?? null;
  const kinds = action === null ? { flags: [], values: {} } : optionsOf[action];
  const read = split(args, kinds);
  if (read.given.some(({ name }) => name === 'help' || name === 'h')) return { kind: 'print', text: helpText(action) };
  if (read.given.some(({ name }) => name === 'version' || name === 'v')) return { kind: 'print', text: `Moonlight ${moonlightVersion}` };
  const wrong = (why: string): MoonlightCommand => ({ kind: 'wrong', text: `${why}\n\n${helpText(action)}` });
  if (read.problem !== null) return wrong(read.problem);
  if (action === null) return read.rest.length === 0 ? { kind: 'window' } : wrong('Invalid action');
  const [, host, app] = read.rest;
  if (host === undefined) return wrong('Host not provided');
  const last = (name: string): string | null => read.given.filter((option) => option.name === name).at(-1)?.value ?? null;
  switch (action) {
    case 'list':
      return { kind: 'list', host, csv: last('csv') !== null };
    case 'quit':
      return { kind: 'quit', host };
    case 'pair': {
      const pin = last('pin');
      return pin !== null && !/^[0-9]{4}$/.test(pin) ? wrong('PIN must be exactly 4 digits') : { kind: 'pair', host, pin };
    }
    case 'stream': {
      if (app === undefined) return wrong('App not provided');
      const wishes = readWishes(read.given);
      return typeof wishes === 'string' ? wrong(wishes) : { kind: 'stream', host, app, ...wishes };
    }
  }
}

function isAction(word: string): word is Action {
  return word in actionWords;
}

interface GivenOption {
  readonly name: string;
  readonly value: string;
}

function split(args: readonly string[], kinds: OptionKinds): { given: GivenOption[]; rest: string[]; problem: string | null } {
  const given: GivenOption[] = [];
  const rest: string[] = [];
  const unknown: string[] = [];
  let problem: string | null = null;
  for (let at = 0; at < args.length; at++) {
    const arg = args[at] ?? '';
    const [, name, inline] = /^--?([A-Za-z0-9][^=]*)(?:=(.*))?$/s.exec(arg) ?? [];
    if (name === undefined) rest.push(arg);
    else if (['help', 'h', 'version', 'v'].includes(name) || kinds.flags.includes(name)) given.push({ name, value: 'yes' });
    else if (name in kinds.values) {
      const value = inline ?? args[++at];
      if (value === undefined) problem = `Missing value after '--${name}'.`;
      else given.push({ name, value });
    } else unknown.push(name);
  }
  if (unknown.length > 0) problem = `Unknown options: ${unknown.join(', ')}`;
  return { given, rest, problem };
}

/** @returns what is wrong, as text */
function readWishes(given: readonly GivenOption[]): StreamWishes | string {
  let [widthPx, heightPx] = [1280, 720];
  let fps = 60;
  let videoCodec = 'auto';
  const switched = new Map<string, boolean>([['game-optimization', true]]);
  for (const { name, value } of given) {
    const size = sizes[name] ?? (name === 'resolution' ? readSize(value) : undefined);
    if (name === 'resolution' && size === undefined) return `Invalid resolution format: ${value}`;
    if (size) [widthPx, heightPx] = size;
    if (['fps', 'bitrate', 'packet-size'].includes(name) && !/^-?[0-9]+$/.test(value)) return `Invalid ${name} value: ${value}`;
    if (name === 'fps') fps = Number(value);
    if (name === 'packet-size' && Number(value) < 1024) return 'Packet size must be greater than 1024 bytes';
    const list = choices[name];
    if (list && !list.some((choice) => choice.toLowerCase() === value.toLowerCase())) return `Invalid ${name} choice: ${value}`;
    if (name === 'video-codec') videoCodec = value.toLowerCase();
    switched.set(name.replace(/^no-/, ''), !name.startsWith('no-'));
  }
  const on = (name: string): boolean => switched.get(name) ?? false;
  const [hdr, optimize, audioOnHost, quitAfter] = ['hdr', 'game-optimization', 'audio-on-host', 'quit-after'].map(on);
  return {
    ...{ widthPx, heightPx, fps, videoCodec, hdr: hdr === true },
    ...{ optimize: optimize === true, audioOnHost: audioOnHost === true, quitAfter: quitAfter === true },
  };
}

function readSize(text: string): readonly [number, number] | undefined {
  const [, width, height] = /^([0-9]+)x([0-9]+)$/i.exec(text) ?? [];
  return width === undefined || height === undefined ? undefined : [Number(width), Number(height)];
}

function helpText(action: Action | null): string {
  const row = (left: string, right: string): string => `  ${left.padEnd(44)} ${right}`;
  const common = [row('-h, --help', 'Shows this help.'), row('-v, --version', 'Shows the version.')];
  if (action === null) {
    const actions = Object.entries(actionWords).map(([name, words]) => row(name, words));
    return ['Usage: moonlight [options] <action>', '', 'A practice Moonlight.', '', 'Available actions:', ...actions, '', 'Options:', ...common].join('\n');
  }
  const places = action === 'stream' ? '<host> "<app>"' : '<host>';
  const { flags, values: valued } = optionsOf[action];
  const options = [
    ...flags.map((name) => row(`--${name}`, '')),
    ...Object.entries(valued).map(([name, words]) => row(`--${name} <${name}>`, words)),
  ].map((text) => text.trimEnd());
  return [`Usage: moonlight [options] ${action} ${places}`, '', actionWords[action], '', 'Options:', ...common, ...options].join('\n');
}
