// The radio: everybody behind it is bad at once, and nobody on this side of it.
import { tell } from '../../../common/told';
import { badnessIn, isMeasured, lossIn, ms, percent, worstIn } from '../incident-facts';
import { Case, type Rule } from '../rule';

export const wifi: Rule = (facts) => {
  const { troubleBins, trace } = facts;
  if (trace.meta.wifi !== true || troubleBins.length === 0) return null;
  const found = new Case('wifi', tell`Put this machine on a cable for one evening: if it is gone, it was the radio.`, tell`Use a cable. Else: 5 or 6 GHz, a channel of its own, and no scans for other networks while streaming.`);
  found.add(0.3, tell`This machine is on Wi-Fi.`);
  const gateway = badnessIn(facts, 'gateway', troubleBins);
  const peer = badnessIn(facts, 'peer', troubleBins);
  if (gateway !== null && gateway >= 0.3) found.add(0.55, tell`The gateway was bad together with the host (${percent(gateway)}).`);
  else if (gateway !== null) found.doubt(0.7, tell`The gateway answered as always, over the same radio.`);
  if (peer !== null && peer >= 0.3) found.add(0.4, tell`So was a peer in the network.`);
  else if (peer !== null && gateway !== null && gateway >= 0.3) found.doubt(0.5, tell`A peer answered as always, over the same radio.`);
  const worst = worstIn(facts, 'gateway', troubleBins);
  if (worst !== null && worst >= 30 && worst <= 600) found.add(0.2, tell`Round trips to the gateway rose to ${ms(worst)}, as during a scan or a roam.`);
  const self = badnessIn(facts, 'self', troubleBins);
  if (self !== null && self >= 0.3) found.doubt(0.7, tell`This machine’s own loop was late as well.`);
  else if (isMeasured(facts, 'self')) found.add(0.15, tell`This machine itself was fine.`);
  if ((lossIn(facts, 'gateway', troubleBins) ?? 0) > 0.97) found.doubt(0.2, tell`Not one answer came through, which is more than the weather of a radio.`);
  if (trace.telemetry.some(({ source, linkUp }) => source === 'self' && linkUp === false)) found.doubt(0.3, tell`The link itself was down.`);
  return found.close();
};
