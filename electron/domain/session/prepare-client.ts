// Everything between "start the client" and a process: the program, the password, the trusted certificate, the arguments.
import { portOf, type Entry } from '../../common/entry';
import type { HostRecord } from '../../common/host';
import type { HostId } from '../../common/ids';
import { failure, success, type Result } from '../../common/result';
import type { Question } from '../../common/session';
import type { Passwords } from '../library/passwords';
import type { CertificateStore } from '../library/library-store';
import type { ClientChoice } from './client-choice';
import { resolveProfile } from './profile-resolution';
import type { ConnectRequest, LaunchPlan, StreamClientId } from './stream-client';

export type PreparedClient =
  | {
      readonly ready: true;
      readonly client: StreamClientId;
      readonly clientName: string;
      readonly plan: LaunchPlan;
      /** Whether the client was given a password; a refusal without one means that one is needed. */
      readonly hasPassword: boolean;
    }
  | { readonly ready: false; readonly question: Question };

/** What a Moonlight needs of Athena before it starts. */
export interface MoonlightPlace {
  readonly address: string;
  readonly httpPort: number;
  /** Written for this client: Athena's identity and the paired hosts. */
  readonly settingsDirectory: string;
}

export interface PreparationParts {
  readonly clients: ClientChoice;
  readonly passwords: Passwords;
  readonly certificates: CertificateStore;
  readonly moonlight: (hostId: HostId) => Promise<Result<MoonlightPlace>>;
}

const notPaired: PreparedClient = { ready: false, question: { kind: 'client-failed', end: { kind: 'not-paired' } } };

function failed(detail: string): PreparedClient {
  return { ready: false, question: { kind: 'client-failed', end: { kind: 'client-misused', detail } } };
}

export async function prepareClient(entry: Entry, host: HostRecord, parts: PreparationParts): Promise<PreparedClient> {
  const chosen = await parts.clients.choose(entry.protocol);
  if (chosen.kind === 'missing') return failed(`${chosen.missing.displayName} is not installed. ${chosen.missing.advice}`);
  const { client, found } = chosen;
  const stream = entry.protocol === 'gamestream' ? await gameStreamRequest(entry, host, parts) : success({});
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
      ? { ready: false, question: { kind: 'password', reason: 'missing' } }
      : failed(plan.failure.message);
  }
  return { ready: true, client: client.id, clientName: found.displayName, plan: plan.value, hasPassword: password !== null };
}

async function gameStreamRequest(entry: Entry, host: HostRecord, parts: PreparationParts): Promise<Result<Partial<ConnectRequest>>> {
  if (entry.app === undefined) return failure('bad-input', `The entry "${entry.name}" names no app.`, 'Add "app" to it in the library.');
  const place = await parts.moonlight(host.id);
  if (!place.ok) return place;
  const { address, httpPort, settingsDirectory } = place.value;
  const displayMode = entry.fullScreen ? 'fullscreen' : 'windowed';
  return success({ address, port: httpPort, app: entry.app, settingsDirectory, profile: resolveProfile({ entry: { displayMode } }) });
}
