// Why a Moonlight's stream ended, by its codes, in plain words with what to try.
import { assertNever } from './result';
import type { ClientEnd } from './session';
import { asIs, tell, type Told } from './told';

export interface CauseWords {
  /** One sentence without a full stop: what happened. */
  readonly message: Told;
  /** One sentence: what to try. */
  readonly advice: Told;
}

/** Verdicts of the GameStream client library (moonlight-common-c, Limelight.h: ML_ERROR_*). */
export const terminationCodes = {
  graceful: 0,
  controlLost: -1,
  noVideoTraffic: -100,
  noVideoFrame: -101,
  endedBeforeVideo: -102,
  protectedContent: -103,
  frameConversion: -104,
} as const;

/** Whether the same end follows as long as nobody changes anything on the host. */
export function willRecur(code: number): boolean {
  return code === terminationCodes.protectedContent || code === terminationCodes.frameConversion;
}

/** What a code means, whatever the language it is told in. `host-code`: the host's own. `error`: of the operating system, and none that is known here. */
export type TerminationKind = keyof typeof terminations | 'host-code' | 'error';

const terminations = {
  graceful: { message: tell`The app ended on the host`, advice: tell`Start it again when you like.` },
  'control-lost': {
    message: tell`The connection to the host was lost`,
    advice: tell`Either nothing came through for ten seconds, or somebody ended the stream on the host: look at the latency graph, and at who else uses the host.`,
  },
  'no-video-traffic': {
    message: tell`The host sent no picture for ten seconds`,
    advice: tell`Let UDP port 47998 through the firewalls of both machines, and check that no VPN is in the way.`,
  },
  'no-video-frame': {
    message: tell`Parts of the picture arrived, but not one whole picture in ten seconds`,
    advice: tell`Lower the bitrate or the packet size: the network loses too much of what it is given.`,
  },
  'ended-before-video': {
    message: tell`The host ended the stream before it sent a picture`,
    advice: tell`The app ended at once, or the host could not capture its screen: look at the host’s log.`,
  },
  'protected-content': {
    message: tell`The host shows protected content and may not stream it`,
    advice: tell`Close the protected video on the host, then connect again.`,
  },
  'frame-conversion': {
    message: tell`The host could not bring its picture into the form to be sent`,
    advice: tell`Turn HDR off on the host or in the profile, or choose another resolution.`,
  },
  'network-lost': {
    message: tell`This machine lost its network`,
    advice: tell`A change of Wi-Fi, a VPN or a renewed address ends a stream at once: a cable, or a fixed address, helps.`,
  },
  'no-way': { message: tell`There was no way to the host any more`, advice: tell`Check that both machines are on the network, and that no VPN took the route.` },
  'address-gone': { message: tell`This machine’s address went away`, advice: tell`It was renewed or the network changed: a fixed address in the router helps.` },
  'not-in-time': { message: tell`The host did not answer in time`, advice: tell`Check that the host is on and that no firewall drops the packets.` },
  refused: { message: tell`The host refused the connection`, advice: tell`Check that the streaming host is running: its service may have ended.` },
  cut: { message: tell`The host cut the connection`, advice: tell`Its streaming service may have ended: look at the host’s log.` },
} as const satisfies Readonly<Record<string, CauseWords>>;

const verdictKinds: ReadonlyMap<number, TerminationKind> = new Map<number, TerminationKind>([
  [terminationCodes.graceful, 'graceful'],
  [terminationCodes.controlLost, 'control-lost'],
  [terminationCodes.noVideoTraffic, 'no-video-traffic'],
  [terminationCodes.noVideoFrame, 'no-video-frame'],
  [terminationCodes.endedBeforeVideo, 'ended-before-video'],
  [terminationCodes.protectedContent, 'protected-content'],
  [terminationCodes.frameConversion, 'frame-conversion'],
]);

/** Numbers of errno(3) on Linux and macOS, and of Windows Sockets. */
const systemKinds: readonly (readonly [codes: readonly number[], kind: TerminationKind])[] = [
  [[101, 51, 10051, 100, 50, 10050], 'network-lost'],
  [[113, 65, 10065], 'no-way'],
  [[99, 49, 10049], 'address-gone'],
  [[110, 60, 10060], 'not-in-time'],
  [[111, 61, 10061], 'refused'],
  [[104, 54, 10054], 'cut'],
];

