// Follows a name to the machine behind it with the system's resolver and tables, and the host's own answers.
import { createHash } from 'node:crypto';
import { lookup } from 'node:dns/promises';
import { isIP } from 'node:net';
import { networkInterfaces } from 'node:os';
import { connect } from 'node:tls';
import { assertNever } from '../../common/result';
import type { GameStreamHost } from '../../domain/hosts/gamestream-host';
import type { AddressSense } from '../../domain/latency/address-sense';
import { neighbourAt } from '../gamestream/neighbour-table';

/** A resolver that is gone, and a host that accepts but says nothing; milliseconds. */
const lookUpLimitMs = 5_000;
const certificateLimitMs = 3_000;

export class LocalAddressSense implements AddressSense {
  constructor(private readonly host: Pick<GameStreamHost, 'serverInfo'>) {}

  async lookUp(name: string): Promise<string | null> {
    if (isIP(name.replace(/%.*$/, '')) !== 0) return name;
    let timer: NodeJS.Timeout | undefined;
    const tooLong = new Promise<null>((resolve) => (timer = setTimeout(() => resolve(null), lookUpLimitMs)));
    try {
      return await Promise.race([lookup(name).then(({ address }) => address), tooLong]);
    } catch {
      return null; // a name that nobody knows now
    } finally {
      clearTimeout(timer);
    }
  }

  async mac(ip: string): Promise<string | null | undefined> {
    const neighbour = await neighbourAt(ip, networkInterfaces());
    switch (neighbour.kind) {
      case 'mac':
        return neighbour.mac;
      case 'nobody':
        return null;
      case 'not-asked':
      case 'not-local':
        return undefined;
      default:
        return assertNever(neighbour);
    }
  }

  async identity(ip: string, httpPort: number): Promise<{ readonly uniqueId: string; readonly httpsPort: number } | null> {
    const told = await this.host.serverInfo({ address: ip, httpPort, certificatePem: null });
    return told.ok ? { uniqueId: told.value.uniqueId, httpsPort: told.value.httpsPort } : null;
  }

  /** Looks at what is shown and says nothing over it: whose it is, is for others to judge. */
  certificate(ip: string, httpsPort: number): Promise<string | null> {
    return new Promise((resolve) => {
      const socket = connect({ host: ip, port: httpsPort, rejectUnauthorized: false });
      const answer = (sha256: string | null): void => {
        clearTimeout(limit);
        socket.destroy();
        resolve(sha256);
      };
      const limit = setTimeout(() => answer(null), certificateLimitMs);
      socket.once('secureConnect', () => {
        const { raw } = socket.getPeerCertificate();
        answer(raw instanceof Buffer ? createHash('sha256').update(raw).digest('hex') : null);
      });
      socket.on('error', () => answer(null)); // nothing listens there, or it speaks no TLS
    });
  }
}
