// Measures the flight recorder's store: how fast it takes samples, how much room a day needs, and how quickly a year answers.
import { mkdtempSync, rmSync } from 'node:fs';
import { loadavg, tmpdir } from 'node:os';
import { join } from 'node:path';
import Database from 'libsql';
import { FlightAnswers } from '../../electron/adapters/store/flight-answers';
import { FlightFile } from '../../electron/adapters/store/flight-file';
import { bytesOf, openFlightFile } from '../../electron/adapters/store/flight-schema';
import { FlightWriter } from '../../electron/adapters/store/flight-writer';
import type { BenchOptions, BenchOutcome } from './bench';
import { figureOf, hundredths, type Figure } from './figures';
import { dayMs, Noise, oneSecond, perSecond, rttOf, targets, vantages, writeYear } from './store-world';

export const storeAbout = 'insert rate, size of a day and queries over a year of the flight recorder, beside plain rows in the same library';

/** As wide as a graph on a page. */
const buckets = 480;
const insertedSeconds = 1_200;
const queryLimitMs = 50;

interface StoreReport {
  readonly ok: boolean;
  readonly loadBefore: readonly number[];
  readonly insert: { readonly commitMs: Figure; readonly samplesPerSecond: number; readonly timesNeeded: number };
  readonly size: { readonly samplesDayMiB: number; readonly bucketsDayMiB: number; readonly spansYearMiB: number; readonly yearFileMiB: number };
  readonly query: { readonly oneTargetMs: Figure; readonly tenTargetsMs: Figure; readonly tenTargetsTodayMs: Figure; readonly incidentStretchMs: Figure };
  /** A row a sample, summed up by SQL: one day of one target. */
  readonly yardstick: { readonly insertCommitMs: Figure; readonly oneTargetMs: Figure; readonly dayOfOneTargetMiB: number };
  readonly goals: readonly { readonly goal: string; readonly value: number; readonly atMost: number; readonly met: boolean }[];
}

export async function measureStore({ runs, cleanUp, signal, progress }: BenchOptions): Promise<BenchOutcome> {
  const loadBefore = loadavg().map(hundredths);
  const directory = mkdtempSync(join(tmpdir(), 'athena-bench-store-'));
  cleanUp.add(() => rmSync(directory, { recursive: true, force: true }));
  const pause = (): Promise<void> => new Promise((resolve) => setImmediate(resolve));
  const endMs = Math.floor(Date.now() / 1_000) * 1_000;

  progress('inserting ...');
  const inserted = measureInserts(join(directory, 'insert.db'), endMs);
  await pause();
  signal.throwIfAborted();
  const plain = measurePlainRows(join(directory, 'plain.db'), endMs, runs);
  await pause();
  signal.throwIfAborted();
  const yearFile = join(directory, 'year.db');
  writeYear(yearFile, endMs, progress);
  await pause();
  progress('asking ...');
  const query = measureQueries(yearFile, endMs, runs, signal);
  const day = sizeOfDay(inserted.bytes);
  const yearFileMiB = mebibytes(bytesOf(yearFile));
  const { spansYearMiB, bucketsDayMiB } = sizesIn(yearFile);
  const goals = [
    { goal: '24 h of one target, p95', value: query.oneTargetMs.p95Ms, atMost: queryLimitMs, met: query.oneTargetMs.p95Ms <= queryLimitMs },
    { goal: '24 h of ten targets, p95', value: query.tenTargetsMs.p95Ms, atMost: queryLimitMs, met: query.tenTargetsMs.p95Ms <= queryLimitMs },
    { goal: 'the last 24 h of ten targets, p95', value: query.tenTargetsTodayMs.p95Ms, atMost: queryLimitMs, met: query.tenTargetsTodayMs.p95Ms <= queryLimitMs },
  ];
  const report: StoreReport = {
    ok: goals.every(({ met }) => met),
    loadBefore,
    insert: { commitMs: inserted.commitMs, samplesPerSecond: inserted.samplesPerSecond, timesNeeded: Math.round(inserted.samplesPerSecond / (targets * perSecond)) },
    size: { samplesDayMiB: day, bucketsDayMiB, spansYearMiB, yearFileMiB },
    query,
    yardstick: plain,
    goals,
  };
  return { ok: report.ok, report, table: storeTable(report) };
}

