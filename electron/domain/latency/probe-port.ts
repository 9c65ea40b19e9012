// Says which service ports may be asked how fast they accept, because some servers take a bare connect for an attack.
import type { Protocol } from '../../common/entry';
import { assertNever } from '../../common/result';

/**
 * The port for the TCP connect probe, or null when connecting would do harm. TigerVNC counts every connection that closes before it
 * has logged in towards BlacklistThreshold (5 by default), then refuses the address with "Too many security failures":
 * six probes would lock our own stream client out. RDP servers only write a log line, and an
 * HTTP server expects connections that come to nothing.
 */
export function tcpProbePort(protocol: Protocol, port: number): number | null {
  switch (protocol) {
    case 'vnc':
      return null;
    case 'rdp':
    case 'gamestream':
      return port;
    default:
      return assertNever(protocol);
  }
}
