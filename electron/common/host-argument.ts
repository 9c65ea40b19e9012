// Reads a GameStream host as people write it: a name or address, with the port of its plain HTTP service if it isn't the usual.
import { hostAddressSchema, portSchema } from './host';

/** Sunshine's plain HTTP service, where every other port is asked for. */
export const gameStreamHttpPort = 47_989;

/** @returns null for anything that is no host; an IPv6 address with a port is written in brackets */
export function parseHostArgument(text: string): { address: string; port: number } | null {
  const [, bracketed, named, portText] = /^(?:\[([0-9A-Fa-f:.%\w]+)\]|([^:]+|[0-9A-Fa-f:]*:[0-9A-Fa-f:.]*:[0-9A-Fa-f:.%\w]*))(?::(\d{1,5}))?$/.exec(text) ?? [];
  const address = hostAddressSchema.safeParse(bracketed ?? named);
  const port = portSchema.safeParse(portText === undefined ? gameStreamHttpPort : Number(portText));
  return address.success && port.success ? { address: address.data, port: port.data } : null;
}