/** @param code of "Connection terminated": 0, a negative verdict, an error number of the operating system, or a host's own code */
export function terminationKind(code: number): TerminationKind {
  const verdict = verdictKinds.get(code);
  if (verdict !== undefined) return verdict;
  // An HRESULT that the library passes on as a negative number.
  return code <= -1_000 ? 'host-code' : (systemKinds.find(([codes]) => codes.includes(code))?.[1] ?? 'error');
}

/** As a host's log writes its own codes: eight hex digits. */
export function hexOfCode(code: number): string {
  return (code >>> 0).toString(16).padStart(8, '0');
}

/** @param code as `terminationKind` takes it */
export function wordsForTermination(code: number): CauseWords {
  const kind = terminationKind(code);
  if (kind === 'host-code') return { message: tell`The host ended the stream with its own code 0x${hexOfCode(code)}`, advice: tell`Look for that code in the host’s log.` };
  if (kind === 'error') return { message: tell`The stream ended with error ${code}`, advice: tell`Look at the client’s output, and at the host’s log.` };
  return terminations[kind];
}

/** Stages as moonlight-common-c names them (LiGetStageName), what they do, and the ports to open when they fail. */
const stages: Readonly<Record<string, { readonly doing: Told; readonly ports?: Told }>> = {
  'platform initialization': { doing: tell`preparing this machine` },
  'name resolution': { doing: tell`looking up the host`, ports: tell`TCP 47984, 47989 and 48010` },
  'audio stream initialization': { doing: tell`preparing the sound` },
  'RTSP handshake': { doing: tell`agreeing on the stream`, ports: asIs('TCP 48010') },
  'control stream initialization': { doing: tell`preparing the control channel` },
  'video stream initialization': { doing: tell`preparing the picture` },
  'input stream initialization': { doing: tell`preparing the input` },
  'control stream establishment': { doing: tell`opening the control channel`, ports: asIs('UDP 47999') },
  'video stream establishment': { doing: tell`starting the picture`, ports: asIs('UDP 47998') },
  'audio stream establishment': { doing: tell`starting the sound`, ports: asIs('UDP 48000') },
  'input stream establishment': { doing: tell`starting the input` },
};

/** What a stage does, for the line under "Connecting". */
export function wordsForStage(stage: string): Told {
  return stages[stage]?.doing ?? asIs(stage);
}

/** @param code an error number of the operating system, an RTSP status, or −1 */
export function wordsForStageFailure(stage: string, code: number): CauseWords {
  const known = stages[stage];
  const message = tell`The stream failed while ${known?.doing ?? stage} (${code})`;
  if (known?.ports === undefined) return { message, advice: tell`Look at the client’s output: it tells what it could not do here.` };
  return { message, advice: tell`Let ${known.ports} through the firewalls of both machines, counted from the host’s own base port; if they are open, restart the streaming host.` };
}

export function wordsForLaunchRefusal({ reason, code, message }: Extract<ClientEnd, { kind: 'launch-refused' }>): CauseWords {
  switch (reason) {
    case 'stream-limit':
      return { message: tell`The host still holds another stream`, advice: tell`It lets go of one that broke off within seconds; end the other stream if there is one.` };
    case 'no-picture':
      return { message: tell`The host could not capture its screen`, advice: tell`Turn its display on, or log in there, then try again.` };
    case 'start-failed':
      return { message: tell`The host could not start the app`, advice: tell`Its command, or a command to run before it, failed: try it on the host, and look at the host’s log.` };
    case 'app-unknown':
      return { message: tell`The host has no such app any more`, advice: tell`Read the host’s app list again; the app was renamed or removed.` };
    case 'other': {
      const told = message === '' ? '' : tell`: ${message}`;
      return { message: tell`The host refused the stream${code === null ? '' : ` (${code})`}${told}`, advice: tell`Look at the host’s log; ending the running app there often helps.` };
    }
    default:
      return assertNever(reason);
  }
}

/** What to try after this end; null where its words say it all. */
export function adviceForEnd(end: ClientEnd): Told | null {
  switch (end.kind) {
    case 'terminated':
      return wordsForTermination(end.code).advice;
    case 'stage-failed':
      return wordsForStageFailure(end.stage, end.code).advice;
    case 'launch-refused':
      return wordsForLaunchRefusal(end).advice;
    case 'not-paired':
      return tell`Pair the host with Athena, then launch again.`;
    default:
      return null;
  }
}
