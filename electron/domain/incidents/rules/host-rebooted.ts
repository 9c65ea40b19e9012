// The host was started anew.
import { tell } from '../../../common/told';
import { badnessIn, lossIn, seconds } from '../incident-facts';
import { Case, type Rule } from '../rule';
import { restarted } from './host-app-ended';

export const hostRebooted: Rule = (facts) => {
  const { host } = facts.trace;
  const found = new Case('host-rebooted', tell`The host’s own log of starts tells why: an update, a crash, a power cut.`, tell`Move automatic updates out of the evening; if it was a crash, look at memory, heat and power.`);
  const anew = restarted(host);
  const gone = host.find(({ state }) => state === 'unreachable' || state === 'asleep');
  const fresh = host.find(({ uptimeS, tMs }) => typeof uptimeS === 'number' && uptimeS < tMs / 1_000);
  if (anew) found.add(0.9, tell`Its time since the start counts from the beginning again.`);
  else if (fresh) found.add(0.75, tell`It was started ${seconds((fresh.uptimeS ?? 0) * 1_000)} before it was asked.`);
  const loss = lossIn(facts, 'host', facts.hostBins);
  if (!anew && !fresh) {
    const back = gone && host.find(({ state, tMs }) => tMs > gone.tMs && state === 'free');
    if (!gone || !back) return null;
    found.add(0.45, tell`It was gone, and came back ${seconds(back.tMs - gone.tMs)} later with no app running.`);
    if (host.some(({ uptimeS }) => typeof uptimeS === 'number')) found.doubt(0.7, tell`Its time since the start counts on.`);
  } else if (gone) found.add(0.3, tell`It was gone for a while.`);
  if (loss !== null && loss > 0.8) found.add(0.2, tell`It answered nothing meanwhile.`);
  const gateway = badnessIn(facts, 'gateway', facts.hostBins);
  if (gateway !== null && gateway < 0.2) found.add(0.2, tell`The gateway answered as always.`);
  else if (gateway !== null && gateway >= 0.5) found.doubt(0.3, tell`The gateway was gone as well.`);
  return found.close();
};
