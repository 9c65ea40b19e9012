// What hosts and Moonlights really say, as the ground from which the fuzz run departs; and what they never should.
import { readFileSync, readdirSync } from 'node:fs';
import { join } from 'node:path';
import fc from 'fast-check';
import { makeIdentity } from '../../../electron/practice/gamestream/certificate';
import { drawPng } from '../../../electron/practice/gamestream/png-picture';
import { writeXml, type XmlChild } from '../../../electron/practice/gamestream/xml-reply';
import { byteArray } from '../../../electron/practice/gamestream/moonlight-settings';
import { EmbeddedVoice, QtVoice, type MoonlightVoice } from '../../../electron/practice/gamestream/moonlight-voice';
import { nasty } from './mutate';
import type { Random } from './random';

const identity = makeIdentity('Sunshine Gamestream Host', 'random');
export const hostPem = identity.certificatePem;

const info: readonly XmlChild[] = [
  ...([['hostname', 'Mira\'s "Rig"'], ['appversion', '7.1.431.-1'], ['GfeVersion', '3.23.0.74'], ['uniqueid', 'B3C0AE1E-5E9C-4A0F-8E43-0D4C6F2A7B11']] as const),
  ...([['HttpsPort', 47984], ['ExternalPort', 47989], ['MaxLumaPixelsHEVC', 1869449984], ['mac', '02:00:00:41:54:48'], ['LocalIP', '192.168.1.20']] as const),
  ...([['ServerCodecModeSupport', 0x30301], ['PairStatus', 1], ['currentgame', 881448767], ['state', 'SUNSHINE_SERVER_BUSY']] as const),
];
const modes: XmlChild = ['SupportedDisplayMode', [['DisplayMode', [['Width', 2560], ['Height', 1440], ['RefreshRate', 120]]]]];

function appXml(count: number): string {
  const children = Array.from({ length: count }, (_, index): XmlChild => ['App', [['IsHdrSupported', index % 2], ['AppTitle', `Game ${index} & more`], ['ID', 881448767 - index]]]);
  return writeXml({ statusCode: 200, children });
}

const pairReplies: readonly XmlChild[] = [
  ['plaincert', Buffer.from(hostPem).toString('hex').toUpperCase()],
  ['challengeresponse', '7981B22B1A3BB0B2FFEBC5E1E2AF474EC3651DAD8CDB291F6F31711BA143161258F1C991A85A76C2526EB7CF9453B7E7'],
  ['pairingsecret', 'AB'.repeat(272)],
];

export const answers: readonly Buffer[] = [
  writeXml({ statusCode: 200, children: info }),
  writeXml({ statusCode: 200, children: [...info, modes, ['gputype', 'NVIDIA'], ['GsVersion', '3.23']] }),
  appXml(3),
  appXml(0),
  ...pairReplies.map((child) => writeXml({ statusCode: 200, children: [['paired', 1], child] })),
  writeXml({ statusCode: 200, children: [['paired', 0]] }),
  writeXml({ statusCode: 200, children: [['sessionUrl0', 'rtspenc://192.0.2.10:48010'], ['gamesession', 1]] }),
  writeXml({ statusCode: 200, children: [['cancel', 1]] }),
  writeXml({ statusCode: 401, query: '', statusMessage: 'The client is not authorized. Certificate verification failed.' }),
  writeXml({ statusCode: -1, statusMessage: 'Failed to start the specified application', children: [['gamesession', 0]] }),
  writeXml({ statusCode: 503, statusMessage: 'All sessions must be disconnected before quitting', children: [['resume', 0]] }),
].map((text) => Buffer.from(text));

/** By path: what makes the next step of an adapter come about at all. */
export const rightAnswers: Readonly<Record<string, Buffer>> = {
  '/applist': Buffer.from(appXml(3)),
  '/cancel': Buffer.from(writeXml({ statusCode: 200, children: [['cancel', 1]] })),
};

