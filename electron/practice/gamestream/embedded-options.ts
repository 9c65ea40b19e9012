// The command line of moonlight-embedded 2.7 as the practice Moonlight understands it.

export interface EmbeddedCommand {
  readonly action: string;
  readonly host: string | null;
  readonly port: number;
  readonly app: string;
  readonly widthPx: number;
  readonly heightPx: number;
  readonly fps: number;
  /** Null: the usual place. */
  readonly keyDirectory: string | null;
  readonly pin: string | null;
  readonly quitAfter: boolean;
  readonly hdr: boolean;
  /** `x11` holds on to an X server; everything else shows nothing. */
  readonly platform: string;
}

const sizes: Readonly<Record<string, readonly [number, number]>> = { '720': [1280, 720], '1080': [1920, 1080], '4k': [3840, 2160] };
const flags = ['hdr', 'nosops', 'localaudio', 'nounsupported', 'quitappafter', 'viewonly', 'nomouseemulation', 'windowed', 'verbose', 'debug'];
const valued = [
  ...['width', 'height', 'fps', 'bitrate', 'packetsize', 'codec', 'remote', 'app', 'surround', 'keydir', 'mapping'],
  ...['input', 'audio', 'platform', 'rotate', 'pin', 'port', 'config', 'save'],
];

/** @returns null for an option that doesn't exist or lacks its value */
export function readEmbeddedArguments(args: readonly string[]): EmbeddedCommand | null {
  const given = new Map<string, string>();
  const rest: string[] = [];
  let size: readonly [number, number] = [1280, 720];
  for (let at = 0; at < args.length; at++) {
    const arg = args[at] ?? '';
    const name = /^--?([a-z0-9]+)$/.exec(arg)?.[1];
    if (name === undefined) rest.push(arg);
    else if (name in sizes) size = sizes[name] ?? size;
    else if (flags.includes(name)) given.set(name, 'yes');
    else if (valued.includes(name)) {
      const value = args[++at];
      if (value === undefined) return null;
      given.set(name, value);
    } else return null;
  }
  const number = (name: string, otherwise: number): number => Number(given.get(name) ?? otherwise);
  const pin = given.get('pin') ?? null;
  return {
    action: rest[0] ?? 'help',
    host: rest[1] ?? null,
    port: number('port', 47_989),
    app: given.get('app') ?? 'Steam',
    widthPx: number('width', size[0]),
    heightPx: number('height', size[1]),
    fps: number('fps', 60),
    keyDirectory: given.get('keydir') ?? null,
    pin: pin === '0000' ? null : pin,
    quitAfter: given.has('quitappafter'),
    hdr: given.has('hdr'),
    platform: given.get('platform') ?? 'auto',
  };
}
