// Reads "host", "host:port" and "[IPv6]:port", as connection files name the machine they lead to.
import { hostAddressSchema } from '../../common/host';

export interface ServerAddress {
  readonly address: string;
  /** 0 to 65535; null: not told. */
  readonly port: number | null;
}

/** @returns null for what is no name and no address */
export function readServer(text: string): ServerAddress | null {
  const trimmed = text.trim();
  const [, bracketed, behind] = /^\[([^\]]*)\](?::(\d{1,5}))?$/.exec(trimmed) ?? [];
  if (bracketed !== undefined) return serverAt(bracketed, behind);
  // More than one colon without brackets: an IPv6 address, whole.
  if (trimmed.split(':').length > 2) return /^[0-9A-Fa-f:.]+(?:%[\w.-]+)?$/.test(trimmed) ? serverAt(trimmed, undefined) : null;
  const [host = '', port] = trimmed.split(':');
  if (port !== undefined && !/^\d{1,5}$/.test(port)) return null;
  return serverAt(host, port);
}

function serverAt(host: string, portText: string | undefined): ServerAddress | null {
  const address = hostAddressSchema.safeParse(host);
  const port = portText === undefined ? null : Number(portText);
  return address.success && (port === null || port <= 65_535) ? { address: address.data, port } : null;
}
