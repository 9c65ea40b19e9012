// The flight recorder's channels: incidents, recorded latency, and what was changed when.
import type { ExportFormat, IncidentId } from '../common/incident';
import type { SaveFile } from '../domain/incidents/save-file';
import type { Services } from '../domain/services';
import type { Handlers } from './serve';

type IncidentChannel = Extract<keyof Handlers, `incident:${string}` | `change:${string}`> | 'latency:list-vantages' | 'latency:read-recorded';

const endings: Readonly<Record<ExportFormat, string>> = { html: 'html', json: 'json', trace: 'jsonl' };

/** The name that is offered for an incident's file. */
export function exportName(id: IncidentId, format: ExportFormat): string {
  return `athena-incident-${id}.${endings[format]}`;
}

export function incidentHandlers({ recorder }: Pick<Services, 'recorder'>, save: SaveFile): Pick<Handlers, IncidentChannel> {
  return {
    'incident:list': () => recorder.incidents(),
    'incident:read': ({ incidentId }) => recorder.incident(incidentId),
    'incident:export': async ({ incidentId, format }) => {
      const report = await recorder.report(incidentId, format);
      return report.ok ? save(exportName(incidentId, format), report.value) : report;
    },
    'latency:list-vantages': () => recorder.vantages(),
    'latency:read-recorded': (question) => recorder.recorded(question),
    'change:list': () => recorder.changes(),
    'change:mark': ({ text }) => recorder.markChange(text),
    'change:forget': ({ changeId }) => recorder.forgetChange(changeId),
    'change:compare': ({ changeId }) => recorder.compare(changeId),
  };
}
