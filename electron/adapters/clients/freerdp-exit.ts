// What an exit code of xfreerdp means, as far as it tells: client/X11/xfreerdp.h, `enum XF_EXIT_CODE`.
import type { ClientEnd } from '../../common/session';

/**
 * The codes are FreeRDP's own, also above 128, where a shell would read signals.
 * 147 (transport failed) is left out: a refused port, a lost link and a refused password all end with it.
 */
const byExitCode: ReadonlyMap<number, ClientEnd> = new Map<number, ClientEnd>([
  [0, { kind: 'ended-by-user' }],
  ...each([1, 2, 3, 4, 5, 6], { kind: 'host-ended' }), // disconnected, logged off, idle, log-on too slow, replaced, out of memory
  ...each([7, 8, 9, 10], { kind: 'auth-refused' }), // denied, denied (FIPS), no privileges, fresh credentials needed
  ...each([11, 12], { kind: 'ended-by-user' }),
  ...each([32, 130, 131, 142], { kind: 'connection-lost' }), // protocol, protocol, connection failed, MCS
  [128, { kind: 'client-misused', detail: 'it could not read its arguments' }],
  ...each([132, 134, 135, 144, 148, 149, 151, 153, 154, 155, 156, 157, 158, 159], { kind: 'auth-refused' }),
  ...each([139, 140], { kind: 'host-name-unknown' }),
  [141, { kind: 'host-unreachable' }],
  [145, { kind: 'ended-by-user' }], // cancelled
]);

function each(codes: readonly number[], end: ClientEnd): [number, ClientEnd][] {
  return codes.map((code) => [code, end]);
}

export function endOfExitCode(exitCode: number): ClientEnd {
  return byExitCode.get(exitCode) ?? { kind: 'unexpected', exitCode };
}
