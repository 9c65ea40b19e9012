// The host's picture stood still while everything between was fine.
import { tell } from '../../../common/told';
import { badnessIn, counted, fellTo, highest, percent, seconds, wasBadBefore } from '../incident-facts';
import { Case, type Rule } from '../rule';

const saysWaiting = /waiting for IDR|IDR frame request|no frames? (received|for)|frame (timeout|stalled)|encoder|capture/i;

export const hostEncoderStall: Rule = (facts) => {
  const { client, host } = facts.trace;
  const found = new Case('host-encoder-stall', tell`Look into the log of the streaming host and at the load of its graphics card at that minute.`, tell`Update the graphics driver and the streaming host, cap the game’s frames, and leave the encoder some room.`);
  const stall = client.find(({ event }) => event === 'stall');
  const waits = client.filter(({ event, text }) => event === 'line' && typeof text === 'string' && saysWaiting.test(text));
  const first = stall ?? waits[0];
  if (!first) return null;
  const wasBad = wasBadBefore(facts, first.tMs, 6_000);
  // What a frozen picture leaves is the sound: a fraction of the bytes. Lost frames alone make a client ask, too.
  const flow = fellTo(facts, 'self', 'rxBps', first.tMs - 4_000, first.tMs + 8_000) ?? fellTo(facts, 'host', 'txBps', first.tMs - 4_000, first.tMs + 8_000);
  if (stall) found.add(0.5, tell`The picture stood still ${seconds(stall.tMs)} into the trace.`);
  if (waits.length >= 3) found.add(0.2, tell`The client asked ${waits.length} times for a whole picture.`);
  else if (waits.length > 0) found.add(0.05, tell`The client waited for a whole picture.`);
  if (flow !== null && flow < 0.3) found.add(0.6, tell`The stream’s bytes fell to ${percent(flow)} of what is usual.`);
  else if (flow !== null) found.doubt(0.6, tell`The bytes kept flowing (${percent(Math.min(1, flow))} of what is usual).`);
  if (wasBad) found.doubt(0.6, tell`The way to the host was bad in the seconds before.`);
  else if (stall || (flow !== null && flow < 0.3)) found.add(0.3, tell`The way to the host was fine.`);
  if (host.some(({ state, tMs }) => state === 'busy' && tMs >= first.tMs - 2_000) && !wasBad) found.add(0.1, tell`The host says that the app runs on.`);
  const drops = (['self', 'host', 'vmhost'] as const).reduce((sum, source) => sum + counted(facts, source, 'rxDrops').all + counted(facts, source, 'txDrops').all, 0);
  if (drops >= 20) found.doubt(0.5, tell`${Math.round(drops)} packets were dropped at a network card.`);
  if (highest(facts, 'self', 'psiCpu') >= 30 || highest(facts, 'self', 'psiIo') >= 30 || highest(facts, 'self', 'psiMemory') >= 30) found.doubt(0.4, tell`This machine was short of something at that time.`);
  if (highest(facts, 'host', 'stealPct') >= 6 || highest(facts, 'vmhost', 'psiCpu') >= 24) found.doubt(0.4, tell`The VM was short of processor time.`);
  if (host.some(({ state }) => state === 'unreachable' || state === 'asleep')) found.doubt(0.6, tell`The host itself was gone for a while.`);
  if (counted(facts, 'self', 'udpRcvErrors').all >= 5) found.doubt(0.6, tell`This machine threw packets away at that time.`);
  if (facts.series.some(({ reorderedRatio }) => reorderedRatio > 0.004)) found.doubt(0.7, tell`Packets came out of order.`);
  const self = badnessIn(facts, 'self', facts.troubleBins);
  if (self !== null && self >= 0.3) found.doubt(0.5, tell`This machine’s own loop was late.`);
  return found.close();
};
