// The router stood still: all that goes through it was silent at once, and then answered at once.
import { tell } from '../../../common/told';
import { badnessIn, isMeasured, percent, raisedPressure, seriesOf, type IncidentFacts } from '../incident-facts';
import { Case, type Rule } from '../rule';

export const routerFreeze: Rule = (facts) => {
  const { troubleBins } = facts;
  const gatewayBins = gatewayBad(facts);
  if (gatewayBins.length === 0) return null;
  const gateway = badnessIn(facts, 'gateway', troubleBins);
  if (gateway === null || gateway < 0.4) return null;
  const found = new Case('router-freeze', tell`Look at the router’s own load and log at that minute; turn its packet logging off for an evening and compare.`, tell`Turn off packet logging, traffic analysis and the like on the router, update its firmware, or put the host and this machine on one switch.`);
  found.add(0.5, tell`The gateway was bad in ${percent(gateway)} of the seconds in which the host was.`);
  const late = seriesOf(facts, 'gateway').reduce((sum, { lateCount }) => sum + lateCount, 0);
  if (releases(facts)) found.add(0.5, tell`It was silent, and then answered everything at once.`);
  else if (late > 0) found.add(0.2, tell`${late} of its answers came late instead of never.`);
  const peer = badnessIn(facts, 'peer', troubleBins);
  if (peer !== null && peer < 0.25) found.add(0.6, tell`A peer on the same switch answered as always.`);
  else if (peer !== null && peer >= 0.5) found.doubt(facts.trace.meta.wifi === true ? 0.7 : 0.4, tell`The peer on the same switch was bad, too.`);
  const self = badnessIn(facts, 'self', troubleBins);
  if (self !== null && self >= 0.3) found.doubt(0.75, tell`This machine’s own loop was late as well.`);
  else if (isMeasured(facts, 'self')) found.add(0.15, tell`This machine itself was fine.`);
  const psi = raisedPressure(facts, 'self');
  if (psi >= 20) found.doubt(0.55, tell`Programs on this machine waited more than usual at that time (PSI ${Math.round(psi)} %).`);
  if (facts.hostBins.length === 0 && isMeasured(facts, 'host')) found.doubt(0.6, tell`The host answered as always meanwhile.`);
  if (facts.trace.meta.wifi === true) found.doubt(0.35, tell`This machine is on Wi-Fi, which does the same.`);
  if (facts.trace.telemetry.some(({ source, linkUp }) => source === 'self' && linkUp === false)) found.doubt(0.85, tell`This machine had no link at that time.`);
  return found.close();
};

function gatewayBad(facts: IncidentFacts): number[] {
  const bins: number[] = [];
  for (let bin = 0; bin < facts.bins; bin += 1) if ((badnessIn(facts, 'gateway', [bin]) ?? 0) >= 0.4) bins.push(bin);
  return bins;
}

/** Answers to questions of several seconds that came within a fifth of a second: somebody held them, and let go. */
function releases(facts: IncidentFacts): boolean {
  return seriesOf(facts, 'gateway').some(({ samples, badFromMs }) => {
    const held = samples.flatMap(({ tMs, rttMs }) => (rttMs !== null && rttMs > Math.max(300, badFromMs) ? [{ tMs, atMs: tMs + rttMs }] : []));
    return held.some(({ tMs, atMs }) => held.filter((other) => Math.abs(other.atMs - atMs) < 200 && Math.abs(other.tMs - tMs) > 300).length >= 2);
  });
}
