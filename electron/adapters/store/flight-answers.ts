// Answers the flight recorder's questions from its store.
import type Database from 'libsql';
import type { ChangeMark, Comparison, ExportFormat, Incident, IncidentId, IncidentSummary, RecordedLane } from '../../common/incident';
import { failure, success, type Result } from '../../common/result';
import type { VantagePoint } from '../../common/vantage';
import { compareSides, sideLengths } from '../../domain/incidents/comparison';
import type { RecordedQuestion } from '../../domain/incidents/flight-recorder';
import type { IncidentRequest } from '../../domain/incidents/incident-keeper';
import { recordIncident } from '../../domain/incidents/incident-record';
import { incidentReport } from '../../domain/incidents/report';
import type { FlightFile } from './flight-file';
import { addChange, dropChange, dropIncident, listChanges, listIncidents, putIncident, readIncident, unendedIncidents, type KeptIncident } from './flight-incidents';
import { lanesOf, readRecorded, sumLane } from './flight-lanes';
import { readPoints, readSpikes, readStretch, unknownPoint } from './flight-stretch';
import { joinLanes, joinStretches } from './flight-joining';

/** What a process that died has left is looked at so far from its beginning, in milliseconds. */
const longestIncidentMs = 15 * 60_000;
const aroundMs = 60_000;

/** All of them throw what the disk says. */
export class FlightAnswers {
  constructor(
    private readonly file: FlightFile,
    private readonly nowMs: () => number,
  ) {}

  incidents(): Result<IncidentSummary[]> {
    const found = new Map(this.read(listIncidents).flat().map((summary) => [summary.id, summary]));
    return success([...found.values()].sort((one, other) => other.beganAtMs - one.beganAtMs));
  }

  incident(id: IncidentId): Result<Incident> {
    const found = this.find(id);
    return found ? success(found.incident) : noIncident();
  }

  report(id: IncidentId, format: ExportFormat): Result<string> {
    const found = this.find(id);
    return found ? success(incidentReport(found.incident, found.trace, format)) : noIncident();
  }

  vantages(): Result<VantagePoint[]> {
    const points = this.read((database) => {
      const known = readPoints(database);
      const measured = database.prepare('SELECT DISTINCT vantage FROM lane').raw().all() as (readonly [VantagePoint['id']])[];
      return measured.map(([id]) => known.get(id) ?? unknownPoint(id));
    });
    const byId = new Map(points.flat().map((point) => [point.id, point]));
    return success([...byId.values()].sort((one, other) => (one.name < other.name ? -1 : 1)));
  }

  recorded(question: RecordedQuestion): Result<RecordedLane[]> {
    return success(joinLanes(this.read((database) => readRecorded(database, question))));
  }

  changes(): Result<ChangeMark[]> {
    return success(this.read(listChanges).flat());
  }

  markChange(text: string): Result<ChangeMark> {
    return success(this.file.change(this.nowMs(), (database) => addChange(database, this.nowMs(), text)));
  }

  forgetChange(id: number): Result<undefined> {
    return this.file.change(this.nowMs(), (database) => dropChange(database, id)) ? success(undefined) : noChange();
  }

  compare(changeId: number): Result<Comparison[]> {
    const nowMs = this.nowMs();
    const compared = this.read((database) => compareIn(database, changeId, nowMs)).find((answer) => answer !== null);
    return compared ? success(compared) : noChange();
  }

  /** @returns its summary with its cause */
  keepIncident({ fromMs, toMs, replaces, isJudged, ...about }: IncidentRequest): Result<IncidentSummary> {
    const stretch = joinStretches(this.read((database) => readStretch(database, fromMs, toMs)), fromMs, toMs);
    const recorded = recordIncident(stretch, about, isJudged);
    const { summary } = recorded.incident;
    this.file.change(this.nowMs(), (database) => {
      putIncident(database, recorded, about, summary.endedAtMs === null ? process.pid : null);
      if (replaces !== null) dropIncident(database, replaces);
    });
    return success(summary);
  }

  /** Ends what a process that is dead by now had begun. @param isAlive whether a process of this id runs */
  finishLeft(isAlive: (pid: number) => boolean): IncidentSummary[] {
    const left = this.read(unendedIncidents).flat().filter(({ writer }) => writer === process.pid || !isAlive(writer));
    return left.flatMap(({ about }) => {
      const { beganAtMs } = about.summary;
      const fromMs = beganAtMs - aroundMs;
      const known = joinStretches(this.read((database) => readStretch(database, fromMs, beganAtMs + longestIncidentMs)), fromMs, beganAtMs + longestIncidentMs);
      const lastMs = Math.max(beganAtMs, ...known.lanes.map(({ atMs }) => atMs.at(-1) ?? 0), ...known.sessions.map(({ mark }) => mark.atMs));
      const finished = this.keepIncident({ ...about, summary: { ...about.summary, endedAtMs: lastMs }, fromMs, toMs: lastMs + 1, replaces: null, isJudged: true });
      return finished.ok ? [finished.value] : [];
    });
  }

  private find(id: IncidentId): KeptIncident | undefined {
    return this.read((database) => readIncident(database, id)).find((one) => one !== null) ?? undefined;
  }

  private read<T>(ask: (database: Database.Database) => T): T[] {
    return this.file.read(this.nowMs(), ask);
  }
}

function compareIn(database: Database.Database, changeId: number, nowMs: number): Comparison[] | null {
  const change = listChanges(database).find(({ id }) => id === changeId);
  if (!change) return null;
  const lanes = lanesOf(database, [...new Set((database.prepare('SELECT vantage FROM lane').raw().all() as (readonly [VantagePoint['id']])[]).map(([id]) => id))]);
  const { beforeMs, afterMs } = sideLengths(change.atMs, nowMs);
  return lanes.flatMap((lane) => {
    const sideOf = (fromMs: number, toMs: number): Parameters<typeof compareSides>[1] => ({
      ...sumLane(database, lane, fromMs, toMs),
      spikes: readSpikes(database, fromMs, toMs).filter(({ vantage, probe }) => vantage === lane.vantage && probe === lane.probe).length,
    });
    const before = sideOf(change.atMs - beforeMs, change.atMs);
    const after = sideOf(change.atMs, change.atMs + afterMs);
    if (before.bucket.sent + after.bucket.sent === 0) return [];
    return [compareSides({ change, vantage: lane.vantage, probe: lane.probe }, before, after)];
  });
}

function noIncident(): ReturnType<typeof failure> {
  return failure('not-found', 'There is no such incident.', 'Look at the list for its id; the oldest are let go of.');
}

function noChange(): ReturnType<typeof failure> {
  return failure('not-found', 'There is no such mark.', 'Look at the list of changes.');
}
