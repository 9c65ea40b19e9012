// All words of the page with an entry's stream settings.
import type { ProfileKey, ProfileLevel, StreamBudgetView } from '../../../electron/common/profile';

interface SettingWords {
  readonly label: string;
  /** One plain sentence on what it does. */
  readonly does: string;
}

export const texts = {
  title: 'Stream settings',
  atHost: ' on ',
  nextStart: 'The stream that runs now keeps what it began with.',
  launch: 'Launch',
  openSession: 'Open session',
  unknownTitle: 'This entry is not in the library any more',
  library: 'Back to the library',
  again: 'Try again',
  reading: 'Asking Athena how this stream is set.',

  levels: 'Where a change is kept',
  levelNames: { global: 'All of Athena', host: 'This host', entry: 'This entry', network: 'This network' },
  levelNotes: {
    global: (count: string) => count,
    host: (count: string, name: string) => `${name}, ${count}`,
    entry: (count: string) => count,
    network: (count: string, name: string) => `${name}, ${count}`,
  },
  /** What a change at the level means; the name stands between the two parts. */
  levelLeads: {
    global: ['A change here holds for every stream', ', unless a host, an entry or a network says otherwise.'],
    host: ['A change here holds for every stream from ', ', unless an entry or a network says otherwise.'],
    entry: ['A change here holds for ', ' only, unless the network says otherwise.'],
    network: ['A change here holds for every stream while this computer is in the network ', ', and wins over all the others.'],
  },
  setCount: (count: number) => (count === 0 ? 'none set' : `${count} set`),
  noNetwork: 'Not recognised',
  noNetworkWhy: 'Athena does not recognise the network this computer is in, so nothing can be kept for it. It needs a router whose hardware address it can see.',
  clear: 'Inherit everything',
  clearNothing: 'Nothing is set at this level.',
  cleared: (level: string) => `${level}: everything is inherited now`,
  clearedAdvice: 'You can put it back until this message goes.',
  undo: 'Undo',

  from: {
    default: 'Moonlight’s default',
    global: 'from Athena',
    host: (name: string) => `from ${name}`,
    entry: 'this entry',
    // Until it is named, main calls it “Network of” its router's address.
    network: (name: string) => (/^network\b/i.test(name) ? name : `network ${name}`),
  },
  networkName: 'Name of this network',
  networkRename: 'Rename',
  networkSame: 'It is called that already.',
  networkEmpty: 'A name has 1 to 80 characters.',
  inherit: (value: string | null) => `Use inherited: ${value ?? 'follows the mode'}`,
  overridden: (value: string) => `${value} is in force, whatever is set here.`,

  groups: {
    picture: 'Picture',
    bitrate: 'Bitrate',
    window: 'Window',
    sound: 'Sound',
    input: 'Input',
    session: 'Session',
    advanced: 'Advanced',
  },
  custom: 'Other',
  width: 'Width',
  height: 'Height',
  pixels: 'px',
  fps: 'fps',
  megabits: 'Mbit/s',
  bytes: 'bytes',
  on: 'on',
  off: 'off',
  useDefault: (rate: string) => `Moonlight’s default: ${rate}`,
  useAdvice: (rate: string) => `Athena’s advice: ${rate}`,
  isSetAlready: 'It is set to that already.',
  winsElsewhere: 'A level further in sets the bitrate. Choose that level above to change it.',
  h264WithoutHdr: 'H.264 carries no HDR: the stream will not have it. Choose another codec, or switch HDR off.',
} as const;

