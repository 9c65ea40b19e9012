// The end of a stream client in plain words, for marks, logs and the command line.
import { assertNever } from './result';
import type { ClientEnd } from './session';
import { wordsForLaunchRefusal, wordsForStageFailure, wordsForTermination } from './termination-words';

const stallWords: Readonly<Record<Extract<ClientEnd, { kind: 'stalled' }>['what'], string>> = {
  network: 'Nothing came through from the host any more',
  picture: 'The picture stood still',
  client: 'The client stood still',
};

export function wordsForEnd(end: ClientEnd): string {
  switch (end.kind) {
    case 'ended-by-user':
      return 'Closed in the client';
    case 'host-ended':
      return 'The host ended the session';
    case 'auth-refused':
      return 'The host refused the user name or password';
    case 'certificate-unknown':
      return 'The host shows a certificate nobody has vouched for yet';
    case 'certificate-changed':
      return 'The host shows another certificate than before';
    case 'host-name-unknown':
      return 'The host name is not known to the network';
    case 'host-unreachable':
      return 'Nothing answers at the host';
    case 'connection-lost':
      return 'The connection to the host was lost';
    case 'terminated':
      return wordsForTermination(end.code).message;
    case 'stage-failed':
      return wordsForStageFailure(end.stage, end.code).message;
    case 'launch-refused':
      return wordsForLaunchRefusal(end).message;
    case 'not-paired':
      return 'The host does not know this client: it is not paired';
    case 'stalled':
      return stallWords[end.what];
    case 'slept':
      return `This machine slept for ${wordsForSleep(end.forMs)}`;
    case 'crashed':
      return `The client crashed (${end.signal})`;
    case 'client-misused':
      return `The client refused its arguments: ${end.detail}`;
    case 'display-lost':
      return 'The client has no display to draw on';
    case 'thread-lost':
      return 'The thread that kept the client died';
    case 'unexpected':
      return `The client ended unexpectedly with exit code ${end.exitCode}`;
    default:
      return assertNever(end);
  }
}

function wordsForSleep(forMs: number): string {
  const seconds = Math.round(forMs / 1_000);
  if (seconds < 90) return `${seconds} s`;
  const minutes = Math.round(seconds / 60);
  return minutes < 90 ? `${minutes} min` : `${Math.round(minutes / 60)} h`;
}
