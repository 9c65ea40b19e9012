// Takes from a file's content every setting that is valid, and says of each other one what is wrong with it.
import { chosenSettingsSchema, settingNames, settingsSchema, type ChosenSettings } from '../../common/settings';
import { migrateSettings, type SavedSettings } from './migrations';

export interface SettingsReading {
  readonly chosen: ChosenSettings;
  /** A sentence each; of what a later Athena wrote, nothing is wrong. */
  readonly findings: readonly string[];
}

/** @param content what the file holds; anything may stand there */
export function readSettings(content: unknown, migrate = migrateSettings): SettingsReading {
  if (!isObject(content)) return { chosen: {}, findings: ['It holds no settings: an object in braces is expected.'] };
  const { saved, isFromLater } = migrate(content);
  const findings: string[] = [];
  const valid: Record<string, unknown> = {};
  for (const name of settingNames) {
    const value = saved[name];
    if (value === undefined) continue;
    const parsed = settingsSchema.shape[name].safeParse(value);
    if (parsed.success) valid[name] = parsed.data;
    else if (!isFromLater) findings.push(`"${name}" cannot be ${JSON.stringify(value).slice(0, 60)}: ${parsed.error.issues[0]?.message ?? 'it is not valid'}.`);
  }
  const unknown = Object.keys(saved).filter((name) => !(settingNames as readonly string[]).includes(name));
  if (!isFromLater) findings.push(...unknown.map((name) => `There is no setting "${name.slice(0, 60)}".`));
  return { chosen: chosenSettingsSchema.parse(valid), findings };
}

function isObject(value: unknown): value is SavedSettings {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}