const laughs = `<!DOCTYPE l [<!ENTITY a "ha">${Array.from({ length: 20 }, (_, index) => `<!ENTITY a${index} "${'&a;'.repeat(10)}">`).join('')}]><root status_code="200">&a19;</root>`;
/** Small ones. */
const hostile: readonly Buffer[] = [
  Buffer.from('<!DOCTYPE html><html><head><title>Router</title></head><body>Log in</body></html>'),
  Buffer.from('<html><body>'),
  Buffer.from(laughs),
  Buffer.from('<!DOCTYPE r [<!ENTITY x SYSTEM "file:///etc/passwd">]><root status_code="200">&x;</root>'),
  Buffer.from(`${'<root status_code="200">'.repeat(3_000)}`),
  Buffer.from(`\ufeff${writeXml({ statusCode: 200, children: info })}`),
  Buffer.from(writeXml({ statusCode: 200, children: info }), 'utf16le'),
  Buffer.alloc(0),
  Buffer.from('\u0000'.repeat(500)),
  Buffer.from('{"status":true}'),
  Buffer.from(`<root status_code="200">${nasty.map((text) => `<App><AppTitle>${text}</AppTitle><ID>-7</ID></App>`).join('')}</root>`),
];
/** Each costs a good part of a second: rare. */
const huge: readonly (() => Buffer)[] = [
  () => Buffer.from(appXml(20_000)),
  () => Buffer.from(`<root status_code="200"><hostname>${'x'.repeat(10_000_000)}</hostname></root>`),
  () => Buffer.from(`<root status_code="200">${'<a/>'.repeat(200_000)}</root>`),
  () => Buffer.from(`<root status_code="200">${'<a>'.repeat(300_000)}`),
  () => Buffer.from(`<root ${'b="c" '.repeat(100_000)}/>`),
];

const words = fc.oneof(fc.constantFrom(...nasty), fc.string(), fc.string({ unit: 'binary' }), fc.integer().map(String));
const names = fc.oneof(fc.constantFrom('root', 'App', 'AppTitle', 'ID', 'hostname', 'uniqueid', 'appversion', 'HttpsPort', 'currentgame', 'state', 'paired', 'plaincert', '__proto__', ':@', '#text'), fc.string({ maxLength: 8 }));
const { element } = fc.letrec<{ element: string }>((tie) => ({
  element: fc
    .tuple(names, fc.array(fc.tuple(names, words), { maxLength: 3 }), fc.array(fc.oneof({ maxDepth: 4 }, words, tie('element')), { maxLength: 5 }), fc.boolean())
    .map(([name, attributes, inside, closed]) => `<${name}${attributes.map(([key, value]) => ` ${key}="${value}"`).join('')}>${inside.join('')}${closed ? `</${name}>` : ''}`),
}));

/** An XML-like answer: real, mutated, generated or hostile. */
export function someXml(random: Random, mutate: (bytes: Buffer) => Buffer): Buffer {
  const kind = random.next();
  if (kind < 0.0015) return random.pick(huge)();
  if (kind < 0.08) return random.pick(hostile);
  if (kind < 0.3) {
    const [text = ''] = fc.sample(element, { numRuns: 1, seed: random.int(2 ** 31) });
    return Buffer.from(random.chance(0.5) ? `<root status_code="200">${text}</root>` : text);
  }
  const real = random.pick(answers);
  return kind < 0.34 ? real : mutate(real);
}

export const certificates: readonly Buffer[] = [hostPem, `${hostPem}${hostPem}`, '-----BEGIN CERTIFICATE-----\nAAAA\n-----END CERTIFICATE-----\n'].map((text) => Buffer.from(text));

export const pictures: readonly Buffer[] = [drawPng(150, 200, [64, 160, 255]), drawPng(1, 1, [0, 0, 0]), Buffer.from('\u0089PNG\r\n\u001a\n', 'latin1'), Buffer.from('GIF89a')];

