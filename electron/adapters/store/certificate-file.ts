// The certificates the user vouched for, by host and protocol.
import { z } from 'zod';
import type { Protocol } from '../../common/entry';
import type { HostId } from '../../common/ids';
import type { CertificateStore } from '../../domain/library/library-store';
import type { JsonRecordFile } from './json-record-file';

export const certificatesSchema = z.object({
  version: z.literal(1),
  /** By "host/protocol": sha256, lower-case hex pairs joined by colons. */
  fingerprints: z.record(z.string(), z.string().regex(/^[0-9a-f]{2}(:[0-9a-f]{2}){31}$/)),
});
export type CertificatesRecord = z.infer<typeof certificatesSchema>;
export const noCertificates: CertificatesRecord = { version: 1, fingerprints: {} };

export class CertificateFile implements CertificateStore {
  constructor(private readonly file: JsonRecordFile<CertificatesRecord>) {}

  async read(hostId: HostId, protocol: Protocol): Promise<string | null> {
    const { fingerprints } = await this.file.read();
    return fingerprints[keyOf(hostId, protocol)] ?? null;
  }

  trust(hostId: HostId, protocol: Protocol, fingerprint: string): Promise<void> {
    return this.file.change(({ fingerprints }) => ({
      version: 1,
      fingerprints: { ...fingerprints, [keyOf(hostId, protocol)]: fingerprint },
    }));
  }

  forget(hostId: HostId, protocol: Protocol): Promise<void> {
    return this.file.change(({ fingerprints }) => {
      const others = Object.entries(fingerprints).filter(([key]) => key !== keyOf(hostId, protocol));
      return { version: 1, fingerprints: Object.fromEntries(others) };
    });
  }
}

function keyOf(hostId: HostId, protocol: Protocol): string {
  return `${hostId}/${protocol}`;
}
