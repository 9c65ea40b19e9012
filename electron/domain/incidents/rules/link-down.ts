// The cable or the network card had no link.
import { tell, type Told } from '../../../common/told';
import { badnessIn, isMeasured, linkDownAt, lossIn, seconds } from '../incident-facts';
import { Case, type Rule } from '../rule';

export const linkDown: Rule = (facts) => {
  const found = new Case('link-down', tell`Look at the card’s counter of carrier changes, and at the switch’s lights, when it happens again.`, tell`Change the cable or the switch port; turn off energy saving of the network card (Energy-Efficient Ethernet).`);
  const own = linkDownAt(facts, 'self');
  const others = (['host', 'vmhost'] as const).map((source) => ({ source, at: linkDownAt(facts, source) })).find(({ at }) => at !== null);
  if (own !== null) found.add(0.93, tell`This machine’s network card had no link ${seconds(own)} into the trace.`);
  else if (others) found.add(0.9, noLink(others.source, seconds(others.at ?? 0)));
  else {
    const told = facts.trace.telemetry.some(({ source, linkUp }) => source === 'self' && typeof linkUp === 'boolean');
    const silent = (['gateway', 'peer', 'host'] as const).filter((target) => (lossIn(facts, target, facts.troubleBins) ?? 0) > 0.95);
    if (told || silent.length < 2 || !silent.includes('gateway')) return null;
    found.add(0.5, tell`Nobody outside this machine answered, all at the same time.`);
    if (isMeasured(facts, 'self') && (badnessIn(facts, 'self', facts.troubleBins) ?? 0) < 0.2) found.add(0.2, tell`This machine itself answered as always.`);
    if (facts.series.some(({ target, lateCount }) => target === 'gateway' && lateCount > 0)) found.doubt(0.5, tell`Some answers came late: a link that is down keeps none.`);
  }
  if (facts.troubleBins.length === 0) found.doubt(0.5, tell`No probe was lost at that time.`);
  return found.close();
};

function noLink(source: 'host' | 'vmhost', at: Told): Told {
  return source === 'host' ? tell`The network card of the host had no link ${at} into the trace.` : tell`The network card of the VM host had no link ${at} into the trace.`;
}
