// The machine that the host runs on had too little processor time for it.
import { tell } from '../../../common/told';
import { badnessIn, gauge, lossIn, ms, percent, worstIn } from '../incident-facts';
import { Case, type Rule } from '../rule';

export const vmHostCpuPressure: Rule = (facts) => {
  const { troubleBins } = facts;
  const found = new Case('vm-host-cpu-pressure', tell`Watch PSI and steal on the VM host while it happens; stop the other guests for an evening and compare.`, tell`Pin the VM’s processors, keep others off them, and move backups and builds of the VM host to other hours.`);
  const steal = gauge(facts, 'host', 'stealPct');
  const psi = gauge(facts, 'vmhost', 'psiCpu');
  const guest = gauge(facts, 'host', 'psiCpu');
  if (rose(steal, 4)) found.add(0.75, tell`The VM was denied ${Math.round(steal.inTrouble ?? 0)} % of its processor time (steal).`);
  if (rose(psi, 15)) found.add(0.72, tell`Programs on the VM host waited for the processor (PSI ${Math.round(psi.inTrouble ?? 0)} %).`);
  if (rose(guest, 20)) found.add(0.3, tell`Programs in the host waited for the processor (PSI ${Math.round(guest.inTrouble ?? 0)} %).`);
  const host = badnessIn(facts, 'host', troubleBins) ?? badnessIn(facts, 'port', troubleBins);
  const vmHost = badnessIn(facts, 'vmhost', troubleBins);
  const gateway = badnessIn(facts, 'gateway', troubleBins);
  const loss = lossIn(facts, 'host', troubleBins);
  if (host !== null && host >= 0.3) {
    const worst = worstIn(facts, 'host', troubleBins);
    if (vmHost !== null && vmHost >= 0.1 && (gateway ?? 0) < 0.25) found.add(0.35, tell`The VM host was bad as well (${percent(vmHost)} of that time), though less.`);
    if (loss !== null && loss < 0.25 && worst !== null && worst > 30 && (gateway ?? 0) < 0.25) found.add(0.25, tell`The host answered late (${ms(worst)}) rather than not at all.`);
    if (gateway !== null && gateway >= 0.4) found.doubt(0.5, tell`The gateway was bad at the same time.`);
  } else if (facts.hostBins.length === 0) found.doubt(0.4, tell`The host answered as always.`);
  const peer = badnessIn(facts, 'peer', troubleBins);
  if (peer !== null && peer >= 0.4) found.doubt(0.5, tell`So was a peer that does not run there.`);
  if (vmHost !== null && vmHost < 0.05 && psi.inTrouble !== null && psi.inTrouble < 8 && (steal.inTrouble ?? 0) < 3) found.doubt(0.5, tell`The VM host was at ease.`);
  return found.close();
};

function rose({ inTrouble, outside }: ReturnType<typeof gauge>, from: number): boolean {
  return inTrouble !== null && inTrouble >= from && inTrouble > 2.5 * (outside ?? 0);
}
