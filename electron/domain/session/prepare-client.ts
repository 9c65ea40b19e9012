// Everything between "start the client" and a process: the program, the password, the trusted certificate, the arguments.
import { portOf, type Entry } from '../../common/entry';
import type { HostRecord } from '../../common/host';
import type { Passwords } from '../library/passwords';
import type { CertificateStore } from '../library/library-store';
import type { ClientChoice } from './client-choice';
import type { PreparedClient } from './supervisor';

export interface PreparationParts {
  readonly clients: ClientChoice;
  readonly passwords: Passwords;
  readonly certificates: CertificateStore;
}

function failed(detail: string): PreparedClient {
  return { ready: false, question: { kind: 'client-failed', end: { kind: 'client-misused', detail } } };
}

export async function prepareClient(entry: Entry, host: HostRecord, parts: PreparationParts): Promise<PreparedClient> {
  const chosen = await parts.clients.choose(entry.protocol);
  if (chosen.kind === 'missing') return failed(`${chosen.missing.displayName} is not installed. ${chosen.missing.advice}`);
  const { client, found } = chosen;
  const password = await parts.passwords.read(entry.id);
  const plan = client.plan(found, {
    address: host.address,
    port: portOf(entry),
    username: entry.username ?? null,
    password,
    fullScreen: entry.fullScreen,
    title: `${entry.name} – Athena`,
    certificateFingerprint: await parts.certificates.read(host.id, entry.protocol),
  });
  if (!plan.ok) {
    return plan.failure.kind === 'auth-refused'
      ? { ready: false, question: { kind: 'password', reason: 'missing' } }
      : failed(plan.failure.message);
  }
  return { ready: true, client: client.id, clientName: found.displayName, plan: plan.value, hasPassword: password !== null };
}
