// Stream client Moonlight Embedded: how it is found and started; for small machines, and where there is no Moonlight.
import { success, type Result } from '../../common/result';
import type { ResolvedProfile } from '../../common/profile';
import type { ConnectRequest, FoundClient, LaunchPlan, MissingClient, StreamClient } from '../../domain/session/stream-client';
import { findProgram, type ProgramIdentity } from './find-program';
import type { Machine } from './machine';
import { checkMoonlightRequest, knows, optionNames } from './moonlight-arguments';
import { MoonlightEmbeddedReader } from './moonlight-embedded-reader';

const defaultHttpPort = 47_989;

/** What its oldest versions in use know. */
const oldOptions: readonly string[] = ['width', 'height', 'fps', 'bitrate', 'packetsize', 'app', 'nosops', 'localaudio', 'keydir', 'codec', 'quitappafter'];

export function createMoonlightEmbedded(machine: Machine): StreamClient {
  return {
    id: 'moonlight-embedded',
    protocols: ['gamestream'],
    find: () => find(machine),
    plan,
    reader: () => new MoonlightEmbeddedReader(),
  };
}

function plan(found: FoundClient, request: ConnectRequest): Result<LaunchPlan> {
  const checked = checkMoonlightRequest(request);
  if (!checked.ok) return checked;
  const [file, ...leading] = found.command;
  const { address, port, profile, settingsDirectory } = request;
  const args = [
    'stream',
    // An option's value is taken as it is, hyphens too.
    '-app',
    checked.value,
    ...(port === defaultHttpPort ? [] : ['-port', String(port)]),
    ...(settingsDirectory === undefined ? [] : ['-keydir', settingsDirectory]),
    ...(profile ? profileOptions(found, profile) : request.fullScreen || !knows(found, 'windowed', oldOptions) ? [] : ['-windowed']),
    address,
  ];
  return success({
    file,
    args: [...leading, ...args],
    env: { ELECTRON_RUN_AS_NODE: undefined },
    typedPassword: null,
    // It reads hosts/ADDRESS.conf and moonlight.conf from wherever it is started.
    ...(settingsDirectory === undefined ? {} : { workingDirectory: settingsDirectory }),
  });
}

const codecNames = { auto: 'auto', h264: 'h264', hevc: 'h265', av1: 'av1' } as const;

function profileOptions(found: FoundClient, { values, from }: ResolvedProfile): string[] {
  const has = (name: string): boolean => knows(found, name, oldOptions);
  const value = (name: string, text: string | number): string[] => (has(name) ? [`-${name}`, String(text)] : []);
  const flag = (name: string, on: boolean): string[] => (on && has(name) ? [`-${name}`] : []);
  const codec = values.codec === 'av1' && found.options?.includes(av1Choice) !== true ? 'auto' : values.codec;
  return [
    ...value('width', values.widthPx),
    ...value('height', values.heightPx),
    ...value('fps', values.fps),
    ...value('bitrate', values.bitrateKbps),
    ...(from.packetSize === 'default' ? [] : value('packetsize', values.packetSize)),
    ...value('codec', codecNames[codec]),
    ...(values.audio !== 'stereo' && found.options?.includes(surroundChoice) === true ? ['-surround', values.audio] : []),
    ...flag('hdr', values.hdr),
    ...flag('nosops', !values.optimizeGame),
    ...flag('localaudio', values.audioOnHost),
    ...flag('quitappafter', values.quitAfter),
    ...flag('windowed', values.displayMode === 'windowed'),
  ];
}

/** Stand among the options of versions that can be told these values. */
const av1Choice = 'codec=av1';
const surroundChoice = 'surround=7.1';

async function find(machine: Machine): Promise<FoundClient | MissingClient> {
  let options: readonly string[] = [];
  const identify = async (file: string): Promise<ProgramIdentity | null> => {
    // `help` is the action for it; Moonlight's own parser takes the same word for a wrong action and ends too.
    const help = await machine.run(file, ['help']);
    const version = /^Moonlight Embedded (\d+\.\d+\.\d+)/m.exec(help?.text ?? '')?.[1];
    if (help === null || version === undefined) return null;
    options = [
      ...optionNames(help.text),
      ...(/-codec\b.*\bav1\b/i.test(help.text) ? [av1Choice] : []),
      ...(/-surround\b.*7\.1/.test(help.text) ? [surroundChoice] : []),
    ];
    return { version };
  };
  const program =
    machine.platform === 'linux'
      ? await findProgram(machine, { names: ['moonlight-embedded', 'moonlight'], usualFiles: [], flatpak: null, identify })
      : null;
  if (program) {
    return { found: true, client: 'moonlight-embedded', displayName: `Moonlight Embedded ${program.version ?? ''}`.trim(), ...program, options };
  }
  const advice = 'It is for small machines without a desktop; on this one, install Moonlight: flatpak install flathub com.moonlight_stream.Moonlight';
  return { found: false, client: 'moonlight-embedded', displayName: 'Moonlight Embedded', advice };
}
