// This machine itself did not keep up: all that it measures looks slow, itself included.
import { tell, type Told } from '../../../common/told';
import { badnessIn, gauge, isMeasured, ms, percent, worstIn } from '../incident-facts';
import { Case, type Rule } from '../rule';

export const clientMachineBusy: Rule = (facts) => {
  const { troubleBins, isOwnTrouble } = facts;
  if (troubleBins.length === 0) return null;
  const found = new Case('client-machine-busy', tell`Watch the processor load of this machine when it happens again; the process list names the program.`, tell`End or postpone what loads this machine (updates, virus scans, other games), or give the stream client a higher priority.`);
  const self = badnessIn(facts, 'self', troubleBins);
  const psi = { cpu: gauge(facts, 'self', 'psiCpu'), io: gauge(facts, 'self', 'psiIo'), memory: gauge(facts, 'self', 'psiMemory') };
  if (self !== null && self >= 0.2) {
    found.add(0.72, tell`This machine’s own loop was late in ${percent(self)} of that time${worst(worstIn(facts, 'self', troubleBins))}.`);
  }
  for (const [name, { inTrouble, outside }] of Object.entries(psi)) {
    if (inTrouble !== null && inTrouble >= 15 && inTrouble > 3 * (outside ?? 0)) {
      found.add(self !== null && self >= 0.3 ? 0.65 : 0.5, tell`Programs on this machine waited for ${name === 'cpu' ? tell`the processor` : name === 'io' ? tell`its disk` : tell`memory`} (PSI ${Math.round(inTrouble)} %).`);
    }
  }
  const others = (['gateway', 'peer', 'vmhost'] as const).flatMap((target) => badnessIn(facts, target, troubleBins) ?? []);
  if (self === null && others.length >= 2 && others.every((badness) => badness >= 0.3)) found.add(0.3, tell`All that it measures was bad at the same time.`);
  const gateway = badnessIn(facts, 'gateway', troubleBins);
  const peer = badnessIn(facts, 'peer', troubleBins);
  // An echo is timed by the kernel: where nothing but this machine was late, the others' quick answers are no counter-evidence.
  if (isOwnTrouble) return found.close();
  if (gateway !== null && gateway < 0.2) found.doubt(0.5, tell`The gateway answered this machine as always.`);
  if (peer !== null && peer < 0.2) found.doubt(0.4, tell`The peer answered this machine as always.`);
  if (isMeasured(facts, 'self') && self !== null && self < 0.1) found.doubt(0.7, tell`This machine’s own loop ran as always.`);
  return found.close();
};

function worst(value: number | null): Told {
  return value === null ? tell`` : tell`, by ${ms(value)}`;
}
