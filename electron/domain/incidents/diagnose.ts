// Names the probable causes of an incident, best first; it prefers "unknown" to a confident error.
import { listed, tell, type Told } from '../../common/told';
import type { Cause } from '../../common/trace';
import { badnessIn, incidentFacts, isMeasured, isTold, type IncidentFacts } from './incident-facts';
import type { Rule } from './rule';
import { addressStale } from './rules/address-stale';
import { clientCrash } from './rules/client-crash';
import { clientMachineBusy } from './rules/client-machine-busy';
import { duplicateAddress } from './rules/duplicate-address';
import { hostAppEnded } from './rules/host-app-ended';
import { hostAsleep } from './rules/host-asleep';
import { hostEncoderStall } from './rules/host-encoder-stall';
import { hostRebooted } from './rules/host-rebooted';
import { linkDown } from './rules/link-down';
import { nicContention } from './rules/nic-contention';
import { packetReordering } from './rules/packet-reordering';
import { pathMtu } from './rules/path-mtu';
import { periodicJob } from './rules/periodic-job';
import { routerFreeze } from './rules/router-freeze';
import { udpBufferOverrun } from './rules/udp-buffer-overrun';
import { vmHostCpuPressure } from './rules/vm-host-cpu-pressure';
import { wifi } from './rules/wifi';
import type { Trace } from './trace-reader';

export const rules: readonly Rule[] = [
  linkDown,
  clientMachineBusy,
  routerFreeze,
  wifi,
  vmHostCpuPressure,
  nicContention,
  addressStale,
  duplicateAddress,
  packetReordering,
  pathMtu,
  udpBufferOverrun,
  clientCrash,
  hostAppEnded,
  hostEncoderStall,
  hostRebooted,
  hostAsleep,
  periodicJob,
];

/** Below this a cause is a guess, and "unknown" comes first. */
const worthNaming = 0.45;

/** @returns never empty, best first */
export function diagnose(trace: Trace): Cause[] {
  const facts = incidentFacts(trace);
  const found = rules.flatMap((rule) => rule(facts) ?? []).sort((one, other) => other.confidence - one.confidence);
  const [best, second] = found;
  // Two causes that both look sure can't both be it: neither is as sure as it looks.
  const rival = best && second ? Math.max(0, second.confidence - best.confidence + 0.25) : 0;
  const tempered = found.map((cause, index) => (index <= 1 ? { ...cause, confidence: round(cause.confidence * (1 - rival * 0.6)) } : cause));
  const ranked = tempered.filter(({ confidence }) => confidence >= 0.1).sort((one, other) => other.confidence - one.confidence);
  const lead = ranked[0]?.confidence ?? 0;
  const unknown = unknownCause(facts, lead);
  return [...ranked, unknown].sort((one, other) => other.confidence - one.confidence);
}

function unknownCause(facts: IncidentFacts, lead: number): Cause {
  const measured = (['gateway', 'host', 'peer', 'vmhost', 'self'] as const).filter((target) => isMeasured(facts, target));
  const next = nextToMeasure(facts);
  const evidence: readonly Told[] = [
    lead === 0 ? tell`Nothing in this trace speaks for a known cause.` : lead < worthNaming ? tell`What speaks for the causes that are known is weak.` : tell`Something that is not in the table may look the same.`,
    measured.length === 0 ? tell`Measured: nothing.` : tell`Measured: ${listed(measured.map((target) => targetNames[target]))}.`,
  ];
  const confidence = round(Math.max(0.05, lead >= worthNaming ? 0.15 * (1 - lead) : Math.max(lead, 0.6 - lead * 0.5)));
  return { cause: 'unknown', confidence, evidence: [...evidence], against: [], confirm: next, fix: tell`Keep the recorder running: the next incident tells more when the missing vantage points are measured.` };
}

const targetNames = { gateway: tell`gateway`, host: tell`host`, peer: tell`peer`, vmhost: tell`VM host`, self: tell`this machine` } as const;

/** The vantage point whose absence leaves the most open. */
function nextToMeasure(facts: IncidentFacts): Told {
  if (!isMeasured(facts, 'gateway')) return tell`Measure the gateway next: it tells this machine’s side from the host’s.`;
  if (!isMeasured(facts, 'self')) return tell`Measure this machine itself next: a busy one looks like a bad network.`;
  const gateway = badnessIn(facts, 'gateway', facts.troubleBins) ?? 0;
  if (gateway >= 0.4 && !isMeasured(facts, 'peer')) return tell`Measure a peer on the same switch next: it tells the router from the network.`;
  if (gateway < 0.4 && !isMeasured(facts, 'vmhost')) return tell`Measure the machine that the host runs on next.`;
  if (!isTold(facts, 'host')) return tell`Let Athena read the host’s own figures over SSH: pressure, steal, network card.`;
  if (!isTold(facts, 'vmhost')) return tell`Let Athena read the VM host’s figures over SSH: pressure and network card.`;
  return tell`Look into the logs of the host and of the router at that minute.`;
}

function round(value: number): number {
  return Math.round(Math.min(0.98, Math.max(0, value)) * 100) / 100;
}
