// The host went to sleep, or was turned off.
import { tell } from '../../../common/told';
import { badnessIn, lossIn, seconds, seriesOf } from '../incident-facts';
import { Case, type Rule } from '../rule';
import { restarted } from './host-app-ended';

export const hostAsleep: Rule = (facts) => {
  const { host } = facts.trace;
  const found = new Case('host-asleep', tell`The host’s power settings and its log of the last sleep tell who sent it there.`, tell`Turn off sleep while a stream is on; most streaming hosts have a setting for that.`);
  const asleep = host.find(({ state }) => state === 'asleep');
  const loss = lossIn(facts, 'host', facts.hostBins);
  const silentToEnd = endsSilent(facts);
  if (asleep) found.add(0.85, tell`It was held to sleep ${seconds(asleep.tMs)} into the trace.`);
  else {
    if (loss === null || loss < 0.9 || !silentToEnd || facts.hostBins.length < 8) return null;
    found.add(0.3, tell`It stopped answering altogether, and stayed so.`);
    if (host.some(({ state }) => state === 'unreachable')) found.add(0.1, tell`Its service did not answer either.`);
  }
  if (loss !== null && loss > 0.9) found.add(0.2, tell`It answered nothing since.`);
  const gateway = badnessIn(facts, 'gateway', facts.hostBins);
  const vmHost = badnessIn(facts, 'vmhost', facts.hostBins);
  if (gateway !== null && gateway < 0.2) found.add(0.2, tell`The gateway answered as always.`);
  else if (gateway !== null && gateway >= 0.5) found.doubt(0.5, tell`The gateway was gone as well.`);
  if (vmHost !== null && vmHost < 0.2) found.add(0.15, tell`So did the machine that it runs on.`);
  else if (vmHost !== null && vmHost >= 0.5) found.doubt(0.3, tell`The machine that it runs on was gone as well.`);
  if (restarted(host)) found.doubt(0.75, tell`It was started anew when it came back.`);
  return found.close();
};

/** The last answers of the host came before the last eighth of the trace. */
function endsSilent(facts: Parameters<Rule>[0]): boolean {
  const last = Math.max(-1, ...seriesOf(facts, 'host').map(({ samples }) => [...samples].reverse().find(({ rttMs }) => rttMs !== null)?.tMs ?? -1));
  const end = Math.max(0, ...seriesOf(facts, 'host').map(({ samples }) => samples.at(-1)?.tMs ?? 0));
  return end - last > Math.max(5_000, end / 8);
}
