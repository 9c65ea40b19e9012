// A link was full: the stream shared a network card with something that took all of it.
import { tell, type Told } from '../../../common/told';
import { badnessIn, counted, gauge, ms, percent, worstIn, type IncidentFacts } from '../incident-facts';
import type { TraceSource } from '../../../common/trace';
import { Case, type Rule } from '../rule';

const names: Readonly<Record<TraceSource, Told>> = { self: tell`this machine`, host: tell`the host`, vmhost: tell`the VM host` };

export const nicContention: Rule = (facts) => {
  if (facts.troubleBins.length === 0) return null;
  const found = new Case('nic-contention', tell`Watch the rates of that card while it happens: backups and NFS show as long plateaus.`, tell`Give the storage traffic a card or a VLAN of its own, limit its rate, or shape it (fq_codel, CAKE).`);
  const full = (['vmhost', 'host', 'self'] as const).map((source) => ({ source, use: utilisation(facts, source) })).sort((one, other) => other.use.share - one.use.share)[0];
  if (full && full.use.share >= 0.75) {
    found.add(full.use.share >= 0.85 ? 0.8 : 0.55, tell`The card of ${names[full.source]} was ${percent(Math.min(1, full.use.share))} full (${full.use.direction}).`);
  } else {
    const jump = (['vmhost', 'host', 'self'] as const).map((source) => ({ source, times: jumped(facts, source) })).sort((one, other) => other.times - one.times)[0];
    if (jump && jump.times >= 4) found.add(0.4, tell`The traffic of ${names[jump.source]} was ${Math.round(jump.times)} times as much as before.`);
  }
  for (const source of ['self', 'host', 'vmhost'] as const) {
    const dropped = counted(facts, source, 'rxDrops').inTrouble + counted(facts, source, 'txDrops').inTrouble;
    if (dropped >= 10) found.add(facts.hostBins.length > 0 ? 0.5 : 0.35, tell`${Math.round(dropped)} packets were dropped at the card of ${names[source]}.`);
  }
  const worst = worstIn(facts, 'host', facts.troubleBins);
  const hadTraffic = (full?.use.share ?? 0) >= 0.75;
  if (hadTraffic && worst !== null && worst >= 5 && worst <= 400) found.add(0.2, tell`Round trips rose to ${ms(worst)}, as in a queue that is full.`);
  const told = facts.trace.telemetry.some(({ rxBps, txBps }) => typeof rxBps === 'number' || typeof txBps === 'number');
  if (told && !hadTraffic && full && full.use.known && full.use.share < 0.4) found.doubt(0.5, tell`No card was more than ${percent(full.use.share)} full.`);
  if ((badnessIn(facts, 'self', facts.troubleBins) ?? 0) >= 0.3) found.doubt(0.5, tell`This machine’s own loop was late as well.`);
  return found.close();
};

/** Of network cards and switches, in bits a second. */
const usualSpeeds = [1e8, 1e9, 2.5e9, 5e9, 1e10];

function utilisation(facts: IncidentFacts, source: TraceSource): { readonly share: number; readonly direction: Told; readonly known: boolean } {
  const { linkBps } = facts.trace.meta;
  const rx = gauge(facts, source, 'rxBps');
  const tx = gauge(facts, source, 'txBps');
  if (rx.inTrouble === null && tx.inTrouble === null) return { share: 0, direction: tell``, known: false };
  const receives = (rx.inTrouble ?? 0) >= (tx.inTrouble ?? 0);
  const { inTrouble, outside } = receives ? rx : tx;
  const direction = receives ? tell`receiving` : tell`sending`;
  // The link of the trace is this machine's; others' may be slower, and show as a plateau just below a usual speed.
  const rose = (inTrouble ?? 0) > 2.5 * (outside ?? 0);
  const plateau = usualSpeeds.map((speed) => (inTrouble ?? 0) / speed).find((share) => share >= 0.87 && share <= 1);
  if (rose && plateau !== undefined) return { share: plateau, direction, known: true };
  return linkBps === undefined ? { share: 0, direction, known: false } : { share: (inTrouble ?? 0) / linkBps, direction, known: true };
}

/** Traffic in the trouble as a multiple of that outside of it, where it is much of the link. */
function jumped(facts: IncidentFacts, source: TraceSource): number {
  const times = (['rxBps', 'txBps'] as const).map((key) => {
    const { inTrouble, outside } = gauge(facts, source, key);
    return inTrouble === null || outside === null || inTrouble < 100_000_000 ? 0 : inTrouble / Math.max(outside, 1_000_000);
  });
  return Math.max(...times);
}
