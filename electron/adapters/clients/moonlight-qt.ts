// Stream client Moonlight (moonlight-qt): how it is found on each system, and how it is started with Athena's own settings.
import { success, type Result } from '../../common/result';
import type { ResolvedProfile } from '../../common/profile';
import type { ConnectRequest, FoundClient, LaunchPlan, StreamClient } from '../../domain/session/stream-client';
import { bracketed } from './connect-arguments';
import type { Machine } from './machine';
import { checkMoonlightRequest, knows } from './moonlight-arguments';
import { av1Choice, findMoonlightQt } from './moonlight-qt-find';
import { MoonlightQtReader } from './moonlight-qt-reader';

/**
 * Where Moonlight logs into a file that nobody reads along, nothing tells when the picture is there; after this long it
 * is taken for granted. Longer than a start takes, shorter than the time a session gives a client.
 */
const assumeStreamingAfterMs = 15_000;

/** What versions knew long before the newest options came: the least that one which didn't tell its options understands. */
const oldOptions: readonly string[] = [
  'resolution', 'fps', 'bitrate', 'packet-size', 'display-mode', 'audio-config', 'video-codec', 'video-decoder',
  'capture-system-keys', 'vsync', 'multi-controller', 'quit-after', 'absolute-mouse', 'game-optimization', 'audio-on-host',
  'frame-pacing',
];

export function createMoonlightQt(machine: Machine): StreamClient {
  return {
    id: 'moonlight-qt',
    protocols: ['gamestream'],
    find: () => findMoonlightQt(machine),
    plan: (found, request) => plan(machine, found, request),
    reader: () => new MoonlightQtReader(),
  };
}

function plan(machine: Machine, found: FoundClient, request: ConnectRequest): Result<LaunchPlan> {
  const checked = checkMoonlightRequest(request);
  if (!checked.ok) return checked;
  const app = checked.value;
  const target = [`${bracketed(request.address)}:${request.port}`, app];
  const options = request.profile ? profileOptions(found, request.profile) : ['--display-mode', request.fullScreen ? 'fullscreen' : 'windowed'];
  // An app's name is the host's choice: one that begins with a hyphen goes behind the end of all options.
  const args = app.startsWith('-') ? ['stream', ...options, '--', ...target] : ['stream', ...target, ...options];
  const [file, ...leading] = commandWith(found, request.settingsDirectory);
  const onLinux = machine.platform === 'linux';
  const { settingsDirectory } = request;
  return success({
    file,
    args: [...leading, ...args],
    env: environment(machine, onLinux ? settingsDirectory : undefined),
    typedPassword: null,
    ...(onLinux ? {} : { assumeStreamingAfterMs }),
    // There is no variable for it elsewhere: a file named portable.dat in the working directory does it (moonlight-qt, path.cpp).
    ...(!onLinux && settingsDirectory !== undefined ? { workingDirectory: settingsDirectory } : {}),
  });
}

/**
 * Flatpak sets XDG_CONFIG_HOME for its apps itself, whatever its --env says (flatpak issue 4529): a program inside the
 * sandbox has to set it again. The directory must be let in.
 */
function commandWith({ command, origin }: FoundClient, settingsDirectory: string | undefined): FoundClient['command'] {
  if (origin !== 'flatpak' || settingsDirectory === undefined) return command;
  const [file, ...leading] = command;
  const id = leading.at(-1) ?? '';
  const inside = ['env', `XDG_CONFIG_HOME=${settingsDirectory}`, 'moonlight'] as const;
  return [file, ...leading.slice(0, -1), `--filesystem=${settingsDirectory}`, `--command=${inside[0]}`, id, ...inside.slice(1)];
}

/** What a wrapper (AppImage, Electron) set for Athena is not meant for another program. */
function environment(machine: Machine, configDirectory: string | undefined): LaunchPlan['env'] {
  const wrapped = machine.env['APPIMAGE'] !== undefined || machine.env['SNAP'] !== undefined;
  const foreign = wrapped ? ['LD_LIBRARY_PATH', 'QT_PLUGIN_PATH', 'QT_QPA_PLATFORM_PLUGIN_PATH', 'QML2_IMPORT_PATH'] : [];
  return {
    ...Object.fromEntries(['ELECTRON_RUN_AS_NODE', 'QT_LOGGING_RULES', ...foreign].map((name) => [name, undefined])),
    ...(configDirectory === undefined ? {} : { XDG_CONFIG_HOME: configDirectory }),
  };
}

const codecNames = { auto: 'auto', h264: 'H.264', hevc: 'HEVC', av1: 'AV1' } as const;
const audioNames = { stereo: 'stereo', '5.1': '5.1-surround', '7.1': '7.1-surround' } as const;

/** All that this version can be told; the rest stays as its settings have it. */
function profileOptions(found: FoundClient, { values, from }: ResolvedProfile): string[] {
  const has = (name: string): boolean => knows(found, name, oldOptions);
  const value = (name: string, text: string | number): string[] => (has(name) ? [`--${name}`, String(text)] : []);
  const toggle = (name: string, on: boolean): string[] => (has(name) ? [on ? `--${name}` : `--no-${name}`] : []);
  const codec = values.codec === 'av1' && found.options?.includes(av1Choice) !== true ? 'auto' : values.codec;
  return [
    ...value('resolution', `${values.widthPx}x${values.heightPx}`),
    ...value('fps', values.fps),
    // Always told: what Moonlight works out by itself does not know of 4:4:4.
    ...value('bitrate', values.bitrateKbps),
    // Its own default shrinks on VPNs, and borderless is its own default on Wayland: only a choice is told.
    ...(from.packetSize === 'default' ? [] : value('packet-size', values.packetSize)),
    ...(from.displayMode === 'default' ? [] : value('display-mode', values.displayMode)),
    ...value('audio-config', audioNames[values.audio]),
    ...value('video-codec', codecNames[codec]),
    ...value('video-decoder', values.decoder),
    ...value('capture-system-keys', values.captureSystemKeys),
    ...toggle('hdr', values.hdr),
    ...toggle('yuv444', values.yuv444),
    ...toggle('vsync', values.vsync),
    ...toggle('frame-pacing', values.framePacing),
    ...toggle('quit-after', values.quitAfter),
    ...toggle('game-optimization', values.optimizeGame),
    ...toggle('audio-on-host', values.audioOnHost),
    ...toggle('multi-controller', values.multiController),
    ...toggle('absolute-mouse', values.absoluteMouse),
    ...toggle('performance-overlay', values.performanceOverlay),
    ...toggle('keep-awake', values.keepAwake),
  ];
}
