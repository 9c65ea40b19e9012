// A certificate for 127.0.0.1 that nobody has signed but itself, made by openssl.
import { execFile } from 'node:child_process';
import { X509Certificate } from 'node:crypto';
import { mkdtemp, readFile, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { promisify } from 'node:util';

export interface SelfSigned {
  readonly key: string;
  readonly cert: string;
  /** SHA-256 in upper case hex with colons. */
  readonly fingerprint: string;
}

export async function makeSelfSigned(): Promise<SelfSigned> {
  const directory = await mkdtemp(join(tmpdir(), 'athena-cert-'));
  try {
    const [keyFile, certFile] = [join(directory, 'key.pem'), join(directory, 'cert.pem')];
    const subject = ['-subj', '/CN=pve.test', '-addext', 'subjectAltName=IP:127.0.0.1'];
    const args = ['req', '-x509', '-newkey', 'ec', '-pkeyopt', 'ec_paramgen_curve:prime256v1', '-nodes', '-days', '2', '-keyout', keyFile, '-out', certFile, ...subject];
    await promisify(execFile)('openssl', args);
    const [key, cert] = await Promise.all([readFile(keyFile, 'utf8'), readFile(certFile, 'utf8')]);
    return { key, cert, fingerprint: new X509Certificate(cert).fingerprint256 };
  } finally {
    await rm(directory, { recursive: true, force: true });
  }
}
