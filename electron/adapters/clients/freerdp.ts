// Stream client FreeRDP: how xfreerdp is found and started; its reader tells what it says.
import { failure, success, type Result } from '../../common/result';
import type {
  ConnectRequest,
  FoundClient,
  LaunchPlan,
  MissingClient,
  StreamClient,
} from '../../domain/session/stream-client';
import { bracketed, checkRequest } from './connect-arguments';
import { findProgram, type ProgramIdentity } from './find-program';
import { FreeRdpReader } from './freerdp-reader';
import { installAdvice, type InstallSources } from './install-advice';
import type { Machine } from './machine';

const sources: InstallSources = {
  debian: ['freerdp3-x11', 'on older releases freerdp2-x11'],
  fedora: 'freerdp',
  arch: 'freerdp',
  flatpak: 'com.freerdp.FreeRDP',
  mac: 'Install it and an X server with Homebrew: brew install freerdp, and brew install --cask xquartz',
  windows: 'Use the Remote Desktop Connection that is a part of Windows.',
};

const fingerprintShape = /^[0-9a-f]{2}(?::[0-9a-f]{2}){31}$/;

/**
 * @param stateDirectory given to the client in place of the user's configuration directory: what they once trusted in
 * FreeRDP by hand must not answer the question that Athena asks. Made by the client itself.
 */
export function createFreeRdp(machine: Machine, stateDirectory: string): StreamClient {
  return {
    id: 'freerdp',
    protocols: ['rdp'],
    find: () => find(machine),
    plan: (found, request) => plan(found, request, stateDirectory),
    reader: () => new FreeRdpReader(),
  };
}

function plan(found: FoundClient, request: ConnectRequest, stateDirectory: string): Result<LaunchPlan> {
  const checked = checkRequest(request);
  if (!checked.ok) return checked;
  const pin = request.certificateFingerprint;
  if (pin !== null && !fingerprintShape.test(pin)) {
    return failure('bad-input', 'The trusted certificate is not told as a SHA-256 fingerprint.', 'Forget the certificate and trust it again.');
  }
  const [file, ...leading] = found.command;
  const args = [
    `/v:${bracketed(request.address)}:${request.port}`,
    ...credentialArguments(request.username),
    // With it, the client also refuses a certificate it can't verify, after telling its fingerprint, and asks nobody.
    '/from-stdin',
    // "deny" keeps the prompt away in every case; it also leaves out the details, which nobody needs who has pinned.
    ...(pin === null ? [] : [`/cert:deny,fingerprint:sha256:${pin}`]),
    ...versionArguments(found.version),
    // Athena reconnects by itself, and must know when a connection is lost.
    '-auto-reconnect',
    `/t:${request.title}`,
    request.fullScreen ? '/f' : '/dynamic-resolution',
    '/sound',
  ];
  const env = {
    XDG_CONFIG_HOME: stateDirectory,
    // wLog(7): the reader needs the log as the arguments ask for it.
    ...Object.fromEntries(['LEVEL', 'FILTER', 'APPENDER', 'PREFIX', 'FILEAPPENDER_OUTPUT_FILE_PATH'].map((name) => [`WLOG_${name}`, undefined])),
  };
  return success({ file, args: [...leading, ...args], env, typedPassword: request.password?.reveal() ?? null });
}

/** All that is named here, even if empty, isn't asked for on the terminal: 3.x would ask for a domain as well. */
function credentialArguments(username: string | null): string[] {
  const [, domain = '', user = ''] = /^(?:([^\\]*)\\)?(.*)$/s.exec(username ?? '') ?? [];
  return [`/u:${user}`, `/d:${domain}`];
}

/**
 * What 2.x and 3.x write differently. RDP's own security layer is off in both: it has no certificate, so a password would
 * go to whoever answers. The log of connection states is what stages are read from.
 */
function versionArguments(version: string | null): string[] {
  const major = Number(version?.split('.')[0] ?? 2);
  return major >= 3
    ? ['/sec:rdp:off', '/log-filters:com.freerdp.core.rdp:DEBUG,com.freerdp.core.connection:DEBUG']
    : ['-sec-rdp', '/log-filters:com.freerdp.core.connection:DEBUG'];
}

async function find(machine: Machine): Promise<FoundClient | MissingClient> {
  // On Windows it is another program (wfreerdp) that asks in windows: nothing the reader could follow.
  const names = machine.platform === 'win32' ? [] : ['xfreerdp', 'xfreerdp3'];
  let outdated: string | null = null;
  const identify = async (file: string): Promise<ProgramIdentity | null> => {
    const output = await machine.run(file, ['--version']);
    if (!output) return null;
    const version = /FreeRDP version (\d+\.\d+\.\d+)/.exec(output.text)?.[1] ?? null;
    if (version !== null && Number(version.split('.')[0]) < 2) {
      outdated = version;
      return null;
    }
    // 2.x opens the display before it tells its version: without one, it tells what it is all the same.
    return version !== null || output.text.includes('com.freerdp') ? { version } : null;
  };
  const program = await findProgram(machine, {
    names,
    usualFiles: machine.platform === 'linux' ? ['/opt/freerdp-nightly/bin/xfreerdp'] : [],
    flatpak: {
      id: sources.flatpak,
      // Its default command is another client (SDL), which asks in windows. The sandbox has a /tmp of its own, and
      // ignores our XDG_CONFIG_HOME.
      options: ['--env=XDG_CONFIG_HOME=/tmp/freerdp', '--command=xfreerdp'],
    },
    identify,
  });
  if (program) {
    const displayName = program.version === null ? 'FreeRDP' : `FreeRDP ${program.version}`;
    return { found: true, client: 'freerdp', displayName, ...program };
  }
  const advice = await installAdvice(machine, sources);
  const age = outdated === null ? '' : `The FreeRDP here (${outdated as string}) is too old. `;
  return { found: false, client: 'freerdp', displayName: 'FreeRDP', advice: age + advice };
}
