// Everything between "start the client" and a process: the program, the password, the trusted certificate, the arguments.
import { portOf, type Entry } from '../../common/entry';
import type { HostRecord } from '../../common/host';
import type { HostId } from '../../common/ids';
import type { ResolvedProfile } from '../../common/profile';
import { failure, success, type Result } from '../../common/result';
import type { Passwords } from '../library/passwords';
import type { CertificateStore } from '../library/library-store';
import { careful, type Caution } from './crash-loop';
import type { ClientChoice } from './client-choice';
import { hostHindrance, type HindranceParts } from './host-hindrance';
import type { Attempt, PreparedClient } from './prepared-client';
import type { ConnectRequest } from './stream-client';

/** What a Moonlight needs of Athena before it starts. */
export interface MoonlightPlace {
  readonly address: string;
  readonly httpPort: number;
  /** Written for this client: Athena's identity and the paired hosts. */
  readonly settingsDirectory: string;
}

export interface PreparationParts extends HindranceParts {
  readonly clients: ClientChoice;
  readonly passwords: Passwords;
  readonly certificates: CertificateStore;
  readonly moonlight: (hostId: HostId) => Promise<Result<MoonlightPlace>>;
  /** How a GameStream entry's stream is to look here and now. */
  readonly profile: (entry: Entry, host: HostRecord) => Promise<ResolvedProfile>;
}

const notPaired: PreparedClient = { kind: 'question', question: { kind: 'not-paired' } };

function failed(detail: string): PreparedClient {
  return { kind: 'question', question: { kind: 'client-failed', end: { kind: 'client-misused', detail } } };
}

export async function prepareClient(entry: Entry, host: HostRecord, parts: PreparationParts, attempt: Attempt): Promise<PreparedClient> {
  const hindrance = entry.protocol === 'gamestream' ? await hostHindrance(entry, host.id, parts, attempt) : null;
  if (hindrance) return hindrance;
  const chosen = await parts.clients.choose(entry.protocol);
  if (chosen.kind === 'missing') return failed(`${chosen.missing.displayName} is not installed. ${chosen.missing.advice}`);
  const { client, found } = chosen;
  const stream = entry.protocol === 'gamestream' ? await gameStreamRequest(entry, host, parts, attempt.caution) : success({});
  if (!stream.ok) return stream.failure.kind === 'not-paired' ? notPaired : failed(`${stream.failure.message} ${stream.failure.advice}`);
  const password = await parts.passwords.read(entry.id);
  const plan = client.plan(found, {
    address: host.address,
    port: portOf(entry),
    username: entry.username ?? null,
    password,
    fullScreen: entry.fullScreen,
    title: `${entry.name} – Athena`,
    certificateFingerprint: await parts.certificates.read(host.id, entry.protocol),
    ...stream.value,
  });
  if (!plan.ok) {
    return plan.failure.kind === 'auth-refused'
      ? { kind: 'question', question: { kind: 'password', reason: 'missing' } }
      : failed(plan.failure.message);
  }
  return { kind: 'ready', client: client.id, clientName: found.displayName, plan: plan.value, hasPassword: password !== null };
}

async function gameStreamRequest(
  entry: Entry,
  host: HostRecord,
  parts: PreparationParts,
  caution: Caution,
): Promise<Result<Partial<ConnectRequest>>> {
  if (entry.app === undefined) return failure('bad-input', `The entry "${entry.name}" names no app.`, 'Add "app" to it in the library.');
  const place = await parts.moonlight(host.id);
  if (!place.ok) return place;
  const { address, httpPort, settingsDirectory } = place.value;
  const profile = await parts.profile(entry, host);
  const asked = { ...profile, values: careful(profile.values, caution) };
  return success({ address, port: httpPort, app: entry.app, settingsDirectory, profile: asked });
}
