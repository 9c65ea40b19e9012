// Two machines have one address: whoever answered last gets the packets.
import { tell } from '../../../common/told';
import { changesOf, flips, hostAddresses } from '../host-addresses';
import { seriesOf } from '../incident-facts';
import { Case, type Rule } from '../rule';

export const duplicateAddress: Rule = (facts) => {
  const lines = hostAddresses(facts);
  const macs = changesOf(lines, 'mac');
  const back = flips(macs);
  const found = new Case('duplicate-address', tell`Turn the host off and ping its address: if somebody answers, that is the other one.`, tell`Take the address away from the other machine: give both a reservation in the router, outside of the range it hands out.`);
  const duplicates = Math.max(0, ...seriesOf(facts, 'host').map(({ duplicateRatio }) => duplicateRatio));
  if (back >= 1) {
    const cards = new Set(macs.flatMap(({ from, to }) => [from, to]));
    found.add(back >= 2 ? 0.88 : 0.7, tell`The address changed ${macs.length} times between ${cards.size} network cards.`);
  }
  if (duplicates > 0.01) found.add(back >= 1 ? 0.5 : 0.55, tell`Some questions were answered twice.`);
  if (back >= 1 && changesOf(lines, 'uniqueId').length > 0) found.add(0.2, tell`The identity at the address changed with it.`);
  if (back === 0 && duplicates > 0.01 && lines.some(({ mac }) => typeof mac === 'string')) found.doubt(0.3, tell`The address kept its network card.`);
  return found.close();
};
