// Finding both Moonlights on machines of every kind, and what they are started with.
import { describe, expect, it } from 'vitest';
import { createMoonlightEmbedded } from '../../../../electron/adapters/clients/moonlight-embedded';
import { createMoonlightQt } from '../../../../electron/adapters/clients/moonlight-qt';
import type { ConnectRequest, FoundClient, LaunchPlan, StreamClient } from '../../../../electron/domain/session/stream-client';
import { resolveProfile } from '../../../../electron/domain/session/profile-resolution';
import { fakeMachine, prints, type FakeMachineFacts } from '../../../fakes/fake-machine';

const qtHelp = 'Usage: moonlight [options] <action>\n\nStarts Moonlight normally if no arguments are given.\n\nOptions:\n  -h, --help  Displays help\n';
/** As QCommandLineParser prints it, a part of 6.1's list. */
const streamHelp = `Usage: moonlight [options] stream <host> "<app>"

Starts directly streaming a given app.

Options:
  -h, --help                                   Displays this help.
  --720                                        Use 1280x720 resolution.
  --resolution <resolution>                    Specify custom <width>x<height>
                                               resolution to use.
  --vsync                                      Use V-Sync.
  --no-vsync                                   Do not use V-Sync.
  --fps <fps>                                  Specify FPS to use.
  --bitrate <bitrate>                          Specify bitrate in Kbps to use.
  --packet-size <packet-size>                  Specify video packet size to use.
  --display-mode <display-mode>                Select display mode: borderless/fullscreen/windowed.
  --hdr                                        Use HDR streaming.
  --no-hdr                                     Do not use HDR streaming.
  --yuv444                                     Use YUV 4:4:4 sampling.
  --no-yuv444                                  Do not use YUV 4:4:4 sampling.
  --video-codec <video-codec>                  Select video codec: AV1/H.264/HEVC/auto.
`;
function qt(version: string, options = streamHelp) {
  return (args: string) => ({ exitCode: 0, text: args === '--version' ? `Moonlight ${version}\n` : args === 'stream --help' ? options : qtHelp });
}
const embeddedHelp = `Moonlight Embedded 2.7.1
Usage: moonlight [action] (options) [host]
       moonlight [configfile]

 Streaming options

\t-720\t\t\tUse 1280x720 resolution [default]
\t-width <width>\t\tHorizontal resolution (default 1280)
\t-height <height>\tVertical resolution (default 720)
\t-fps <fps>\t\tSpecify the fps to use (default 60)
\t-bitrate <bitrate>\tSpecify the bitrate in Kbps
\t-packetsize <size>\tSpecify the maximum packetsize in bytes
\t-codec <codec>\t\tSelect used codec: auto/h264/h265/av1 (default auto)
\t-hdr\t\t\tEnable HDR streaming (experimental, requires HEVC or AV1)
\t-nosops\t\t\tDon't allow GFE to modify game settings
\t-surround <5.1/7.1>\t\tStream 5.1 or 7.1 surround sound
\t-quitappafter\t\tSend quit app request to remote after quitting session
\t-windowed\t\tDisplay screen in a window
`;
const embedded = prints(embeddedHelp);
const path = { PATH: '/usr/local/bin:/usr/bin' };

function find(make: (machine: ReturnType<typeof fakeMachine>) => StreamClient, facts: Partial<FakeMachineFacts>) {
  return make(fakeMachine({ platform: 'linux', env: path, ...facts })).find();
}

