// A disk that is really full: a file system of 64 KiB, so that every layer meets the kernel's own refusal.
import { spawnSync } from 'node:child_process';
import { mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { describe, expect, it, onTestFinished, vi } from 'vitest';
import { createFileLog } from '../../../electron/adapters/log/file-log';
import { emptyHistory, HistoryFile, historySchema } from '../../../electron/adapters/store/history-file';
import { emptyJournal, JournalFile, journalSchema } from '../../../electron/adapters/store/journal-file';
import { JsonRecordFile } from '../../../electron/adapters/store/json-record-file';
import { SystemClock } from '../../../electron/adapters/system-clock';
import { entryIdSchema, hostIdSchema, sessionIdSchema } from '../../../electron/common/ids';
import { WriteTroubles } from '../../../electron/domain/write-troubles';
import { SilentLog } from '../../fakes/silent-log';

const canMount = process.platform === 'linux' && process.getuid?.() === 0 && spawnSync('mount', ['--version']).status === 0;

async function tinyDisk(): Promise<string> {
  const place = await mkdtemp(join(tmpdir(), 'athena-disk-'));
  const mounted = spawnSync('mount', ['-t', 'tmpfs', '-o', 'size=64k', 'tmpfs', place]);
  onTestFinished(async () => {
    spawnSync('umount', [place]);
    await rm(place, { recursive: true, force: true });
  });
  if (mounted.status !== 0) throw new Error(`no tmpfs: ${String(mounted.stderr)}`);
  return place;
}

async function fill(place: string): Promise<void> {
  for (let size = 65_536; size >= 1; size = Math.floor(size / 4)) {
    await writeFile(join(place, `ballast-${size}`), 'x'.repeat(size)).catch(() => undefined); // until nothing more fits
  }
}

const empty = async (place: string): Promise<void> => {
  for (let size = 65_536; size >= 1; size = Math.floor(size / 4)) await rm(join(place, `ballast-${size}`), { force: true });
};

const record = (name: string) => ({
  ...{ sessionId: sessionIdSchema.parse('s1'), entryId: entryIdSchema.parse('desk'), hostId: hostIdSchema.parse('rig') },
  ...{ name, streamedAtMs: 1_000 },
});

describe.runIf(canMount)('a full disk', () => {
  it('keeps the files as they were, is told once, and is forgotten when there is room again', async () => {
    const place = await tinyDisk();
    const log = new SilentLog();
    const troubles = new WriteTroubles(log);
    const clock = new SystemClock();
    const told = vi.fn();
    troubles.onChange(told);
    const journal = new JournalFile(new JsonRecordFile(join(place, 'journal.json'), journalSchema, emptyJournal, clock, log, troubles), Date.now);
    const history = new HistoryFile(new JsonRecordFile(join(place, 'history.json'), historySchema, emptyHistory, clock, log, troubles));
    await journal.save([record('before')]);
    const before = await readFile(join(place, 'journal.json'), 'utf8');
    await fill(place);
    await expect(journal.save([record('x'.repeat(9_000))])).rejects.toThrow(/ENOSPC/);
    await expect(journal.save([record('x'.repeat(9_000))])).rejects.toThrow(/ENOSPC/);
    await expect(history.change((old) => ({ ...old, usedAtMs: new Map([[entryIdSchema.parse('desk'), 5]]) }))).rejects.toThrow(/ENOSPC/);
    expect(await readFile(join(place, 'journal.json'), 'utf8')).toBe(before);
    expect(told.mock.calls).toEqual([[{ file: join(place, 'journal.json'), message: 'No space is left on its disk.' }]]);
    await empty(place);
    await journal.save([record('after')]);
    await history.change((old) => old);
    await history.change((old) => ({ ...old, usedAtMs: new Map([[entryIdSchema.parse('desk'), 5]]) }));
    expect(troubles.current).toBeNull();
    expect(await readFile(join(place, 'journal.json'), 'utf8')).toContain('after');
  });

  it('swallows log lines without a word on the terminal, tells so, and takes them again later', async () => {
    const place = await tinyDisk();
    const news = { failed: vi.fn(), worked: vi.fn() };
    const printed = vi.spyOn(console, 'error');
    const log = createFileLog(join(place, 'logs'), false, news);
    log.info('before');
    await fill(place);
    log.info('x'.repeat(9_000));
    log.info('y'.repeat(9_000));
    expect(news.failed).toHaveBeenCalledWith(join(place, 'logs', 'athena.log'), expect.any(Error));
    expect(String(news.failed.mock.calls[0]?.[1])).toContain('ENOSPC');
    expect(news.worked).not.toHaveBeenCalled();
    expect(printed).not.toHaveBeenCalled();
    await empty(place);
    log.info('after');
    expect(news.worked).toHaveBeenCalledOnce();
    expect(await readFile(join(place, 'logs', 'athena.log'), 'utf8')).toMatch(/before[^]*after/);
  });

  it('that is read-only is told as such', async () => {
    const place = await tinyDisk();
    expect(spawnSync('mount', ['-o', 'remount,ro', place]).status).toBe(0);
    const log = new SilentLog();
    const troubles = new WriteTroubles(log);
    const file = new JsonRecordFile(join(place, 'journal.json'), journalSchema, emptyJournal, new SystemClock(), log, troubles);
    await expect(new JournalFile(file, Date.now).save([record('x')])).rejects.toThrow(/EROFS/);
    expect(troubles.current?.message).toBe('Its disk is mounted read-only.');
    const news = { failed: vi.fn(), worked: vi.fn() };
    createFileLog(join(place, 'logs'), false, news).info('goes nowhere');
    await expect.poll(() => news.failed.mock.calls.length).toBe(1);
  });
});
