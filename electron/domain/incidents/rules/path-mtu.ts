// Small packets get through and large ones don't: some link on the way takes less than the two ends believe.
import { tell } from '../../../common/told';
import { lossIn, percent, seriesOf, type IncidentFacts } from '../incident-facts';
import { Case, type Rule } from '../rule';

const saysMtu = /\bMTU\b|fragment|message too long|EMSGSIZE|packet too big/i;
const saysNoPicture = /lack of video traffic|lack of a successful|no video/i;

export const pathMtu: Rule = (facts) => {
  const found = new Case('path-mtu', tell`Ping the host with 1472 bytes and fragmentation forbidden (ping -M do -s 1472): small ones answer, that one does not.`, tell`Set the same MTU at both ends and on every switch and VPN between, or lower the stream’s packet size to 1024.`);
  const said = facts.trace.client.find(({ text }) => typeof text === 'string' && saysMtu.test(text));
  if (said) found.add(0.6, tell`The client says so: “${(said.text ?? '').slice(0, 120)}”.`);
  const small = smallLoss(facts);
  const http = httpLoss(facts);
  const isSmallFine = small !== null && small < 0.05;
  if (http !== null && http > 0.3 && isSmallFine) found.add(0.72, tell`${percent(http)} of the long answers (HTTP) were lost, and next to none of the short ones.`);
  const noPicture = facts.trace.client.find(({ event, code, text }) => (event === 'terminated' && (code === -100 || code === -101)) || (typeof text === 'string' && saysNoPicture.test(text)));
  if (noPicture && isSmallFine) found.add(http !== null && http > 0.3 ? 0.5 : 0.45, tell`The stream’s large packets brought no whole picture, while small probes came through.`);
  if (noPicture && !isSmallFine && small !== null) found.doubt(0.4, tell`${percent(small)} of the small probes were lost, too.`);
  if (http !== null && http < 0.02 && !said) found.doubt(0.3, tell`Long answers (HTTP) came through.`);
  return found.close();
};

/** Loss of the short questions to the host over the whole trace. */
function smallLoss(facts: IncidentFacts): number | null {
  const all = seriesOf(facts, 'host').concat(seriesOf(facts, 'port')).filter(({ probe }) => probe === 'icmp' || probe === 'tcp');
  return all.length === 0 ? null : Math.min(...all.map(({ lossRatio }) => lossRatio));
}

function httpLoss(facts: IncidentFacts): number | null {
  const all = seriesOf(facts, 'host').concat(seriesOf(facts, 'port')).filter(({ probe }) => probe === 'http');
  if (all.length === 0) return null;
  const inTrouble = lossIn({ ...facts, series: all }, all[0]?.target ?? 'host', Array.from({ length: facts.bins }, (_, bin) => bin).filter((bin) => all.some(({ loss }) => (loss[bin] ?? 0) > 0)));
  const overall = Math.max(...all.map(({ lossRatio }) => lossRatio));
  return overall > 0.05 ? Math.max(overall, (inTrouble ?? 0) * 0.9) : overall;
}
