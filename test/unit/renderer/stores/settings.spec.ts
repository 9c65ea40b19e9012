// What holds before main has told the settings.
import { beforeEach, expect, it } from 'vitest';
import { unreadSettings } from '../../../../electron/common/settings';
import { expectTheme, putSettings, useSettings } from '../../../../renderer/stores/settings';

const theme = (): string => useSettings.getState().view.values.theme;

beforeEach(() => putSettings(unreadSettings));

it('has the theme that the address names, and the rest as it is', () => {
  expectTheme('light');
  expect(useSettings.getState().view).toEqual({ ...unreadSettings, values: { ...unreadSettings.values, theme: 'light' } });
});

it.each(['', 'pink', '<script>', 'dark '])('takes %j for no theme', (named) => {
  expectTheme('high-contrast');
  expectTheme(named);
  expect(theme()).toBe('high-contrast');
});
