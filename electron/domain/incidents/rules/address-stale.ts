// The name or the address leads elsewhere by now: DHCP, dynamic DNS or a table of neighbours is behind.
import { tell } from '../../../common/told';
import { changesOf, flips, hostAddresses } from '../host-addresses';
import { lossIn, seconds } from '../incident-facts';
import { Case, type Rule } from '../rule';

export const addressStale: Rule = (facts) => {
  const lines = hostAddresses(facts);
  const [ip, mac, identity, certificate] = (['ip', 'mac', 'uniqueId', 'certSha256'] as const).map((key) => changesOf(lines, key)) as [
    ReturnType<typeof changesOf>,
    ReturnType<typeof changesOf>,
    ReturnType<typeof changesOf>,
    ReturnType<typeof changesOf>,
  ];
  const found = new Case('address-stale', tell`Ask the router for its leases and reservations, and compare them with what the name leads to.`, tell`Give the host a fixed address in the router, and remove old entries of dynamic DNS.`);
  if (ip[0]) found.add(0.8, tell`Its name leads to ${ip[0].to} since ${seconds(ip[0].tMs)}, before that to ${ip[0].from}.`);
  if (identity[0]) found.add(0.75, tell`Another host answers at its address by now: its identity is another one.`);
  if (mac[0] && flips(mac) === 0) found.add(ip.length > 0 || identity.length > 0 ? 0.4 : 0.6, tell`The address belongs to another network card since ${seconds(mac[0].tMs)}.`);
  if (certificate[0] && identity.length > 0) found.add(0.3, tell`It shows another certificate as well.`);
  const loss = lossIn(facts, 'host', facts.troubleBins);
  if (loss !== null && loss > 0.6) found.add(0.15, tell`The old address does not answer any more.`);
  if (flips(mac) >= 2) found.doubt(0.7, tell`The address went back and forth between two machines.`);
  if (facts.troubleBins.length === 0 && facts.trace.client.every(({ event }) => event === 'line' || event === 'stage')) found.doubt(0.4, tell`Nothing was lost at that time.`);
  return found.close();
};
