// Gets a private settings directory ready before a Moonlight starts: paired once in Athena, known to every Moonlight.
import { failure, success, type Result } from '../../common/result';
import type { GameStreamRecord } from '../../domain/hosts/gamestream-record';
import type { MoonlightPlace } from '../../domain/session/prepare-client';
import { writeMoonlightSettings, type MoonlightIdentity } from './moonlight-settings';

export interface MoonlightPlaceParts {
  /** Athena's own; not the user's, which stays untouched. */
  readonly directory: string;
  readonly identity: () => Promise<Result<MoonlightIdentity>>;
  readonly record: () => GameStreamRecord | null;
  readonly name: string;
}

export async function moonlightPlace({ directory, identity, record, name }: MoonlightPlaceParts): Promise<Result<MoonlightPlace>> {
  const host = record();
  const [address] = host?.addresses ?? [];
  if (!host || address === undefined || host.certificatePem === null) {
    return failure('not-paired', `${name} is not paired with Athena.`, 'Pair it first: `athena pair HOST`.');
  }
  const own = await identity();
  if (!own.ok) return own;
  const { uniqueId, addresses, httpPort, certificatePem, mac } = host;
  const hosts = [{ name, uniqueId, addresses, httpPort, certificatePem, mac }];
  const written = await writeMoonlightSettings(directory, { identity: own.value, hosts });
  return written.ok ? success({ address, httpPort, settingsDirectory: directory }) : written;
}
