// Incidents and marks of changes in the flight recorder's store: an incident keeps its own samples, packed, since those of the day go.
import { deflateRawSync, inflateRawSync } from 'node:zlib';
import type Database from 'libsql';
import { incidentSchema, incidentSummarySchema, type ChangeMark, type Incident, type IncidentId, type IncidentSummary } from '../../common/incident';
import type { RecordAbout } from '../../domain/incidents/incident-record';

/** As many as are shown. */
export const mostIncidents = 500;

/** What the trace of an incident names, beside its summary. */
export type IncidentAbout = Pick<RecordAbout, 'clientName' | 'hostAddress'>;

export interface KeptIncident {
  readonly incident: Incident;
  /** As JSON Lines. */
  readonly trace: string;
}

/** An incident that its process has not ended: null, or the process's id. */
export type IncidentWriter = number | null;

/** @throws what the disk says */
export function putIncident(database: Database.Database, { incident, trace }: KeptIncident, { clientName, hostAddress }: IncidentAbout, writer: IncidentWriter): void {
  const { summary } = incident;
  database
    .prepare('INSERT OR REPLACE INTO incident(id, began_ms, writer, summary, about, body, trace) VALUES (?, ?, ?, ?, ?, ?, ?)')
    .run([summary.id, Math.round(summary.beganAtMs), writer, JSON.stringify(summary), JSON.stringify({ clientName, hostAddress }), deflateRawSync(JSON.stringify(incident)), deflateRawSync(trace)]);
}

/** Newest first. */
export function listIncidents(database: Database.Database): IncidentSummary[] {
  const rows = database.prepare('SELECT summary FROM incident ORDER BY began_ms DESC LIMIT ?').raw().all([mostIncidents]) as (readonly [string])[];
  return rows.flatMap(([summary]) => {
    // What a later Athena wrote into it is not known here: it is left out, not shown wrong.
    const parsed = incidentSummarySchema.safeParse(JSON.parse(summary));
    return parsed.success ? [parsed.data] : [];
  });
}

export function readIncident(database: Database.Database, id: IncidentId): KeptIncident | null {
  const row = database.prepare('SELECT body, trace FROM incident WHERE id = ?').raw().get([id]) as readonly [Buffer, Buffer] | undefined;
  if (!row) return null;
  const [body, trace] = row;
  return { incident: incidentSchema.parse(JSON.parse(inflateRawSync(body).toString('utf8'))), trace: inflateRawSync(trace).toString('utf8') };
}

export function dropIncident(database: Database.Database, id: IncidentId): void {
  database.prepare('DELETE FROM incident WHERE id = ?').run([id]);
}

/** Those that a process began and did not end, with that process's id. */
export function unendedIncidents(database: Database.Database): { readonly about: RecordAbout; readonly writer: number }[] {
  const rows = database.prepare('SELECT summary, about, writer FROM incident WHERE writer IS NOT NULL').raw().all() as (readonly [string, string, number])[];
  return rows.flatMap(([summary, about, writer]) => {
    const parsed = incidentSummarySchema.safeParse(JSON.parse(summary));
    return parsed.success ? [{ about: { summary: parsed.data, ...(JSON.parse(about) as IncidentAbout) }, writer }] : [];
  });
}

/** Newest first. */
export function listChanges(database: Database.Database): ChangeMark[] {
  const rows = database.prepare('SELECT id, at_ms, text FROM change ORDER BY at_ms DESC, id DESC').raw().all() as (readonly [number, number, string])[];
  return rows.map(([id, atMs, text]) => ({ id, atMs, text }));
}

export function addChange(database: Database.Database, atMs: number, text: string): ChangeMark {
  const at = Math.round(atMs);
  const { lastInsertRowid } = database.prepare('INSERT INTO change(at_ms, text) VALUES (?, ?)').run([at, text]);
  return { id: Number(lastInsertRowid), atMs: at, text };
}

/** @returns false: there is no such mark */
export function dropChange(database: Database.Database, id: number): boolean {
  return database.prepare('DELETE FROM change WHERE id = ?').run([id]).changes > 0;
}

/** Carries incidents and marks from one store to another, as when a disk takes them again. */
export function copyKept(from: Database.Database, to: Database.Database): void {
  const put = to.prepare('INSERT OR REPLACE INTO incident(id, began_ms, writer, summary, about, body, trace) VALUES (?, ?, ?, ?, ?, ?, ?)');
  for (const row of from.prepare('SELECT id, began_ms, writer, summary, about, body, trace FROM incident').raw().all()) put.run([...(row as unknown[])]);
  for (const { atMs, text } of listChanges(from)) addChange(to, atMs, text);
}
