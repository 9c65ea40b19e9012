// All words of the incidents' pages.
import type { IncidentEvent, IncidentKind, IncidentSteps } from '../../../electron/common/incident';
import type { ProbeKind } from '../../../electron/common/latency';

export const texts = {
  title: 'Incidents',
  lead: 'Each time a stream was lost or the network was not as usual, with the probable cause.',
  byHost: 'Host',
  byCause: 'Cause',
  allHosts: 'All hosts',
  allCauses: 'All causes',
  emptyTitle: 'No incidents so far',
  emptyLead: 'When a stream breaks off, stands still, or the network spikes, it is kept here with the minute before and after it, and with its probable cause. There is nothing to switch on.',
  toNetwork: 'Look at the network',
  noMatch: 'No incident of this kind. Choose another host or cause.',
  more: (count: number) => `Show ${count} more`,
  readAgain: 'Try again',
  goesOn: 'goes on',
  notJudged: 'Not judged yet',
  fresh: 'New',
  back: 'All incidents',
  openHost: 'Host page',
  saveHtml: 'Save as page',
  saveJson: 'Save as JSON',
  saveTrace: 'Save as trace',
  copyId: 'Copy id',
  copied: 'Copied',
  notCopied: 'Press it with a key or the mouse to copy',
  verdict: 'Probable cause',
  pending: 'The incident goes on, or has only just ended: it is judged when its last minute is recorded.',
  evidence: 'What speaks for it',
  against: 'What speaks against it',
  confirm: 'To be sure',
  fix: 'To mend it',
  unknownLead: 'Athena has not enough to name a cause, and rather says so than guesses.',
  measureNext: 'What to measure next',
  keepIt: 'Until then',
  others: (count: number) => (count === 1 ? 'One other cause was weighed' : `${count} other causes were weighed`),
  steps: 'What Athena did',
  noSteps: 'Nothing streamed, so there was nothing to bring back.',
  timeLine: 'Time line',
  board: 'What was measured around it, on one axis of time',
  journey: 'What happened',
  nothingHappened: 'Nothing but the measurements.',
  said: (count: number) => `What the client said (${count} lines)`,
  lost: 'This incident is not there any more',
  lostLead: 'Incidents are kept for a year at most, and fewer when the disk is small.',
  reading: 'Reading …',
  isReset: 'All of it is shown already.',
  atOnce: 'at once',
  alsoUnknown: 'Nothing else came near.',
} as const;

export const kindTexts: Readonly<Record<IncidentKind, string>> = { interruption: 'Interruption', stall: 'Stall', spike: 'Latency spike', 'loss-burst': 'Losses' };

export const probeTexts: Readonly<Record<ProbeKind, string>> = { icmp: 'echo', tcp: 'service port', http: 'web answer', loop: 'its own clock' };

export const stepTexts: readonly (readonly [keyof IncidentSteps, string, string])[] = [
  ['detectMs', 'Noticed', 'from the moment it broke'],
  ['pauseMs', 'App paused', 'and verified on the host'],
  ['gateMs', 'Network fit', 'until all answers were as usual'],
  ['reconnectMs', 'Reconnected', 'from the client’s start to the picture'],
  ['resumeMs', 'App ran on', 'count-down included'],
];

export const eventTexts: Readonly<Record<IncidentEvent['kind'], string>> = { mark: 'Athena', client: 'Client', host: 'Host', address: 'Address', change: 'You' };
