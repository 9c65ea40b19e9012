// Packets come in another order than they were sent, which a stream takes for loss.
import { tell, type Told } from '../../../common/told';
import { lossIn, percent, seriesOf } from '../incident-facts';
import type { ProbeSeries } from '../probe-series';
import { Case, type Rule } from '../rule';

const saysReordering = /leaving (speculative RFI|fast audio recovery) mode|out of order|reorder/i;
const saysLoss = /unrecoverable frame|network dropped|waiting for IDR|invalidate reference/i;

export const packetReordering: Rule = (facts) => {
  const found = new Case('packet-reordering', tell`Send numbered packets both ways (iperf3 -u prints what came out of order), first over a plain cable.`, tell`Look for bonded links, several paths, packet inspection and energy-saving switches between the two; keep error correction at 20 % or more.`);
  const ratio = Math.max(0, ...(['host', 'port'] as const).flatMap((target) => seriesOf(facts, target)).map(reorderedInSpan));
  const elsewhere = Math.max(0, ...(['gateway', 'peer', 'vmhost'] as const).flatMap((target) => seriesOf(facts, target)).map(reorderedInSpan));
  if (ratio >= 0.004) found.add(ratio >= 0.02 ? 0.85 : 0.6, tell`${percentFine(ratio)} of the answers came out of order.`);
  else if (elsewhere >= 0.01) found.add(0.4, tell`${percentFine(elsewhere)} of the answers of others came out of order.`);
  const said = facts.trace.client.find(({ text }) => typeof text === 'string' && saysReordering.test(text));
  if (said) found.add(0.6, tell`The client says so: “${short(said.text ?? '')}”.`);
  const lost = facts.trace.client.filter(({ text }) => typeof text === 'string' && saysLoss.test(text)).length;
  if ((ratio >= 0.004 || said) && lost >= 2) found.add(0.2, tell`It gave up ${lost} frames.`);
  const loss = lossIn(facts, 'host', facts.troubleBins);
  if (facts.hostBins.length > 2 && loss !== null && loss > 0.3) found.doubt(0.4, tell`${percent(loss)} of the probes were lost, which is more than a wrong order.`);
  return found.close();
};

/** Of the answers from the first to the last one that came out of order; a few of them are weather. */
function reorderedInSpan({ samples }: ProbeSeries): number {
  const marked = samples.flatMap(({ reordered }, index) => (reordered === true ? [index] : []));
  const [first = 0, last = 0] = [marked[0], marked.at(-1)];
  return marked.length < 3 ? 0 : marked.length / (last - first + 1);
}

function percentFine(share: number): Told {
  return tell`${Math.round(share * 1_000) / 10} %`;
}

function short(text: string): string {
  return text.length > 120 ? `${text.slice(0, 117)}…` : text;
}
