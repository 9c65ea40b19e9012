// Settings kept in memory, which a test can make refuse to be written.
import { settingNames, type ChosenSettings, type SettingName, type SettingsTrouble } from '../../electron/common/settings';
import type { SettingsStore, StoredSettings } from '../../electron/domain/settings/settings-keeper';

export class FakeSettingsStore implements SettingsStore {
  readonly file = '/home/me/.config/athena/settings.json';
  chosen: ChosenSettings = {};
  troubles: SettingsTrouble[] = [];
  refusal: Error | null = null;

  async load(): Promise<StoredSettings> {
    return { chosen: this.chosen, troubles: this.troubles };
  }

  async change(part: Readonly<Partial<Record<SettingName, unknown>>>): Promise<StoredSettings> {
    if (this.refusal) throw this.refusal;
    const merged: Readonly<Partial<Record<SettingName, unknown>>> = { ...this.chosen, ...part };
    this.chosen = Object.fromEntries(settingNames.filter((name) => merged[name] !== undefined).map((name) => [name, merged[name]]));
    return this.load();
  }
}
