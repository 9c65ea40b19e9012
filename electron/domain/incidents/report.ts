// An incident as a file to hand on: a page to read, its facts for programs, or its trace for anybody's diagnosis.
import type { ExportFormat, Incident } from '../../common/incident';
import { assertNever } from '../../common/result';
import { inEnglish } from '../../common/told';
import { reportPage } from './report-page';

/** @param trace as JSON Lines */
export function incidentReport(incident: Incident, trace: string, format: ExportFormat): string {
  switch (format) {
    case 'html':
      return reportPage(incident);
    case 'json':
      return `${JSON.stringify(inEnglish(incident), null, 2)}\n`;
    case 'trace':
      return trace;
    default:
      return assertNever(format);
  }
}
