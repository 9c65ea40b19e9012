// Settings as the window's scenes show them, and how they change.
import { settingNames, settingsInForce, unreadSettings, type ChosenSettings, type SettingName, type SettingsView } from '../../electron/common/settings';

const file = '/home/mira/.config/athena/settings.json';

function viewOf(chosen: ChosenSettings): SettingsView {
  return { ...unreadSettings, values: settingsInForce(chosen), chosen: settingNames.filter((name) => chosen[name] !== undefined), file };
}

/** By a scene's name: `settings-light`, `settings-high-contrast`, `settings-zoomed`, `settings-changed`, `settings-trouble`; the defaults for all others. */
export function settingsOf(scene: string): SettingsView {
  switch (scene) {
    case 'settings-light':
      return viewOf({ theme: 'light' });
    case 'settings-high-contrast':
      return viewOf({ theme: 'high-contrast' });
    case 'settings-zoomed':
      return viewOf({ zoomPercent: 200 });
    case 'settings-changed':
      return viewOf({ zoomPercent: 120, motion: 'reduced', sounds: true, repeatEveryMs: 80, swapSelect: 'always', startInCouch: true });
    case 'settings-trouble':
      return { ...viewOf({}), troubles: [{ message: 'It cannot be read as JSON from line 3 on.', keptAs: '/home/mira/.config/athena/settings.broken-2026-11-23T10-00-00-000Z.json' }] };
    default:
      return viewOf({});
  }
}

/** As main does it: undefined is back to the default. */
export function changedSettings({ values, chosen, troubles }: SettingsView, part: Readonly<Partial<Record<SettingName, unknown>>>): SettingsView {
  const kept = Object.fromEntries(chosen.map((name) => [name, values[name]]));
  return { ...viewOf({ ...kept, ...part } as ChosenSettings), troubles };
}