function measureInserts(file: string, endMs: number): { readonly commitMs: Figure; readonly samplesPerSecond: number; readonly bytes: number } {
  const database = openFlightFile(file);
  const writer = new FlightWriter(database);
  const noise = new Noise(3);
  const seconds = Array.from({ length: insertedSeconds }, (_, index) => oneSecond(endMs + index * 1_000, noise));
  const commitMs: number[] = [];
  for (const second of seconds) {
    const startMs = performance.now();
    writer.write(second);
    commitMs.push(performance.now() - startMs);
  }
  database.exec('PRAGMA wal_checkpoint(TRUNCATE)');
  database.close();
  const totalMs = commitMs.reduce((sum, ms) => sum + ms, 0);
  return { commitMs: figureOf(commitMs), samplesPerSecond: Math.round((insertedSeconds * targets * perSecond * 1_000) / totalMs), bytes: bytesOf(file) };
}

/** The naive store: what the library itself can do. */
function measurePlainRows(file: string, endMs: number, runs: number): StoreReport['yardstick'] {
  const database = new Database(file);
  database.exec('PRAGMA journal_mode = WAL; PRAGMA synchronous = NORMAL; CREATE TABLE sample(target INTEGER, at_ms INTEGER, rtt REAL, PRIMARY KEY(target, at_ms)) WITHOUT ROWID');
  const put = database.prepare('INSERT INTO sample VALUES (?, ?, ?)');
  const noise = new Noise(3);
  const insertCommitMs: number[] = [];
  const fromMs = endMs - dayMs;
  for (let second = 0; second < dayMs / 1_000; second += 1) {
    // The commit of each second is measured for as many as the recorder's own; the rest of the day only has to be there.
    const isMeasured = second < insertedSeconds;
    const startMs = performance.now();
    if (isMeasured || second % 600 === 0) database.exec('BEGIN');
    for (let target = 0; target < (isMeasured ? targets : 1); target += 1) {
      for (let index = 0; index < perSecond; index += 1) put.run([target, fromMs + second * 1_000 + index * 200, rttOf(noise)]);
    }
    if (isMeasured || second % 600 === 599) database.exec('COMMIT');
    if (isMeasured) insertCommitMs.push(performance.now() - startMs);
  }
  database.exec('DELETE FROM sample WHERE target > 0');
  const ask = database.prepare('SELECT CAST((at_ms - ?) / ? AS INTEGER) piece, count(*), count(rtt), min(rtt), avg(rtt), max(rtt) FROM sample WHERE target = 0 AND at_ms >= ? AND at_ms < ? GROUP BY piece');
  const oneTargetMs = timesOf(Math.min(runs, 20), () => {
    const rows = ask.all([fromMs, dayMs / buckets, fromMs, endMs]);
    if (rows.length !== buckets) throw new Error(`the yardstick answered in ${rows.length} pieces`);
  });
  database.exec('VACUUM');
  database.exec('PRAGMA wal_checkpoint(TRUNCATE)');
  database.close();
  return { insertCommitMs: figureOf(insertCommitMs), oneTargetMs: figureOf(oneTargetMs), dayOfOneTargetMiB: mebibytes(bytesOf(file)) };
}

