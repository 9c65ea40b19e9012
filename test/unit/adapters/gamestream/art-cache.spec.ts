// The cover cache on a real disk: asked once, kept whole, bounded, and quiet towards hosts that refuse.
import { mkdtemp, mkdir, readdir, readFile, rm, stat, symlink, utimes, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { ArtCache, type ArtCacheParts } from '../../../../electron/adapters/gamestream/art-cache';
import { hostIdSchema, type HostId } from '../../../../electron/common/ids';
import { failure, success, type FailureKind, type Result } from '../../../../electron/common/result';
import type { GameStreamAccess } from '../../../../electron/domain/hosts/gamestream-host';
import { drawPng } from '../../../../electron/practice/gamestream/png-picture';
import { FakeClock } from '../../../fakes/fake-clock';
import { SilentLog } from '../../../fakes/silent-log';

const rig = hostIdSchema.parse('rig');
const attic = hostIdSchema.parse('attic');
const png = drawPng(30, 40, [200, 100, 50]);
const access: GameStreamAccess = { address: '192.0.2.1', httpPort: 47_989, certificatePem: 'pem' };

class CoverHost {
  readonly asked: number[] = [];
  open = 0;
  mostOpen = 0;
  answer: (appId: number) => Promise<Result<Uint8Array>> = async () => success(png);

  readonly art = async (_access: GameStreamAccess, appId: number): Promise<Result<Uint8Array>> => {
    this.asked.push(appId);
    this.open++;
    this.mostOpen = Math.max(this.mostOpen, this.open);
    try {
      return await this.answer(appId);
    } finally {
      this.open--;
    }
  };
}

const context = { directory: '' };
const clock = { now: new FakeClock() };

beforeEach(async () => {
  context.directory = await mkdtemp(join(tmpdir(), 'athena-art-'));
  clock.now = new FakeClock();
});
afterEach(() => rm(context.directory, { recursive: true, force: true }));

function cacheOn(host: CoverHost, parts: Partial<ArtCacheParts> = {}): ArtCache {
  return new ArtCache({
    directory: join(context.directory, 'boxart'),
    port: host,
    source: (hostId: HostId) => ({ uniqueId: `ID-OF-${hostId.toUpperCase()}`, access }),
    clock: clock.now,
    log: new SilentLog(),
    ...parts,
  });
}

const fileOf = (appId: number): string => join(context.directory, 'boxart', 'ID-OF-RIG', `${appId}.png`);
const refused = (kind: FailureKind): Result<never> => failure(kind, 'm', 'a');

describe('a cover', () => {
  it('is asked of the host once, kept under its identity, and read from disk by the next Athena', async () => {
    const host = new CoverHost();
    expect(await cacheOn(host).read(rig, 7)).toEqual({ ok: true, value: png });
    expect(await readFile(fileOf(7))).toEqual(png);
    expect((await stat(fileOf(7))).mode & 0o777).toBe(0o600);
    expect(await cacheOn(host).read(rig, 7)).toEqual({ ok: true, value: png });
    expect(host.asked).toEqual([7]);
  });

  it('wanted by many tiles at once is asked for once', async () => {
    const host = new CoverHost();
    const cache = cacheOn(host);
    const answers = await Promise.all(Array.from({ length: 20 }, () => cache.read(rig, 7)));
    expect(answers.every(({ ok }) => ok)).toBe(true);
    expect(host.asked).toEqual([7]);
  });

  it.each([
    ['cut off', png.subarray(0, png.length - 20)],
    ['emptied', Buffer.alloc(0)],
    ['something else', Buffer.from('<html>')],
    ['with a length that leads nowhere', Buffer.concat([png.subarray(0, 33), Buffer.from([0xff, 0xff, 0xff, 0xff]), png.subarray(37)])],
  ])('whose file is %s is fetched anew', async (_name, broken) => {
    const host = new CoverHost();
    await mkdir(join(context.directory, 'boxart', 'ID-OF-RIG'), { recursive: true });
    await writeFile(fileOf(7), broken);
    expect(await cacheOn(host).read(rig, 7)).toEqual({ ok: true, value: png });
    expect(await readFile(fileOf(7))).toEqual(png);
  });

  it('that comes broken is not kept, and not asked for again at once', async () => {
    const host = new CoverHost();
    host.answer = async () => success(png.subarray(0, png.length - 20));
    const cache = cacheOn(host);
    expect(await cache.read(rig, 7)).toMatchObject({ failure: { kind: 'bad-answer' } });
    expect(await cache.read(rig, 7)).toMatchObject({ failure: { kind: 'bad-answer' } });
    expect(host.asked).toEqual([7]);
    await expect(stat(fileOf(7))).rejects.toThrow('ENOENT');
  });

  it.each([
    [130, 180],
    [628, 888],
  ])('of %d by %d pixels is what hosts hand out for none', async (widthPx, heightPx) => {
    const host = new CoverHost();
    host.answer = async () => success(drawPng(widthPx, heightPx, [1, 2, 3]));
    const cache = cacheOn(host);
    expect(await cache.read(rig, 7)).toMatchObject({ failure: { kind: 'not-found' } });
    expect(await cache.read(rig, 7)).toMatchObject({ failure: { kind: 'not-found' } });
    expect(host.asked).toEqual([7]);
    await expect(stat(fileOf(7))).rejects.toThrow('ENOENT');
  });

  it('of a host that calls itself a way out of the folder stays inside it', async () => {
    const cache = cacheOn(new CoverHost(), { source: () => ({ uniqueId: '../../../outside', access }) });
    expect((await cache.read(rig, 7)).ok).toBe(true);
    expect(await readdir(context.directory)).toEqual(['boxart']);
    const [folder = ''] = await readdir(join(context.directory, 'boxart'));
    expect(folder).toMatch(/^[0-9a-f]{64}$/);
  });

  it('of a host that nobody knows is not found', async () => {
    const host = new CoverHost();
    expect(await cacheOn(host, { source: () => null }).read(rig, 7)).toMatchObject({ failure: { kind: 'not-found' } });
    expect(host.asked).toEqual([]);
  });

  it('is shown although it cannot be kept', async () => {
    const log = new SilentLog();
    await writeFile(join(context.directory, 'boxart'), 'a file where the folder should be');
    expect(await cacheOn(new CoverHost(), { log }).read(rig, 7)).toEqual({ ok: true, value: png });
    expect(log.heard.filter(({ level }) => level === 'warn').length).toBeGreaterThan(0);
  });
});

describe('a host that is off', () => {
  it('is asked by four tiles of ten thousand, and again after a minute', async () => {
    const host = new CoverHost();
    host.answer = async () => refused('host-unreachable');
    const cache = cacheOn(host);
    const answers = await Promise.all(Array.from({ length: 10_000 }, (_, appId) => cache.read(rig, appId)));
    expect(answers.some(({ ok }) => ok)).toBe(false);
    expect(host.asked.length).toBeLessThanOrEqual(4);
    clock.now.advance(59_000);
    expect((await cache.read(rig, 5)).ok).toBe(false);
    expect(host.asked.length).toBeLessThanOrEqual(4);
    host.answer = async () => success(png);
    clock.now.advance(1_001);
    expect((await cache.read(rig, 5)).ok).toBe(true);
  });

  it('does not hold up the covers of others, nor those on disk', async () => {
    const host = new CoverHost();
    await cacheOn(host).read(rig, 1);
    const cache = cacheOn(host);
    host.answer = async (appId) => (appId === 2 ? refused('timed-out') : success(png));
    expect((await cache.read(rig, 2)).ok).toBe(false);
    expect((await cache.read(rig, 3)).ok).toBe(false);
    expect((await cache.read(rig, 1)).ok).toBe(true);
    expect((await cache.read(attic, 3)).ok).toBe(true);
  });

  it('is not what one bad cover makes of it', async () => {
    const host = new CoverHost();
    host.answer = async (appId) => (appId === 2 ? refused('bad-answer') : success(png));
    const cache = cacheOn(host);
    expect((await cache.read(rig, 2)).ok).toBe(false);
    expect((await cache.read(rig, 3)).ok).toBe(true);
    await cache.read(rig, 2);
    expect(host.asked).toEqual([2, 3]);
  });

  it('and not paired is not asked at all', async () => {
    const host = new CoverHost();
    const cache = cacheOn(host, { source: () => ({ uniqueId: 'X', access: { ...access, certificatePem: null } }) });
    expect(await cache.read(rig, 2)).toMatchObject({ failure: { kind: 'not-paired' } });
    expect(host.asked).toEqual([]);
  });
});

describe('many covers', () => {
  it('are asked for four at a time, and what was scrolled past comes last or not at all', async () => {
    const host = new CoverHost();
    host.answer = async () => {
      await new Promise((resolve) => setTimeout(resolve, 1));
      return success(png);
    };
    const cache = cacheOn(host);
    const answers = await Promise.all(Array.from({ length: 300 }, (_, appId) => cache.read(rig, appId)));
    expect(host.mostOpen).toBe(4);
    const droppedCount = answers.filter((answer) => !answer.ok && answer.failure.kind === 'cancelled').length;
    expect(droppedCount).toBeGreaterThan(0);
    expect(droppedCount).toBeLessThanOrEqual(300 - 4 - 200);
    expect(host.asked).toContain(299);
    // Dropped, not refused: looked at again, it comes.
    const [dropped = -1] = answers.flatMap(({ ok }, appId) => (ok ? [] : [appId]));
    expect((await cache.read(rig, dropped)).ok).toBe(true);
  });

  it('make room for each other: the ones used longest ago go, links are no way out', async () => {
    const host = new CoverHost();
    const folder = join(context.directory, 'boxart', 'ID-OF-RIG');
    await mkdir(folder, { recursive: true });
    const outside = join(context.directory, 'mine');
    await mkdir(outside);
    await writeFile(join(outside, 'letter.txt'), 'keep me');
    await symlink(outside, join(context.directory, 'boxart', 'link'));
    const old = (clock.now.nowMs() - 1_000_000_000) / 1_000;
    for (const appId of [1, 2, 3]) {
      await writeFile(fileOf(appId), png);
      await utimes(fileOf(appId), old + appId, old + appId);
    }
    const cache = cacheOn(host, { limitBytes: png.length * 3.5 });
    await cache.read(rig, 1);
    await cache.read(rig, 4);
    expect((await readdir(folder)).sort()).toEqual(['1.png', '3.png', '4.png']);
    expect(await readdir(outside)).toEqual(['letter.txt']);
    expect(host.asked).toEqual([4]);
  });
});
