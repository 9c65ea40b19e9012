// The settings in force: read once, changed one after another, and told to whoever follows them.
import { settingNames, settingsInForce, type ChosenSettings, type SettingName, type Settings, type SettingsTrouble, type SettingsView } from '../../common/settings';
import { failure, success, type Result } from '../../common/result';
import type { Disposable } from '../clock';
import type { Log } from '../log';

export interface StoredSettings {
  readonly chosen: ChosenSettings;
  readonly troubles: readonly SettingsTrouble[];
}

/** Where settings are kept. */
export interface SettingsStore {
  readonly file: string;
  /** Never throws: what can't be used is told among the troubles. */
  load(): Promise<StoredSettings>;
  /**
   * Changes these in the file as it is by now; undefined: back to the default.
   * @throws when it can't be written; then it is as it was
   */
  change(part: Readonly<Partial<Record<SettingName, unknown>>>): Promise<StoredSettings>;
}

export class SettingsKeeper {
  private stored: StoredSettings = { chosen: {}, troubles: [] };
  private readonly listeners = new Set<(view: SettingsView) => void>();
  private lastChange: Promise<unknown> = Promise.resolve();
  private loading: Promise<void> | null = null;

  constructor(
    private readonly store: SettingsStore,
    private readonly log: Log,
  ) {}

  /** Once, whoever asks. */
  load(): Promise<void> {
    this.loading ??= this.read();
    return this.loading;
  }

  private async read(): Promise<void> {
    this.stored = await this.store.load();
    for (const trouble of this.stored.troubles) this.log.warn('settings are not all usable', { file: this.store.file, ...trouble });
  }

  get values(): Settings {
    return settingsInForce(this.stored.chosen);
  }

  view(): SettingsView {
    const { chosen, troubles } = this.stored;
    return { values: this.values, chosen: settingNames.filter((name) => chosen[name] !== undefined), file: this.store.file, troubles: [...troubles] };
  }

  /** Whoever follows is told after the file holds it: what is in force is what the next start finds. */
  set(values: ChosenSettings): Promise<Result<undefined>> {
    return this.change(values);
  }

  reset(names: readonly SettingName[]): Promise<Result<undefined>> {
    return this.change(Object.fromEntries(names.map((name) => [name, undefined])));
  }

  onChange(listener: (view: SettingsView) => void): Disposable {
    this.listeners.add(listener);
    return { dispose: () => this.listeners.delete(listener) };
  }

  private change(part: Readonly<Partial<Record<SettingName, unknown>>>): Promise<Result<undefined>> {
    const changed = this.lastChange.then(async (): Promise<Result<undefined>> => {
      try {
        this.stored = await this.store.change(part);
      } catch (error) {
        this.log.error('settings cannot be written', { file: this.store.file, error });
        return failure('io', 'The setting could not be saved, so it stays as it was.', `Look whether ${this.store.file} can be written.`);
      }
      const view = this.view();
      for (const listener of [...this.listeners]) listener(view);
      return success(undefined);
    });
    this.lastChange = changed;
    return changed;
  }
}