function measureQueries(file: string, endMs: number, runs: number, signal: AbortSignal): StoreReport['query'] {
  const store = new FlightFile(file, { limitBytes: Number.MAX_SAFE_INTEGER, onTrouble: (message) => void process.stderr.write(`${message}\n`) });
  // As in the window: the file is open, and written to.
  store.add(oneSecond(endMs, new Noise(5)));
  store.commit(endMs + 1_000);
  const answers = new FlightAnswers(store, () => endMs + 1_000);
  const noise = new Noise(11);
  const ask = (wanted: readonly (typeof vantages)[number][], toMs: number): void => {
    signal.throwIfAborted();
    const answer = answers.recorded({ vantages: wanted, fromMs: toMs - dayMs, toMs, buckets });
    if (!answer.ok || answer.value.length !== wanted.length || answer.value.some(({ atMs, sent }) => atMs.length < 200 || sent.every((count) => count === 0))) {
      throw new Error('a day was answered without its samples');
    }
  };
  const someDay = (): number => endMs - Math.floor(noise.next() * 363) * dayMs - Math.floor(noise.next() * dayMs);
  const query = {
    oneTargetMs: figureOf(timesOf(runs, () => ask(vantages.slice(3, 4), someDay()))),
    tenTargetsMs: figureOf(timesOf(runs, () => ask(vantages, someDay()))),
    tenTargetsTodayMs: figureOf(timesOf(runs, () => ask(vantages, endMs))),
    incidentStretchMs: figureOf(
      timesOf(Math.min(runs, 20), () => {
        const at = endMs - Math.floor(noise.next() * 20) * 3_600_000;
        const lanes = answers.recorded({ vantages, fromMs: at - 120_000, toMs: at, buckets: 1_200 });
        if (!lanes.ok || lanes.value.length !== targets) throw new Error('two minutes were answered without their samples');
      }),
    ),
  };
  store.close(endMs + 2_000);
  return query;
}

function timesOf(runs: number, act: () => void): number[] {
  act();
  return Array.from({ length: runs }, () => {
    const startMs = performance.now();
    act();
    return performance.now() - startMs;
  });
}

/** MiB that samples and telemetry of a day need, from those of the inserted stretch. */
function sizeOfDay(bytes: number): number {
  return mebibytes((bytes * dayMs) / 1_000 / insertedSeconds);
}

function sizesIn(file: string): { readonly spansYearMiB: number; readonly bucketsDayMiB: number } {
  const database = openFlightFile(file);
  const [summaries] = database.prepare('SELECT sum(length(summary)) FROM span').raw().get() as readonly [number];
  const [details, days] = database.prepare('SELECT sum(length(body)), count(*) / 2880.0 FROM bucket').raw().get() as readonly [number, number];
  database.close();
  return { spansYearMiB: mebibytes(summaries), bucketsDayMiB: mebibytes(details / days) };
}

function mebibytes(bytes: number): number {
  return hundredths(bytes / 1_024 ** 2);
}

function storeTable({ insert, size, query, yardstick, goals }: StoreReport): string {
  const line = (name: string, { medianMs, p95Ms, maxMs }: Figure): string => `  ${name.padEnd(44)} ${medianMs.toFixed(2).padStart(9)} ${p95Ms.toFixed(2).padStart(9)} ${maxMs.toFixed(2).padStart(9)}`;
  return [
    `${' '.repeat(46)} median ms    p95 ms    max ms`,
    line('a second of ten targets, committed', insert.commitMs),
    line('  the same as plain rows', yardstick.insertCommitMs),
    line('24 h of one target in a year', query.oneTargetMs),
    line('  the same from plain rows', yardstick.oneTargetMs),
    line('24 h of ten targets in a year', query.tenTargetsMs),
    line('the last 24 h of ten targets', query.tenTargetsTodayMs),
    line('two minutes of ten targets, every sample', query.incidentStretchMs),
    '',
    `  ${insert.samplesPerSecond} samples a second, ${insert.timesNeeded} times what ten targets at 5 Hz make`,
    `  a day: ${size.samplesDayMiB} MiB of samples and telemetry, ${size.bucketsDayMiB} MiB of buckets (one target as plain rows: ${yardstick.dayOfOneTargetMiB} MiB)`,
    `  a year: ${size.spansYearMiB} MiB of spans; the whole file ${size.yearFileMiB} MiB`,
    '',
    ...goals.map(({ goal, value, atMost, met }) => `  ${met ? 'met   ' : 'MISSED'} ${goal}: ${value} ms, at most ${atMost} ms`),
  ].join('\n');
}
