// Packets arrived and were thrown away at the last step: the receive buffer of this machine was full.
import { tell } from '../../../common/told';
import { badnessIn, counted, gauge, type IncidentFacts } from '../incident-facts';
import { Case, type Rule } from '../rule';

export const udpBufferOverrun: Rule = (facts) => {
  const { all, inTrouble } = counted(facts, 'self', 'udpRcvErrors');
  const found = new Case('udp-buffer-overrun', tell`Watch “receive buffer errors” of \`netstat -su\` while it happens.`, tell`Allow larger buffers (net.core.rmem_max of 4 MB or more), and lower the bitrate if it stays.`);
  if (all < 5) return null;
  found.add(all >= 50 ? 0.85 : 0.65, tell`This machine threw ${Math.round(all)} UDP packets away for want of buffer.`);
  const dropped = facts.trace.client.filter(({ text, event }) => event === 'poor' || (typeof text === 'string' && /network dropped|unrecoverable frame|waiting for IDR|queue overflow/i.test(text))).length;
  if (dropped > 0) found.add(0.3, tell`The client missed frames at that time.`);
  if (facts.hostBins.length === 0) found.add(0.3, tell`The probes to the host were answered as always.`);
  else if (inTrouble < all * 0.3) found.doubt(0.4, tell`It did not happen while the probes were bad.`);
  else found.doubt(0.2, tell`The probes were bad as well, which a full buffer alone does not explain.`);
  const psi = Math.max(gauge(facts, 'self', 'psiCpu').inTrouble ?? 0, gauge(facts, 'self', 'psiIo').inTrouble ?? 0, gauge(facts, 'self', 'psiMemory').inTrouble ?? 0);
  if (psi >= 20) found.doubt(0.55, tell`Programs on this machine waited at that time (PSI ${Math.round(psi)} %): the buffer was full because nobody emptied it.`);
  if (all < 30 && isSteady(facts)) found.doubt(0.7, tell`It happened all the time, a little.`);
  const self = badnessIn(facts, 'self', facts.troubleBins);
  if (self !== null && self >= 0.3) found.doubt(0.5, tell`This machine’s own loop was late as well.`);
  return found.close();
};

/** A counter that grows a little in most of the trace tells of no moment. */
function isSteady({ trace }: IncidentFacts): boolean {
  const told = trace.telemetry.filter(({ source, udpRcvErrors }) => source === 'self' && typeof udpRcvErrors === 'number');
  const grew = told.flatMap(({ udpRcvErrors, tMs }, index) => (index > 0 && Number(udpRcvErrors) > Number(told[index - 1]?.udpRcvErrors) ? [tMs] : []));
  const [first, last] = [grew[0], grew.at(-1)];
  const lengthMs = (told.at(-1)?.tMs ?? 0) - (told[0]?.tMs ?? 0);
  return first !== undefined && last !== undefined && grew.length >= 3 && last - first > lengthMs * 0.6;
}
