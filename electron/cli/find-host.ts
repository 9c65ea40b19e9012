// Which GameStream host a command means, and what its exit code says when the host's answer was no.
import type { GameStreamRecord } from '../domain/hosts/gamestream-record';
import type { Services } from '../domain/services';
import { parseHostArgument } from '../common/host-argument';
import { failure, success, type FailureKind, type Result } from '../common/result';
import { exitCodes } from './exit-codes';

export function exitCodeFor(kind: FailureKind): number {
  switch (kind) {
    case 'bad-input':
    case 'not-found':
      return exitCodes.badInput;
    case 'not-paired':
    case 'wrong-pin':
    case 'man-in-the-middle':
    case 'certificate-changed':
    case 'pairing-refused':
      return exitCodes.askUser;
    case 'cancelled':
      return exitCodes.stopped;
    default:
      return exitCodes.negative;
  }
}

/** By id, name, identity or address. */
export function knownHost(text: string, { gameStream, library }: Services): GameStreamRecord | null {
  const target = parseHostArgument(text);
  const fits = ({ hostId, uniqueId, addresses, httpPort }: GameStreamRecord): boolean =>
    [hostId, uniqueId, library.host(hostId)?.name, ...addresses].includes(text) ||
    (target !== null && target.port === httpPort && addresses.includes(target.address));
  return gameStream.records.find(fits) ?? null;
}

/** A known host; an address that isn't known yet is asked who it is, and added. */
export async function findHost(text: string, services: Services): Promise<Result<GameStreamRecord>> {
  const known = knownHost(text, services);
  if (known) return success(known);
  const target = parseHostArgument(text);
  if (!target) return failure('bad-input', `"${text}" is no host.`, 'Give a name or address, with :PORT where it is not 47989.');
  const added = await services.gameStream.add(target.address, target.port);
  return added.ok ? success(added.value.record) : added;
}

/** The secret of Sunshine's web log-in comes from the environment or standard input, never from an argument. */
export async function webPassword(): Promise<string> {
  const given = process.env['ATHENA_WEB_PASSWORD'];
  if (given !== undefined) return given;
  let text = '';
  for await (const chunk of process.stdin.setEncoding('utf8')) {
    text += String(chunk);
    if (text.includes('\n') || text.length > 4_096) break;
  }
  return text.split(/\r?\n/, 1)[0] ?? '';
}
