// The session journal on disk: whose records are whose, and what outlives a process.
import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir, uptime } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { emptyJournal, JournalFile, journalSchema } from '../../../../electron/adapters/store/journal-file';
import { JsonRecordFile } from '../../../../electron/adapters/store/json-record-file';
import { SystemClock } from '../../../../electron/adapters/system-clock';
import { journalRecordSchema } from '../../../../electron/domain/session/journal';
import { SilentLog } from '../../../fakes/silent-log';

const place = { directory: '' };
beforeEach(async () => {
  place.directory = await mkdtemp(join(tmpdir(), 'athena-journal-'));
});
afterEach(() => rm(place.directory, { recursive: true, force: true }));

const path = (): string => join(place.directory, 'journal.json');
const record = (sessionId: string): ReturnType<typeof journalRecordSchema.parse> =>
  journalRecordSchema.parse({ sessionId, entryId: 'game', hostId: 'rig', name: 'Game', streamedAtMs: 5_000 });

function journal(pid = process.pid, nowMs: () => number = Date.now): JournalFile {
  return new JournalFile(new JsonRecordFile(path(), journalSchema, emptyJournal, new SystemClock(), new SilentLog()), nowMs, pid);
}

/** The id of a process that was there and is gone. */
async function deadPid(): Promise<number> {
  const child = spawn(process.execPath, ['-e', '']);
  await once(child, 'exit');
  return child.pid ?? 0;
}

async function onDisk(): Promise<string[]> {
  const { records } = journalSchema.parse(JSON.parse(await readFile(path(), 'utf8')));
  return records.map(({ record: { sessionId } }) => sessionId);
}

describe('the journal on disk', () => {
  it('is empty where there is none', async () => {
    expect(await journal().takeLeft()).toEqual([]);
  });

  it('hands over what a dead process left, and only that', async () => {
    await journal(await deadPid()).save([record('dead')]);
    await journal(process.ppid).save([record('alive')]);
    const own = journal();
    expect((await own.takeLeft()).map(({ sessionId }) => sessionId)).toEqual(['dead']);
    await own.save([record('mine')]);
    expect((await onDisk()).sort()).toEqual(['alive', 'mine']);
  });

  it('keeps what a dead process left while nobody has looked for it', async () => {
    await journal(await deadPid()).save([record('dead')]);
    await journal().save([record('mine')]);
    expect((await onDisk()).sort()).toEqual(['dead', 'mine']);
  });

  it('does not take a process of this start of the machine for one of an earlier start', async () => {
    const beforeBootMs = Date.now() - uptime() * 1_000 - 3_600_000;
    await journal(process.ppid, () => beforeBootMs).save([record('before')]);
    expect((await journal().takeLeft()).map(({ sessionId }) => sessionId)).toEqual(['before']);
  });

  it('that is broken is set aside, and the next session is written down all the same', async () => {
    await writeFile(path(), '{"version":1,"records":[{"pid":"x"}]}');
    const own = journal();
    expect(await own.takeLeft()).toEqual([]);
    await own.save([record('mine')]);
    expect(await onDisk()).toEqual(['mine']);
  });
});
