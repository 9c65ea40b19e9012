// The search of the settings page, and the words of what it shows.
import { describe, expect, it } from 'vitest';
import { defaultSettings, settingNames, type SettingName } from '../../../../electron/common/settings';
import { findSettings } from '../../../../renderer/features/settings/find-settings';
import { settingGroups } from '../../../../renderer/features/settings/setting-groups';
import { english } from '../../../../renderer/features/settings/texts.en';
import { valueInWords } from '../../../../renderer/features/settings/value-words';

const found = (search: string): SettingName[] => findSettings(search).flatMap(({ names }) => [...names]);

describe('the search', () => {
  it('without a word shows every setting once', () => {
    expect(found('  ').sort()).toEqual([...settingNames].sort());
  });

  it.each([
    ['theme', ['theme']],
    ['high contrast', ['theme']],
    ['ZOOM', ['zoomPercent']],
    ['animation', ['motion']],
    ['sprache', ['language']],
    ['nintendo', ['swapSelect']],
    ['screensaver', ['keepDisplayAwake']],
    ['repeatEveryMs', ['repeatEveryMs']],
    ['direction held', ['repeatDelayMs', 'repeatEveryMs']],
    ['fullscreen', ['startInCouch']],
    ['xyzzy', []],
  ])('"%s" finds %j', (search, names) => {
    expect(found(search)).toEqual(names);
  });

  it('leaves no empty group', () => {
    expect(findSettings('theme').map(({ title }) => title)).toEqual(['Look']);
  });
});

describe('every setting', () => {
  it('stands in one group, with a sentence on what it does', () => {
    expect(settingGroups.flatMap(({ names }) => names).sort()).toEqual([...settingNames].sort());
    for (const name of settingNames) expect(english.settings[name].does).toMatch(/^[A-Z].{20,}\.$/s);
  });

  it('has words for its default', () => {
    expect(settingNames.map((name) => valueInWords(name, defaultSettings[name]))).toEqual([
      ...['As the desktop', 'Dark', '100 %', 'As the desktop', 'off', '40 %', '400 ms', '120 ms', 'Automatic', 'off', 'on', 'on', 'Ctrl + Alt + Shift + R'],
    ]);
  });
});
