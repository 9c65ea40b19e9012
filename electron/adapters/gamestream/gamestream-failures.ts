// Says in plain words why a GameStream host could not be asked, or what was wrong with its answer, and what to do about it.
import { isIPv6 } from 'node:net';
import { failure, type Failure } from '../../common/result';
import { quoted } from './host-text';

export interface Place {
  readonly address: string;
  readonly port: number;
}

/** "desk port 47989"; IPv6 literals in brackets. */
export function wordsFor({ address, port }: Place): string {
  return `${isIPv6(address.replace(/%.*$/, '')) ? `[${address}]` : address} port ${port}`;
}

export function badAnswer(place: Place, what: string): Failure {
  return failure(
    'bad-answer',
    `${wordsFor(place)} answered ${what}.`,
    'Check that the address and port are those of Sunshine, and that Sunshine is up to date.',
  ).failure;
}

export function notPaired(place: Place): Failure {
  return failure('not-paired', `${wordsFor(place)} does not know this computer.`, 'Pair with the host, then try again.').failure;
}

export function certificateChanged(place: Place): Failure {
  return failure(
    'certificate-changed',
    `${wordsFor(place)} shows another certificate than the one from pairing, so nothing was asked.`,
    'If the host was installed anew, pair with it again; if not, somebody may be listening in.',
  ).failure;
}

export function cancelled(): Failure {
  return failure('cancelled', 'It was cancelled before the host answered.', 'Start again when you like.').failure;
}

export function notConnected(place: Place, limitMs: number): Failure {
  return failure(
    'host-unreachable',
    `${wordsFor(place)} did not take a connection within ${limitMs / 1_000} s.`,
    'Check that the host is on and in the same network, and that its firewall lets Sunshine through.',
  ).failure;
}

/** An ended Sunshine leaves its open ports to the app it started: connections succeed there, and nobody answers. */
export function notInTime(place: Place, limitMs: number): Failure {
  return failure(
    'timed-out',
    `${wordsFor(place)} took the connection, but did not answer within ${limitMs / 1_000} s.`,
    'If this goes on, end the running app on the host and restart Sunshine there.',
  ).failure;
}

/** The outcome is the host's own status, of the root element; `message` is the host's. */
export function refusedWith(place: Place, statusCode: number, message: string): Failure {
  const said = quoted(message) === '' ? `status ${statusCode}` : `status ${statusCode} (${quoted(message)})`;
  switch (statusCode) {
    case 401:
      return notPaired(place);
    case 404:
      return failure('not-supported', `${wordsFor(place)} knows no such request.`, 'Update Sunshine on the host.').failure;
    case 503:
      return failure('host-busy', `${wordsFor(place)} can't do that now: ${said}.`, 'Wait a moment, then try again.').failure;
    default:
      return failure('bad-answer', `${wordsFor(place)} refused: ${said}.`, 'The log of Sunshine on the host tells why.').failure;
  }
}

/** An error of the socket, of TLS or of the HTTP parser. */
export function asFailure(place: Place, error: Error & { readonly code?: unknown }): Failure {
  const where = wordsFor(place);
  const unreachable = (message: string, advice: string): Failure => failure('host-unreachable', message, advice).failure;
  const code = typeof error.code === 'string' ? error.code : '';
  switch (code) {
    case 'ENOTFOUND':
    case 'EAI_AGAIN':
      return unreachable(`No address is known for the name ${place.address}.`, "Correct the host's address, or use its IP address.");
    case 'ECONNREFUSED':
      return unreachable(`Nothing listens at ${where}.`, 'Start Sunshine on the host, or correct the port (Sunshine uses 47989).');
    case 'EHOSTUNREACH':
    case 'ENETUNREACH':
    case 'EHOSTDOWN':
    case 'ENETDOWN':
    case 'EADDRNOTAVAIL':
    case 'ETIMEDOUT':
      return unreachable(`${where} can't be reached.`, 'Check that the host is on and in the same network.');
    case 'EINVAL':
      return unreachable(`${where} can't be reached.`, 'An address that begins with fe80 needs its network interface: fe80::1%eth0.');
    case 'ECONNRESET':
    case 'EPIPE':
      return closedEarly(place);
    default:
      break;
  }
  if (code.startsWith('HPE_')) return badAnswer(place, `something that is not HTTP (${code})`);
  if (code === 'EPROTO' || code.startsWith('ERR_SSL') || code.startsWith('ERR_TLS')) {
    return badAnswer(place, `something that is not TLS as hosts speak it (${code})`);
  }
  return unreachable(`The connection to ${where} failed: ${quoted(error.message)}.`, 'Try again; the log of Sunshine on the host may tell more.');
}

export function closedEarly(place: Place): Failure {
  return failure(
    'host-unreachable',
    `${wordsFor(place)} closed the connection before its answer was complete.`,
    'Try again; if it happens again, restart Sunshine on the host.',
  ).failure;
}
