// What is typed to add a host, read as the command line reads it: pure.
import { gameStreamHttpPort, parseHostArgument } from '../../../electron/common/host-argument';
import { portSchema } from '../../../electron/common/host';
import { wordsOf } from '../../language/language';

const words = wordsOf('hosts');

export interface HostFields {
  readonly address: string;
  readonly port: string;
}

export type CheckedHost =
  | { readonly ok: true; readonly address: string; readonly httpPort: number }
  | { readonly ok: false; readonly errors: Partial<HostFields> };

/** A port in its own field wins over one behind the address. */
export function checkHostFields({ address, port }: HostFields): CheckedHost {
  const typed = address.trim();
  const host = parseHostArgument(typed);
  const ownPort = port.trim() === '' ? null : portSchema.safeParse(/^\d+$/.test(port.trim()) ? Number(port) : Number.NaN);
  if (host !== null && (ownPort === null || ownPort.success)) return { ok: true, address: host.address, httpPort: ownPort?.data ?? host.port };
  return {
    ok: false,
    errors: {
      ...(host === null ? { address: addressError(typed) } : {}),
      ...(ownPort?.success === false ? { port: words('portWrong') } : {}),
    },
  };
}

function addressError(typed: string): string {
  if (typed === '') return words('addressMissing');
  return parseHostArgument(typed.replace(/:\d+$/, '')) === null ? words('addressWrong') : words('portWrong');
}

/** An address as people write it, with the port where it is not the usual one. */
export function hostInWords(address: string, httpPort: number): string {
  if (httpPort === gameStreamHttpPort) return address;
  return `${bracketed(address)}:${httpPort}`;
}

/** Sunshine's web page: its port is the one after the plain HTTP service's. */
export function webPageOf(address: string, httpPort: number): string {
  return `https://${bracketed(address)}:${httpPort + 1}`;
}

/** IPv6 in brackets (RFC 3986, 3.2.2); its zone means nothing to another machine's browser. */
function bracketed(address: string): string {
  return address.includes(':') ? `[${address.replace(/%.*$/, '')}]` : address;
}
