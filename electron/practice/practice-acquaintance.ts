// How the practice run gets to know its host, as with any other: found, paired with, asked for its apps.
import { randomInt } from 'node:crypto';
import type { PracticeStep, PracticeSummary } from '../common/practice';
import { failure, success, type Result } from '../common/result';
import { tell, type Told } from '../common/told';
import { practiceGameName } from './gamestream/host-apps';
import type { GameStreamHostFacts } from './gamestream/host-facts';
import { practiceHostId } from './practice-library';
import type { PracticeWorld } from './practice-world';

export interface Acquaintance {
  /** Where the host was found. */
  readonly address: string;
  readonly discoveredBy: NonNullable<PracticeSummary['discoveredBy']>;
}

const startOver = 'Start the practice run again.';

/** @param reach hears of each step when it is done */
export async function getToKnow(
  world: PracticeWorld,
  facts: GameStreamHostFacts,
  reach: (step: PracticeStep, text: Told) => void,
): Promise<Result<Acquaintance>> {
  const announced = await world.discover(facts);
  const address = announced?.addresses[0] ?? facts.address;
  const added = await world.gameStream.add(address, facts.ports.http);
  if (!added.ok) return added;
  if (added.value.info.uniqueId !== facts.uniqueId) return failure('bad-answer', 'Another host answered in place of the practice host.', startOver);
  const where = `${address}:${facts.ports.http}`;
  reach('discovered', announced === null ? tell`Multicast does not work here: asked at its address, ${where}` : tell`Found by mDNS as "${announced.name}" at ${where}`);

  const pin = String(randomInt(10_000)).padStart(4, '0');
  const paired = await world.gameStream.pair(practiceHostId, { pin, clientName: 'Athena practice run', web: facts.web });
  if (!paired.ok) return paired;
  reach('paired', tell`Paired: PIN ${pin} went in through the host's web interface, nobody typed it`);

  const apps = await world.gameStream.refreshApps(practiceHostId);
  if (!apps.ok) return apps;
  if (!apps.value.some(({ name }) => name === practiceGameName)) return failure('bad-answer', 'The practice host does not list its game.', startOver);
  reach('listed', tell`Apps listed: ${apps.value.length}, "${practiceGameName}" among them`);
  return success({ address, discoveredBy: announced === null ? 'address' : 'mdns' });
}
