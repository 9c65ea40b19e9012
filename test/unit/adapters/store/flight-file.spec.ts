// The flight recorder's store: what is written is read back, sums keep their spikes, and no state of the disk stops it.
import { mkdirSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import Database from 'libsql';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { closeSpans } from '../../../../electron/adapters/store/flight-spans';
import { dropExpired, dropTooMuch, usedBytes } from '../../../../electron/adapters/store/flight-retention';
import { readStretch } from '../../../../electron/adapters/store/flight-stretch';
import { sampleFlags } from '../../../../electron/common/latency';
import { echo, FlightWorld, rigVantage, startMs } from './flight-world';

const place: { world: FlightWorld } = { world: undefined as unknown as FlightWorld };
beforeEach(() => {
  place.world = new FlightWorld();
});
afterEach(() => place.world.end());

const minuteMs = 60_000;
const dayMs = 86_400_000;

describe('samples', () => {
  it('come back as they were told, with late, lost and reordered ones', () => {
    const { world } = place;
    const { store } = world.open();
    store.add([
      { kind: 'samples', batch: { vantage: rigVantage, probe: 'icmp', atMs: [startMs, startMs + 200, startMs + 400], rttMs: [0.5, null, 312.25], flags: [0, 0, sampleFlags.reordered] } },
      { kind: 'samples', batch: { vantage: rigVantage, probe: 'tcp', atMs: [startMs + 50.4], rttMs: [1.5] } },
    ]);
    store.commit(world.nowMs + 1_000);
    store.add([{ kind: 'samples', batch: { vantage: rigVantage, probe: 'icmp', atMs: [startMs + 200], rttMs: [2_500], flags: [sampleFlags.late] } }]);
    const [stretch] = store.read(world.nowMs + 3_000, (database) => readStretch(database, startMs, startMs + minuteMs));
    expect(stretch?.lanes).toEqual([
      expect.objectContaining({ probe: 'icmp', atMs: [startMs, startMs + 200, startMs + 200, startMs + 400], rttMs: [0.5, null, 2_500, 312.25], flags: [0, 0, 1, 2] }),
      expect.objectContaining({ probe: 'tcp', atMs: [startMs + 50], rttMs: [1.5] }),
    ]);
  });

  it('are summed up in pieces that keep the one spike of a day', () => {
    const { world } = place;
    const { store, answers } = world.open();
    for (let minute = 0; minute < 30; minute += 1) {
      store.add([{ kind: 'samples', batch: echo(startMs + minute * minuteMs, 60, (index) => (minute === 7 && index === 33 ? 312 : 0.5)) }]);
      store.commit(startMs + (minute + 1) * minuteMs);
    }
    world.nowMs = startMs + 30 * minuteMs;
    const question = { vantages: [rigVantage], fromMs: startMs, toMs: world.nowMs };
    const before = answers.recorded({ ...question, buckets: 180 });
    store.read(world.nowMs, (database) => closeSpans(database, world.nowMs + 10 * minuteMs));
    for (const buckets of [1, 6, 20, 180, 2_000]) {
      const answer = answers.recorded({ ...question, buckets });
      if (!answer.ok) throw new Error(answer.failure.message);
      const [lane] = answer.value;
      expect(lane?.atMs.length).toBeLessThanOrEqual(buckets);
      expect(Math.max(...(lane?.maxMs ?? []).map(Number))).toBe(312);
      expect(lane?.sent.reduce((sum, count) => sum + count, 0)).toBe(30 * 300);
    }
    // Whether spans were made or samples are added up makes no difference.
    expect(answers.recorded({ ...question, buckets: 180 })).toEqual(before);
  });

  it('leave after a day, their buckets after a month and their spans after a year', () => {
    const { world } = place;
    const { store, answers } = world.open();
    store.add([{ kind: 'samples', batch: echo(startMs, 20, (index) => (index === 3 ? 90 : 0.5)) }]);
    store.commit(startMs + 20_000);
    const at = (nowMs: number): void => {
      world.nowMs = nowMs;
      store.read(nowMs, (database) => {
        closeSpans(database, nowMs);
        dropExpired(database, nowMs);
      });
    };
    const lane = (buckets: number, toMs = startMs + 10 * minuteMs): unknown => {
      const answer = answers.recorded({ vantages: [rigVantage], fromMs: startMs, toMs, buckets });
      return answer.ok ? answer.value[0] : answer;
    };
    at(startMs + dayMs / 2);
    expect(lane(600)).toMatchObject({ bucketMs: 1_000 });
    at(startMs + 2 * dayMs);
    expect(lane(600)).toMatchObject({ bucketMs: 10_000, sent: [50, 50], maxMs: [90, 0.5] });
    at(startMs + 31 * dayMs);
    // However fine it is wanted.
    expect(lane(60)).toMatchObject({ bucketMs: 300_000, sent: [100], maxMs: [90] });
    at(startMs + 366 * dayMs);
    expect(lane(2)).toBeUndefined();
  });
});

describe('the file', () => {
  it('is not made by who only reads, and can be read while another writes', () => {
    const { world } = place;
    const reader = world.open();
    expect(reader.answers.incidents()).toEqual({ ok: true, value: [] });
    expect(readdirSync(world.directory)).toEqual([]);
    const writer = world.open();
    writer.store.add([{ kind: 'samples', batch: echo(startMs, 5) }]);
    writer.store.commit(startMs);
    writer.answers.markChange('Another switch');
    expect(reader.answers.changes()).toMatchObject({ ok: true, value: [{ text: 'Another switch' }] });
    expect(reader.answers.recorded({ vantages: [rigVantage], fromMs: startMs, toMs: startMs + 5_000, buckets: 1 })).toMatchObject({ value: [{ sent: [25] }] });
  });

  it('that is broken is set aside, and recording goes on in a new one', () => {
    const { world } = place;
    mkdirSync(dirname(world.file), { recursive: true });
    writeFileSync(world.file, 'no database, '.repeat(1_000));
    const { store, answers } = world.open();
    store.add([{ kind: 'samples', batch: echo(startMs, 5) }]);
    store.commit(startMs);
    expect(world.troubles).toEqual([expect.stringContaining('broken file aside')]);
    const aside = readdirSync(dirname(world.file)).find((name) => name.includes('.broken-2026-11-23'));
    expect(readFileSync(join(dirname(world.file), aside ?? 'none'), 'utf8')).toContain('no database');
    expect(answers.recorded({ vantages: [rigVantage], fromMs: startMs, toMs: startMs + 5_000, buckets: 1 })).toMatchObject({ value: [{ sent: [25] }] });
    expect(store.isLasting).toBe(true);
  });

  it('that breaks while it is in use is set aside as well', () => {
    const { world } = place;
    const first = world.open();
    first.store.add(Array.from({ length: 50 }, (_, index) => ({ kind: 'samples' as const, batch: echo(startMs + index * 1_000, 1) })));
    first.store.close(startMs);
    const bytes = readFileSync(world.file);
    bytes.fill(0x5a, 4_096);
    writeFileSync(world.file, bytes);
    const { store } = world.open();
    store.add([{ kind: 'samples', batch: echo(startMs, 5) }]);
    store.commit(startMs + 1_000);
    store.tidy(startMs + 1_000);
    expect(world.troubles).toEqual([expect.stringContaining('broken file aside')]);
    expect(store.isLasting).toBe(true);
  });

  it('of a later Athena is left alone', () => {
    const { world } = place;
    mkdirSync(dirname(world.file), { recursive: true });
    const database = new Database(world.file);
    database.exec('PRAGMA user_version = 999; CREATE TABLE tomorrow(x)');
    database.close();
    const before = readFileSync(world.file);
    const { store, answers } = world.open();
    store.add([{ kind: 'samples', batch: echo(startMs, 5) }]);
    store.commit(startMs);
    expect(world.troubles).toEqual([expect.stringContaining('later Athena')]);
    expect(answers.recorded({ vantages: [rigVantage], fromMs: startMs, toMs: startMs + 5_000, buckets: 1 })).toMatchObject({ value: [{ sent: [25] }] });
    expect(readFileSync(world.file).equals(before)).toBe(true);
  });

  it('that the disk refuses is kept in memory, told once, and written when the disk takes it again', () => {
    const { world } = place;
    // A file where the directory should be: also root can't write through it.
    writeFileSync(dirname(world.file), 'in the way');
    const { store, answers } = world.open();
    for (let second = 0; second < 5; second += 1) {
      store.add([{ kind: 'samples', batch: echo(startMs + second * 1_000, 1) }]);
      store.commit(startMs + second * 1_000);
    }
    expect(world.troubles).toEqual([expect.stringContaining('in memory until it can')]);
    expect(store.isLasting).toBe(false);
    const question = { vantages: [rigVantage], fromMs: startMs, toMs: startMs + 100_000, buckets: 1 };
    expect(answers.recorded(question)).toMatchObject({ value: [{ sent: [25] }] });
    answers.markChange('while the disk refused');
    rmSync(dirname(world.file));
    store.add([{ kind: 'samples', batch: echo(startMs + 90_000, 1) }]);
    store.commit(startMs + 90_000);
    expect(world.troubles.at(-1)).toContain('again');
    expect(store.isLasting).toBe(true);
    store.close(startMs + 91_000);
    const after = world.open();
    expect(after.answers.recorded(question)).toMatchObject({ value: [{ sent: [30] }] });
    expect(after.answers.changes()).toMatchObject({ value: [{ text: 'while the disk refused' }] });
  });

  it('stays below its limit: the oldest samples go first, then buckets', () => {
    const { world } = place;
    const { store } = world.open();
    for (let hour = 0; hour < 20; hour += 1) {
      store.add([{ kind: 'samples', batch: echo(startMs + hour * 60 * minuteMs, 1_200, (index) => 0.4 + (index % 97) / 100) }]);
      store.commit(startMs + hour * 60 * minuteMs + 1_200_000);
    }
    const nowMs = startMs + 21 * 60 * minuteMs;
    store.read(nowMs, (database) => {
      closeSpans(database, nowMs);
      const before = usedBytes(database);
      expect(dropTooMuch(database, before * 2, nowMs)).toBeNull();
      expect(dropTooMuch(database, before * 0.6, nowMs)).toBe('samples');
      expect(usedBytes(database)).toBeLessThanOrEqual(before * 0.6);
      const [kept] = database.prepare('SELECT min(until_ms) FROM raw').raw().get() as [number];
      expect(kept).toBeGreaterThan(startMs + 1_200_000);
      // The spans tell of all hours still.
      expect(database.prepare('SELECT min(at_ms) FROM span').raw().get()).toEqual([startMs]);
    });
  });
});
