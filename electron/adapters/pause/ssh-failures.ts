// Says in plain words why a host could not be reached or controlled over SSH, and what to do about it.
import type { HostRecord } from '../../common/host';
import { assertNever, failure } from '../../common/result';
import type { ControlFailure } from '../../domain/pause/host-control';
import { fingerprintOf, keyTypeOf, knownHostName, type KeyVerdict } from './known-hosts';
import type { ShellFault } from './remote-shell';
import type { LogInKeys, UnusableKey } from './ssh-keys';

export type SshHost = HostRecord & { readonly ssh: NonNullable<HostRecord['ssh']> };

export function noSshAccess(host: HostRecord): ControlFailure {
  return failure(
    'not-supported',
    `Athena has no SSH access to ${host.name}, so it can't pause apps there.`,
    'Add "ssh" with a "user" to this host in the library.',
  ).failure;
}

export function notAccepted(host: SshHost, key: Buffer, verdict: Exclude<KeyVerdict, { kind: 'known' }>): ControlFailure {
  const keyType = keyTypeOf(key) ?? 'unknown';
  const fingerprint = fingerprintOf(key);
  const address = knownHostName({ address: host.address, port: host.ssh.port });
  switch (verdict.kind) {
    case 'unknown': {
      const others = verdict.otherTypes.length === 0 ? '' : ` A key of another type (${verdict.otherTypes.join(', ')}) is known for it.`;
      return {
        ...failure(
          'host-key-unknown',
          `Nobody has vouched for the SSH key of ${host.name} yet: ${keyType} ${fingerprint}.${others}`,
          'Compare the fingerprint with "ssh-keygen -lf" of the key file in /etc/ssh on the host, then trust it.',
        ).failure,
        question: { hostId: host.id, address, keyType, fingerprint },
      };
    }
    case 'changed':
      return failure(
        'host-key-changed',
        `${host.name} shows another SSH key (${keyType} ${fingerprint}) than before: someone may be listening in, or the host was set up anew.`,
        `If you know why it changed, remove line ${verdict.at.line} of ${verdict.at.file} and try again.`,
      ).failure;
    case 'revoked':
      return failure(
        'host-key-changed',
        `${host.name} shows an SSH key that was revoked (${keyType} ${fingerprint}).`,
        `Give the host a new key; line ${verdict.at.line} of ${verdict.at.file} revokes this one.`,
      ).failure;
    default:
      return assertNever(verdict);
  }
}

export function logInRefused(host: SshHost, keys: LogInKeys): ControlFailure {
  const user = host.ssh.user;
  const locked = keys.unusable.find(({ problem }) => problem === 'locked');
  const tried = keys.tried.length === 0 ? 'there was no key to try' : `it did not take ${keys.tried.join(' or ')}`;
  const unusable = keys.unusable.map((key) => `${key.file} ${problemWords(key)}`).join('; ');
  return failure(
    'auth-refused',
    `${host.name} did not let ${user} in over SSH: ${tried}${unusable === '' ? '' : ` (${unusable})`}.`,
    locked
      ? `Unlock the key with "ssh-add ${locked.file}", so that the SSH agent can use it, and try again.`
      : `Set up a key with "ssh-copy-id -p ${host.ssh.port} ${user}@${host.address}", or set "ssh.keyFile" of this host.`,
  ).failure;
}

function problemWords({ problem }: UnusableKey): string {
  switch (problem) {
    case 'missing':
      return 'does not exist';
    case 'unreadable':
      return 'cannot be read';
    case 'locked':
      return 'is locked with a passphrase';
    case 'not-a-key':
      return 'is not a private key that Athena can use';
    default:
      return assertNever(problem);
  }
}

export function notInTime(host: SshHost, doing: string, limitMs: number): ControlFailure {
  return failure(
    'timed-out',
    `${host.name} did not answer within ${limitMs / 1_000} s while ${doing}.`,
    'Check that the host is awake and not overloaded, then try again.',
  ).failure;
}

/** An error of the socket or of the SSH protocol, before the log-in was through. */
export function notConnected(host: SshHost, error: Error & { readonly code?: unknown; readonly level?: unknown }): ControlFailure {
  const where = `${host.address} port ${host.ssh.port}`;
  const noHost = (message: string, advice: string): ControlFailure => failure('host-unreachable', message, advice).failure;
  switch (error.code) {
    case 'ENOTFOUND':
    case 'EAI_AGAIN':
      return noHost(`No address is known for the name ${host.address}.`, 'Correct the address of this host in the library, or use its IP address.');
    case 'ECONNREFUSED':
      return noHost(`No SSH server answers at ${where}.`, 'Start the SSH server on the host ("sudo systemctl enable --now ssh"), or correct "ssh.port".');
    case 'EHOSTUNREACH':
    case 'ENETUNREACH':
    case 'EHOSTDOWN':
    case 'ENETDOWN':
    case 'ETIMEDOUT':
      return noHost(`${host.name} can't be reached at ${where}.`, 'Check that the host is on and in the same network.');
    case 'ECONNRESET':
    case 'EPIPE':
    case undefined:
      break;
    default:
      return noHost(`The SSH connection to ${host.name} ended: ${oneLine(error.message)}.`, 'Try again; the log of the SSH server on the host tells more.');
  }
  if (/no matching|unsupported|invalid.*(ident|header)|protocol/i.test(error.message)) {
    return failure(
      'not-supported',
      `Athena and ${host.name} could not agree how to talk SSH: ${oneLine(error.message)}.`,
      `Check that ${where} is an SSH server that is not out of date.`,
    ).failure;
  }
  return closedEarly(host, oneLine(error.message));
}

export function closedEarly(host: SshHost, why: string): ControlFailure {
  return failure(
    'host-unreachable',
    `${host.name} closed the SSH connection before Athena was logged in${why === '' ? '' : `: ${why}`}.`,
    'Try again; the log of the SSH server on the host tells why it closed.',
  ).failure;
}

/** @param isNew the shell had not answered once yet */
export function shellFailed(host: SshHost, { kind, stray }: ShellFault, isNew: boolean, limitMs: number): ControlFailure {
  const said = stray === '' ? '' : ` It said: "${stray}"`;
  switch (kind) {
    case 'timed-out': {
      const late = notInTime(host, isNew ? 'starting a shell' : 'carrying out a command', limitMs);
      return { ...late, message: late.message + said };
    }
    case 'too-much-output':
      return failure('io', `${host.name} sent far more than an answer.${said}`, 'Check the start-up files of the SSH user on the host (~/.bashrc).').failure;
    case 'closed':
      if (!isNew) return failure('io', `${host.name} closed the SSH connection in the middle of a command.`, 'Try again.').failure;
      return failure(
        'not-supported',
        `${host.name} let Athena in, but started no POSIX shell.${said}`,
        'Give the SSH user an ordinary login shell and no forced command.',
      ).failure;
    default:
      return assertNever(kind);
  }
}

/** What a host wrote, cut to a length and freed of control characters. */
function oneLine(text: string): string {
  return text.replace(/[\p{Cc}\p{Cf}]+/gu, ' ').trim().slice(0, 200).replace(/\.$/, '');
}