export const settingWords: Readonly<Record<Exclude<ProfileKey, 'widthPx' | 'heightPx'> | 'resolution', SettingWords>> = {
  resolution: { label: 'Resolution', does: 'The size of the picture that the host sends.' },
  fps: { label: 'Frame rate', does: 'Pictures a second. More is smoother, and asks more of the host, the link and this computer.' },
  codec: { label: 'Codec', does: 'How the picture is compressed. Automatic takes the best one that this computer unpacks in hardware.' },
  hdr: { label: 'HDR', does: 'A wider range of light and colour, with ten bits a colour. The host needs an HDR display for it.' },
  yuv444: { label: 'Full colour (4:4:4)', does: 'Every pixel has its own colour: sharper coloured text, at up to twice the bitrate.' },
  bitrateKbps: { label: 'Bitrate', does: 'What the host may send, with sound and error correction in it.' },
  displayMode: { label: 'Display mode', does: 'How Moonlight’s window is shown on this computer.' },
  vsync: { label: 'V-Sync', does: 'Waits for the display before each picture: nothing tears, at the price of a little delay.' },
  framePacing: { label: 'Frame pacing', does: 'Shows pictures at even intervals: steadier motion, up to one picture later.' },
  performanceOverlay: { label: 'Figures over the picture', does: 'Moonlight writes its own statistics into a corner of the stream.' },
  audio: { label: 'Speakers', does: 'What the host mixes its sound for.' },
  audioOnHost: { label: 'Play on the host as well', does: 'The speakers of the host stay on while it streams.' },
  multiController: { label: 'A player for each gamepad', does: 'Off: all gamepads together are one player, who is always there.' },
  absoluteMouse: { label: 'Mouse for desktops', does: 'The pointer follows your own, as in a remote desktop. Most games want this off.' },
  captureSystemKeys: { label: 'System shortcuts', does: 'Whether keys such as Alt+Tab go to the host instead of this computer.' },
  quitAfter: { label: 'Quit the app afterwards', does: 'When you end the stream, the app on the host is ended, too.' },
  optimizeGame: { label: 'Adapt the host to the stream', does: 'The host may change the settings of the game and the mode of its display to suit the stream.' },
  keepAwake: { label: 'Keep this display awake', does: 'No screen saver and no sleep on this computer while it streams.' },
  decoder: { label: 'Decoder', does: 'What unpacks the picture here. Software is slower and works almost everywhere.' },
  packetSize: { label: 'Packet size', does: 'Smaller packets come through some VPNs that lose large ones. Leave it alone otherwise.' },
};

export const valueWords = {
  codec: { auto: 'Automatic', h264: 'H.264', hevc: 'HEVC', av1: 'AV1' },
  displayMode: { fullscreen: 'Full screen', borderless: 'Borderless', windowed: 'Window' },
  audio: { stereo: 'Stereo', '5.1': '5.1', '7.1': '7.1' },
  captureSystemKeys: { never: 'Never', fullscreen: 'In full screen', always: 'Always' },
  decoder: { auto: 'Automatic', hardware: 'Hardware', software: 'Software' },
} as const;

export const budgetTexts = {
  title: 'Stream budget',
  verdicts: { yes: 'Fits', tight: 'Tight', no: 'Can’t fit', unknown: 'Not known' } satisfies Record<StreamBudgetView['fits'], string>,
  fitsWell: 'The link carries this stream with room to spare.',
  linkUnknown: 'Athena does not know how fast the link to the host is, so it can’t tell whether the stream fits.',
  needs: 'Needs on the wire',
  carries: 'The link carries',
  ofLink: (speed: string, medium: 'wired' | 'wireless' | 'unknown') => `of ${speed}, ${{ wired: 'wired', wireless: 'Wi-Fi', unknown: 'kind not known' }[medium]}`,
  carriesUnknown: 'Not known',
  default: 'Moonlight’s default',
  advice: 'Athena’s advice',
  adviceAsSet: 'as it is set',
  use: 'Use',
  raw: 'Uncompressed',
  rawMeaning: (mode: string, bits: number, share: string) => `What a display cable would carry for ${mode}, ${bits} bits a pixel. The stream makes do with ${share} of it.`,
  share: (times: number) => `1/${times.toLocaleString('en')}`,
  ofUsable: (needed: string, usable: string) => `${needed} of ${usable}`,
} as const;

export function sourceWords(from: ProfileLevel, hostName: string, networkName: string): string {
  switch (from) {
    case 'host':
      return texts.from.host(hostName);
    case 'network':
      return texts.from.network(networkName);
    default:
      return texts.from[from];
  }
}