export const settings: readonly Buffer[] = [
  `[General]\ncertificate=${byteArray(hostPem)}\nkey=${byteArray(identity.keyPem)}\nuniqueid=0123456789ABCDEF\nwidth=1920\nhdr=true\n\n[hosts]\n1\\hostname=Rig\n1\\customname=false\n1\\uuid=RIG\n1\\mac=@ByteArray(\\x2\\0\\0\\x41TH)\n1\\localaddress=192.168.1.20\n1\\localport=47989\n1\\manualaddress=\n1\\srvcert=${byteArray(hostPem)}\n1\\apps\\1\\name=Desktop\n1\\apps\\size=1\nsize=1\n`,
  '[hosts]\nsize=999999999\n',
  '[hostsbackup]\nsize=-1\n',
].map((text) => Buffer.from(text));

/** Of other programs: Remmina's, and .rdp files in two encodings. */
export const connections: readonly Buffer[] = [
  Buffer.from('[remmina]\nname=Office\\sPC\nprotocol=RDP\nserver=[fd00::5]:3390\nusername=me\ndomain=CORP\nviewmode=2\nresolution=1920x1080\npassword=aGlkZGVu\ngateway_server=\nssh_tunnel_enabled=0\n'),
  Buffer.from('[remmina]\nname=Bench\nprotocol=VNC\nserver=rig:1\nproxy=\n'),
  Buffer.from('\ufeffscreen mode id:i:2\r\nfull address:s:büro.example:3390\r\nserver port:i:3391\r\nusername:s:CORP\\me\r\npassword 51:b:01AB\r\ngatewayhostname:s:gate\r\ngatewayusagemethod:i:2\r\n', 'utf16le'),
  Buffer.from('full address:s:192.168.1.5\nremoteapplicationmode:i:1\n'),
];

function spoken(make: (write: (text: string) => void) => MoonlightVoice): Buffer {
  let text = '';
  const voice = make((part) => (text += part));
  voice.core('RTSP port: 48010');
  for (const stage of ['Initializing platform', 'Resolving host name', 'Starting RTSP handshake', 'Starting control stream', 'Starting video stream']) voice.stage(stage);
  for (const line of ['Received first video packet after 12 ms', 'Unrecoverable frame 118: 9+2=11 received < 12 needed', 'Network dropped 151 frames (151)', 'Waiting for IDR frame', 'Leaving speculative RFI mode after OOS video data at frame 118', 'Control message took over 10 ms to send (net latency: 7 ms | packet loss: 0.25%)']) voice.core(line);
  voice.status(1);
  voice.core('Server notified termination reason: 0x80030023');
  voice.verdict(-1);
  voice.stage('Starting RTSP handshake', 111);
  return Buffer.from(text);
}

const fixtures = join(process.cwd(), 'test/fixtures/clients');

/** Real outputs of other clients, where the tests keep some. */
function recorded(): Buffer[] {
  const files = readdirSync(fixtures, { recursive: true, withFileTypes: true }).filter((file) => file.isFile());
  return files.map((file) => readFileSync(join(file.parentPath, file.name))).filter((bytes) => bytes.length < 200_000);
}

export const outputs: readonly Buffer[] = [
  spoken((write) => new QtVoice(write)),
  spoken((write) => new EmbeddedVoice(write, true)),
  Buffer.from('00:00:01 - Qt Info: Executing request: "https://192.168.1.20:47984/launch?appid=1"\n00:00:01 - Qt Warning: Request failed: 503 "no display"\nUnknown options: nonsense\nGamestream error: The host\'s concurrent stream limit has been reached.\nX connection to :0 broken\nexecvp(3) failed.: No such file or directory\n'),
  ...recorded(),
];

export const restReplies: readonly Buffer[] = ['{"status":true}', '{"status":"true"}', '{"status_code":400,"status":false,"error":"stoi"}', '[]', '{"status":{"a":[]}}', `{"error":"${'x'.repeat(70_000)}"}`, '{"__proto__":{"status":true}}', `${'['.repeat(50_000)}`].map((text) => Buffer.from(text));