describe('finding Moonlight', () => {
  it('on PATH, with version and options', async () => {
    const found = await find(createMoonlightQt, { programs: { '/usr/bin/moonlight': qt('6.1.0') } });
    expect(found).toMatchObject({ found: true, client: 'moonlight-qt', displayName: 'Moonlight 6.1.0', version: '6.1.0', command: ['/usr/bin/moonlight'], origin: 'path' });
    expect(found.found && found.options).toEqual(expect.arrayContaining(['resolution', 'no-vsync', 'yuv444', 'video-codec=AV1']));
    expect(found.found && found.options).not.toContain('keep-awake');
  });

  it('does not take Moonlight Embedded, or anything else of that name, for it', async () => {
    expect(await find(createMoonlightQt, { programs: { '/usr/bin/moonlight': embedded } })).toMatchObject({ found: false });
    expect(await find(createMoonlightQt, { programs: { '/usr/bin/moonlight': prints('moonlight: a screen saver') } })).toMatchObject({ found: false });
    const both = { '/usr/local/bin/moonlight': embedded, '/usr/bin/moonlight': qt('6.1.0') };
    expect(await find(createMoonlightQt, { programs: both })).toMatchObject({ command: ['/usr/bin/moonlight'] });
    expect(await find(createMoonlightEmbedded, { programs: both })).toMatchObject({ command: ['/usr/local/bin/moonlight'] });
  });

  it('without a display it tells little, and is found all the same', async () => {
    const crash = prints('qt.qpa.xcb: could not connect to display\nThis application failed to start because no Qt platform plugin could be initialized.', 134);
    const found = await find(createMoonlightQt, { programs: { '/usr/bin/moonlight-qt': crash } });
    expect(found).toMatchObject({ found: true, version: null, displayName: 'Moonlight' });
    expect(found).not.toHaveProperty('options');
  });

  it('as an AppImage in the usual places, the newest first', async () => {
    const programs = { '/home/someone/Applications/Moonlight-6.1.0-x86_64.AppImage': qt('6.1.0'), '/home/someone/Applications/Moonlight-6.10.0-x86_64.AppImage': qt('6.10.0') };
    expect(await find(createMoonlightQt, { programs })).toMatchObject({ origin: 'usual-place', version: '6.10.0' });
  });

  it('as a Flatpak, asked for its options too', async () => {
    const flatpak = (args: string) =>
      args.startsWith('list') ? { exitCode: 0, text: 'com.moonlight_stream.Moonlight\t6.1.0\n' } : { exitCode: args.endsWith('stream --help') ? 0 : 1, text: streamHelp };
    const found = await find(createMoonlightQt, { programs: { '/usr/bin/flatpak': flatpak } });
    expect(found).toMatchObject({ origin: 'flatpak', displayName: 'Moonlight 6.1.0', command: ['/usr/bin/flatpak', 'run', '--die-with-parent', 'com.moonlight_stream.Moonlight'] });
    expect(found.found && found.options).toContain('hdr');
  });

  it('on macOS as a bundle; on Windows by its place, without starting it: its help is a box that waits', async () => {
    const bundle = '/Applications/Moonlight.app/Contents/MacOS/Moonlight';
    expect(await find(createMoonlightQt, { platform: 'darwin', programs: { [bundle]: qt('6.1.0') } })).toMatchObject({ command: [bundle], version: '6.1.0' });
    const file = 'C:\\Program Files\\Moonlight Game Streaming\\Moonlight.exe';
    const windows = fakeMachine({ platform: 'win32', env: { ProgramFiles: 'C:\\Program Files' }, programs: { [file]: qt('6.1.0') } });
    expect(await createMoonlightQt(windows).find()).toMatchObject({ command: [file], version: null });
    expect(windows.ran).toEqual([]);
  });

  it('Moonlight Embedded on PATH, on Linux only', async () => {
    const found = await find(createMoonlightEmbedded, { programs: { '/usr/bin/moonlight': embedded } });
    expect(found).toMatchObject({ found: true, client: 'moonlight-embedded', displayName: 'Moonlight Embedded 2.7.1', version: '2.7.1' });
    expect(await find(createMoonlightEmbedded, { platform: 'darwin', programs: { '/usr/local/bin/moonlight': embedded } })).toMatchObject({ found: false });
  });

  it.each<[NodeJS.Platform, string]>([
    ['linux', 'flatpak install flathub com.moonlight_stream.Moonlight'],
    ['darwin', 'brew install --cask moonlight'],
    ['win32', 'winget install MoonlightGameStreamingProject.Moonlight'],
  ])('advice on %s', async (platform, advice) => {
    expect(await find(createMoonlightQt, { platform })).toMatchObject({ found: false, advice: expect.stringContaining(advice) as string });
  });
});

const linux = fakeMachine({ platform: 'linux' });
const profile = resolveProfile({ global: { fps: 120 }, host: { widthPx: 2560, heightPx: 1440, codec: 'av1' }, entry: { yuv444: true, vsync: false, keepAwake: true } });
const request: ConnectRequest = {
  address: '192.0.2.10',
  port: 47_989,
  username: null,
  password: null,
  fullScreen: false,
  title: 'Desktop – Athena',
  certificateFingerprint: null,
  app: 'Desktop',
  profile,
  settingsDirectory: '/state/moonlight/rig',
};
const newest: FoundClient = {
  found: true,
  client: 'moonlight-qt',
  displayName: 'Moonlight 6.1.0',
  version: '6.1.0',
  command: ['/usr/bin/moonlight'],
  origin: 'path',
  options: ['resolution', 'fps', 'bitrate', 'packet-size', 'display-mode', 'video-codec', 'video-codec=AV1', 'yuv444', 'hdr', 'vsync'],
};

function planOf(client: StreamClient, changes: Partial<ConnectRequest> = {}, found = newest): LaunchPlan {
  const plan = client.plan(found, { ...request, ...changes });
  if (!plan.ok) throw new Error(plan.failure.message);
  return plan.value;
}

