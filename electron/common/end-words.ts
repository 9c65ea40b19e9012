// The end of a stream client in plain words, for marks, logs and the command line.
import { assertNever } from './result';
import type { ClientEnd } from './session';
import { wordsForLaunchRefusal, wordsForStageFailure, wordsForTermination } from './termination-words';
import { tell, type Told } from './told';

const stallWords: Readonly<Record<Extract<ClientEnd, { kind: 'stalled' }>['what'], Told>> = {
  network: tell`Nothing came through from the host any more`,
  picture: tell`The picture stood still`,
  client: tell`The client stood still`,
};

export function wordsForEnd(end: ClientEnd): Told {
  switch (end.kind) {
    case 'ended-by-user':
      return tell`Closed in the client`;
    case 'host-ended':
      return tell`The host ended the session`;
    case 'auth-refused':
      return tell`The host refused the user name or password`;
    case 'certificate-unknown':
      return tell`The host shows a certificate nobody has vouched for yet`;
    case 'certificate-changed':
      return tell`The host shows another certificate than before`;
    case 'host-name-unknown':
      return tell`The host name is not known to the network`;
    case 'host-unreachable':
      return tell`Nothing answers at the host`;
    case 'connection-lost':
      return tell`The connection to the host was lost`;
    case 'terminated':
      return wordsForTermination(end.code).message;
    case 'stage-failed':
      return wordsForStageFailure(end.stage, end.code).message;
    case 'launch-refused':
      return wordsForLaunchRefusal(end).message;
    case 'not-paired':
      return tell`The host does not know this client: it is not paired`;
    case 'stalled':
      return stallWords[end.what];
    case 'slept':
      return tell`This machine slept for ${wordsForSleep(end.forMs)}`;
    case 'crashed':
      return tell`The client crashed (${end.signal})`;
    case 'client-misused':
      return tell`The client refused its arguments: ${end.detail}`;
    case 'display-lost':
      return tell`The client has no display to draw on`;
    case 'thread-lost':
      return tell`The thread that kept the client died`;
    case 'unexpected':
      return tell`The client ended unexpectedly with exit code ${end.exitCode}`;
    default:
      return assertNever(end);
  }
}

function wordsForSleep(forMs: number): Told {
  const seconds = Math.round(forMs / 1_000);
  if (seconds < 90) return tell`${seconds} s`;
  const minutes = Math.round(seconds / 60);
  return minutes < 90 ? tell`${minutes} min` : tell`${Math.round(minutes / 60)} h`;
}
