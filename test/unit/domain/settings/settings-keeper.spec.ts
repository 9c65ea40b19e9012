// The settings in force: what was chosen over the defaults, told after it was saved, and left alone when it could not be.
import { beforeEach, describe, expect, it } from 'vitest';
import { defaultSettings, type SettingsView } from '../../../../electron/common/settings';
import { SettingsKeeper } from '../../../../electron/domain/settings/settings-keeper';
import { FakeSettingsStore } from '../../../fakes/fake-settings-store';
import { SilentLog } from '../../../fakes/silent-log';

const place = { store: new FakeSettingsStore(), log: new SilentLog(), heard: [] as SettingsView[] };

async function keeper(): Promise<SettingsKeeper> {
  const settings = new SettingsKeeper(place.store, place.log);
  settings.onChange((view) => place.heard.push(view));
  await settings.load();
  return settings;
}

beforeEach(() => {
  place.store = new FakeSettingsStore();
  place.log = new SilentLog();
  place.heard = [];
});

describe('the settings in force', () => {
  it('are the defaults, and over them what was chosen', async () => {
    place.store.chosen = { zoomPercent: 150 };
    const settings = await keeper();
    expect(settings.values).toEqual({ ...defaultSettings, zoomPercent: 150 });
    expect(settings.view()).toMatchObject({ chosen: ['zoomPercent'], file: place.store.file, troubles: [] });
  });

  it('change when they are saved, go back to the default, and are told each time', async () => {
    const settings = await keeper();
    expect(await settings.set({ theme: 'light', sounds: true })).toMatchObject({ ok: true });
    expect(await settings.reset(['theme'])).toMatchObject({ ok: true });
    expect(place.store.chosen).toEqual({ sounds: true });
    expect(place.heard.map(({ values }) => [values.theme, values.sounds])).toEqual([
      ['light', true],
      ['dark', true],
    ]);
  });

  it('that is the same as the default counts as chosen: it stays when the default moves', async () => {
    const settings = await keeper();
    await settings.set({ theme: defaultSettings.theme });
    expect(settings.view().chosen).toEqual(['theme']);
  });

  it('stay as they were when they cannot be saved, and say so', async () => {
    const settings = await keeper();
    place.store.refusal = new Error('ENOSPC: no space left on device');
    expect(await settings.set({ theme: 'light' })).toMatchObject({ ok: false, failure: { kind: 'io' } });
    expect(settings.values.theme).toBe('dark');
    expect(place.heard).toEqual([]);
    place.store.refusal = null;
    expect(await settings.set({ theme: 'light' })).toMatchObject({ ok: true });
    expect(settings.values.theme).toBe('light');
  });

  it('reach the log when their file is in trouble', async () => {
    place.store.troubles = [{ message: 'Line 3 is no JSON.', keptAs: '/x' }];
    const settings = await keeper();
    expect(settings.view().troubles).toEqual(place.store.troubles);
    expect(place.log.heard).toMatchObject([{ level: 'warn', fields: { keptAs: '/x' } }]);
  });
});
