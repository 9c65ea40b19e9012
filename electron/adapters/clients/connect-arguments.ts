// Checks and forms what every stream client is told on its command line: an address can't become an option.
import { hostAddressSchema, portSchema } from '../../common/host';
import { failure, success, type Failure, type Result } from '../../common/result';
import type { ConnectRequest } from '../../domain/session/stream-client';

const controlCharacter = /[\u0000-\u001f\u007f]/;

/** Checked again here, where it becomes an argument, whoever has checked it before. */
export function checkRequest(request: ConnectRequest): Result<undefined> {
  if (!hostAddressSchema.safeParse(request.address).success || !portSchema.safeParse(request.port).success) {
    return refuse(`"${request.address}", port ${request.port}, is no address a client can be given.`, 'Correct the host’s address or the entry’s port.');
  }
  if (request.username !== null && controlCharacter.test(request.username)) {
    return refuse('The user name holds a control character.', 'Correct the entry’s user name.');
  }
  // Typed into a terminal, a control character would be obeyed, not entered; in an environment, NUL would cut it short.
  if (request.password !== null && controlCharacter.test(request.password.reveal())) {
    return refuse('The password holds a control character.', 'Enter the password again.');
  }
  return success(undefined);
}

function refuse(message: string, advice: string): { readonly ok: false; readonly failure: Failure } {
  return failure('bad-input', message, advice);
}

/** An IPv6 address goes into brackets before a colon and a port follow it (RFC 3986, 3.2.2). */
export function bracketed(address: string): string {
  return address.includes(':') ? `[${address}]` : address;
}
