// All words of the network page.
import type { ProbeKind } from '../../../electron/common/latency';
import type { Comparison, IncidentKind } from '../../../electron/common/incident';
import type { Tone } from '../../ui/tone';

export const texts = {
  title: 'Network',
  ranges: 'Range of time',
  scales: 'Scale',
  shown: 'Shown',
  board: 'Latency of every vantage point, on one axis of time',
  live: 'Live, sample by sample',
  recorded: 'Recorded: the line is the typical answer (p50), the bands reach to p95 and p99, the dashes are the slowest',
  lost: 'Lost',
  beside: 'Service port',
  nothingTitle: 'Nothing is measured yet',
  nothingLead: 'Athena measures this machine, the gateway, a neighbour and every host as soon as it knows one host. Add one, and the lines begin.',
  addHost: 'Add a host',
  allHidden: 'Every lane is switched off. Switch one on above.',
  noSamples: 'No samples in this time',
  reading: 'Reading …',
  notRecorded: 'Nothing was recorded in this time',
  isReset: 'This is the whole range already.',
  readAgain: 'Try again',
  keys: 'Drag to zoom, Shift and drag to move along, double-click to go back. By keys: Enter on the graph, then the arrows.',
  incidentsTitle: 'Incidents in this time',
  noIncidents: 'None.',
  allIncidents: 'All incidents',
  changesTitle: 'I changed something',
  changesLead: 'A new cable, a setting, a driver: note it now, and Athena compares before and after.',
  changeField: 'What did you change?',
  changePlaceholder: 'New switch in the attic',
  changeLong: 'At most 200 characters.',
  mark: 'Mark it now',
  noChanges: 'Nothing noted yet.',
  compare: 'Before and after',
  fold: 'Fold up',
  forget: 'Forget',
  forgetSure: 'Really forget it?',
  olderChanges: (count: number) => `${count} older`,
  nothingToCompare: 'Nothing was measured around this change, so there is nothing to compare.',
} as const;

export const rangeTexts = { '1m': '1 min', '5m': '5 min', '10m': '10 min', '1h': '1 h', '24h': '24 h', '7d': '7 days', '30d': '30 days', '1y': '1 year' } as const;
export const scaleTexts = { own: 'Each its own', same: 'Same for all', log: 'Powers of ten' } as const;

export const probeTexts: Readonly<Record<ProbeKind, string>> = { icmp: 'echo', tcp: 'service port', http: 'web answer', loop: 'its own clock' };

export const incidentLabels: Readonly<Record<IncidentKind, string>> = { interruption: 'interruption', stall: 'stall', spike: 'spike', 'loss-burst': 'losses' };

export const verdictLooks: Readonly<Record<Comparison['verdict'], { readonly text: string; readonly tone: Tone }>> = {
  better: { text: 'Better', tone: 'good' },
  worse: { text: 'Worse', tone: 'bad' },
  'no-difference': { text: 'No difference', tone: 'neutral' },
  'too-little': { text: 'Too early to say', tone: 'neutral' },
};