describe('starting Moonlight', () => {
  const client = createMoonlightQt(linux);

  it('with what its version knows of the profile, its bitrate always told', () => {
    expect(planOf(client)).toEqual({
      file: '/usr/bin/moonlight',
      args: ['stream', '192.0.2.10:47989', 'Desktop', '--resolution', '2560x1440', '--fps', '120', '--bitrate', '113000', '--video-codec', 'AV1', '--no-hdr', '--yuv444', '--no-vsync'],
      env: { ELECTRON_RUN_AS_NODE: undefined, QT_LOGGING_RULES: undefined, XDG_CONFIG_HOME: '/state/moonlight/rig' },
      typedPassword: null,
    });
  });

  it('packet size and display mode only when somebody chose them', () => {
    const chosen = planOf(client, { profile: resolveProfile({ network: { packetSize: 1024, displayMode: 'borderless' } }) });
    expect(chosen.args.join(' ')).toContain('--packet-size 1024 --display-mode borderless');
  });

  it('one that did not tell its options gets what all versions know', () => {
    const { options: _untold, ...silent } = newest;
    const { args } = planOf(client, {}, silent);
    expect(args).toEqual(expect.arrayContaining(['--video-codec', 'auto', '--no-vsync']));
    expect(args.filter((arg) => /hdr|yuv444|keep-awake|performance/.test(arg))).toEqual([]);
  });

  it('an app whose name looks like an option goes behind all options; other names stay one argument', () => {
    expect(planOf(client, { app: '--quit-after' }).args.slice(-3)).toEqual(['--', '192.0.2.10:47989', '--quit-after']);
    expect(planOf(client, { app: 'A "b" $(c);\n d' }).args[2]).toBe('A "b" $(c);\n d');
  });

  it('IPv6 and other ports', () => {
    expect(planOf(client, { address: 'fd00::7', port: 48_989 }).args[1]).toBe('[fd00::7]:48989');
  });

  it('in a Flatpak, the settings directory is let in and set inside', () => {
    const flatpak: FoundClient = { ...newest, origin: 'flatpak', command: ['/usr/bin/flatpak', 'run', '--die-with-parent', 'com.moonlight_stream.Moonlight'] };
    expect(planOf(client, {}, flatpak).args.slice(0, 8)).toEqual([
      'run',
      '--die-with-parent',
      '--filesystem=/state/moonlight/rig',
      '--command=env',
      'com.moonlight_stream.Moonlight',
      'XDG_CONFIG_HOME=/state/moonlight/rig',
      'moonlight',
      'stream',
    ]);
  });

  it('from an AppImage, without that one’s libraries', () => {
    const wrapped = createMoonlightQt(fakeMachine({ platform: 'linux', env: { APPIMAGE: '/opt/Athena.AppImage' } }));
    expect(planOf(wrapped).env).toHaveProperty('LD_LIBRARY_PATH', undefined);
    expect(planOf(client).env).not.toHaveProperty('LD_LIBRARY_PATH');
  });

  it('elsewhere than on Linux, in its settings directory, and its picture is assumed', () => {
    const plan = planOf(createMoonlightQt(fakeMachine({ platform: 'win32' })), { settingsDirectory: 'C:\\Athena\\moonlight' });
    expect(plan).toMatchObject({ workingDirectory: 'C:\\Athena\\moonlight', assumeStreamingAfterMs: 15_000 });
    expect(plan.env).not.toHaveProperty('XDG_CONFIG_HOME');
  });
});

describe('starting Moonlight Embedded', () => {
  const client = createMoonlightEmbedded(linux);

  it('with what its version knows of the profile', async () => {
    const found = await find(createMoonlightEmbedded, { programs: { '/usr/bin/moonlight': embedded } });
    if (!found.found) throw new Error(found.advice);
    const wish = resolveProfile({ global: { widthPx: 1920, heightPx: 1080, codec: 'hevc', hdr: true, audio: '5.1', optimizeGame: false, quitAfter: true, displayMode: 'windowed', packetSize: 1024 } });
    expect(planOf(client, { profile: wish, app: '-app', port: 48_989 }, found)).toEqual({
      file: '/usr/bin/moonlight',
      args: [
        ...['stream', '-app', '-app', '-port', '48989', '-keydir', '/state/moonlight/rig', '-width', '1920', '-height', '1080', '-fps', '60'],
        ...['-bitrate', '20000', '-packetsize', '1024', '-codec', 'h265', '-surround', '5.1', '-hdr', '-nosops', '-quitappafter', '-windowed', '192.0.2.10'],
      ],
      env: { ELECTRON_RUN_AS_NODE: undefined },
      typedPassword: null,
      workingDirectory: '/state/moonlight/rig',
    });
  });

  it('its default port is not told: older ones know no other', () => {
    expect(planOf(client).args).not.toContain('-port');
  });
});

describe.each([createMoonlightQt(linux), createMoonlightEmbedded(linux)])('$id refuses', (client) => {
  it.each<[string, Partial<ConnectRequest>]>([
    ['an option for an address', { address: '-via=evil' }],
    ['an address that its buffer does not hold', { address: 'a'.repeat(101) }],
    ['a port that is none', { port: 0 }],
    ['no app', { app: '' }],
    ['an app with a NUL', { app: 'a\0b' }],
    ['a settings directory that depends on where it starts', { settingsDirectory: 'moonlight' }],
    ['one that its buffer does not hold', { settingsDirectory: `/${'a'.repeat(1_000)}` }],
  ])('%s', (_name, changes) => {
    expect(client.plan(newest, { ...request, ...changes })).toMatchObject({ ok: false, failure: { kind: 'bad-input' } });
  });
});
