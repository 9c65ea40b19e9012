// settings.json on a real disk: edited in place, set aside when it is broken, never written over when nothing could be kept.
import { mkdir, mkdtemp, readdir, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { SettingsFile } from '../../../../electron/adapters/store/settings-file';
import { FakeClock } from '../../../fakes/fake-clock';

const place = { directory: '', file: '' };

beforeEach(async () => {
  place.directory = await mkdtemp(join(tmpdir(), 'athena-settings-'));
  place.file = join(place.directory, 'athena', 'settings.json');
  await mkdir(join(place.directory, 'athena'));
});

afterEach(async () => {
  await rm(place.directory, { recursive: true });
});

const open = (): SettingsFile => new SettingsFile(place.file, new FakeClock());
const text = (): Promise<string> => readFile(place.file, 'utf8');
const names = (): Promise<string[]> => readdir(join(place.directory, 'athena'));

describe('settings.json', () => {
  it('need not be there, and holds only what was chosen', async () => {
    expect(await open().load()).toEqual({ chosen: {}, troubles: [] });
    await open().change({ theme: 'light', zoomPercent: 125 });
    expect(JSON.parse(await text())).toEqual({ version: 1, theme: 'light', zoomPercent: 125 });
    expect((await open().load()).chosen).toEqual({ theme: 'light', zoomPercent: 125 });
    await open().change({ theme: undefined });
    expect(JSON.parse(await text())).toEqual({ version: 1, zoomPercent: 125 });
  });

  it('keeps comments, order, what is not valid, and what somebody wrote while Athena ran', async () => {
    const file = open();
    await file.load();
    await writeFile(place.file, '{\n  // for the TV\n  "zoomPercent": 150, // large\n  "theme": "sepia",\n  "later": [1],\n}\n');
    const stored = await file.change({ sounds: true });
    expect(stored.chosen).toEqual({ zoomPercent: 150, sounds: true });
    expect(stored.troubles.map(({ message }) => message).join(' ')).toMatch(/"theme" cannot be "sepia".*no setting "later"/);
    expect(await text()).toMatch(/for the TV[^]*large[^]*"theme": "sepia"[^]*"later": \[\s*1\s*\][^]*"sounds": true/);
    expect(await names()).toEqual(['settings.json']);
  });

  it('of a later Athena keeps its version and what is not known here', async () => {
    await writeFile(place.file, '{ "version": 7, "theme": "sepia", "glow": 3 }');
    expect(await open().load()).toEqual({ chosen: {}, troubles: [] });
    await open().change({ zoomPercent: 90 });
    expect(JSON.parse(await text())).toEqual({ version: 7, theme: 'sepia', glow: 3, zoomPercent: 90 });
  });

  it.each([
    ['{ "theme": "light", "zoomPercent": ', /JSON from line 1/],
    ['\0\0\0\0', /be read as JSON/],
    ['[]', /no settings/],
    ['', /be read as JSON/],
  ])('that is broken (%j) is set aside once, told of, and begun anew with the first change', async (broken, why) => {
    await writeFile(place.file, broken);
    const file = open();
    const { troubles } = await file.load();
    await file.load();
    expect(troubles).toHaveLength(1);
    expect(troubles[0]?.message).toMatch(why);
    const copies = (await names()).filter((name) => name !== 'settings.json');
    expect(copies).toHaveLength(1);
    expect(troubles[0]?.keptAs).toBe(join(place.directory, 'athena', copies[0] ?? ''));
    expect(await readFile(troubles[0]?.keptAs ?? '', 'utf8')).toBe(broken);
    const after = await file.change({ sounds: true });
    expect(after.chosen.sounds).toBe(true);
    // Where the copy lies is still told when the file is whole again.
    expect(after.troubles).toEqual(troubles);
    expect((await open().load()).troubles).toEqual([]);
  });

  it('keeps of a broken file what stands before the break', async () => {
    await writeFile(place.file, '{ "theme": "light", "zoomPercent": 150, "sounds": tru');
    expect((await open().load()).chosen).toMatchObject({ theme: 'light', zoomPercent: 150 });
    await open().change({ sounds: true });
    expect(JSON.parse(await text())).toEqual({ version: 1, theme: 'light', zoomPercent: 150, sounds: true });
  });

  it('that is no file is neither read nor written over', async () => {
    await mkdir(place.file);
    const file = open();
    expect((await file.load()).troubles[0]?.message).toContain('cannot be read');
    await expect(file.change({ sounds: true })).rejects.toThrow();
    expect(await readdir(place.file)).toEqual([]);
  });

  it('that is broken stays when no copy of it can be kept', async () => {
    await writeFile(place.file, '{ broken');
    // Where copies are looked for, something lies that can't be read; root writes into any directory.
    await mkdir(join(place.directory, 'athena', 'settings.broken-x.json'));
    await expect(open().change({ sounds: true })).rejects.toThrow('no copy');
    expect(await text()).toBe('{ broken');
  });

  it('tells whether it could be written', async () => {
    const told: string[] = [];
    const troubles = { failed: (file: string) => void told.push(`failed ${file}`), worked: (file: string) => void told.push(`worked ${file}`) };
    const file = new SettingsFile(place.file, new FakeClock(), troubles);
    await file.change({ sounds: true });
    // The longest name there is: the file beside it, which is written first, would have a longer one.
    const long = join(place.directory, `${'s'.repeat(250)}.json`);
    const blocked = new SettingsFile(long, new FakeClock(), troubles);
    await expect(blocked.change({ sounds: true })).rejects.toThrow();
    expect(told).toEqual([`worked ${place.file}`, `failed ${long}`]);
  });
});
