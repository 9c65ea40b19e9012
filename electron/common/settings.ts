// What a person can set about Athena itself: each setting with its limits and its default, as the file and the window know it.
import { z } from 'zod';

/** Of settings.json. Raise it with a step in domain/settings/migrations.ts whenever a saved value changes its name or meaning. */
export const settingsVersion = 1;

/** Also the limits of the page's number fields. */
export const settingLimits = {
  zoomPercent: { min: 80, max: 200 },
  soundVolumePercent: { min: 5, max: 100 },
  repeatDelayMs: { min: 150, max: 1_500 },
  repeatEveryMs: { min: 40, max: 600 },
} as const;

function within({ min, max }: { readonly min: number; readonly max: number }): z.ZodInt {
  return z.int().min(min).max(max);
}

export const settingsSchema = z.strictObject({
  /** `system`: as the desktop says, and English where that is neither. Of the window, the tray and the toast; logs, reports and the command line are English. */
  language: z.enum(['system', 'en', 'de']),
  theme: z.enum(['dark', 'light', 'high-contrast']),
  /** Of all text and everything measured by it, on the desk and on the couch. */
  zoomPercent: within(settingLimits.zoomPercent),
  /** `system`: as the desktop says. */
  motion: z.enum(['system', 'reduced', 'full']),
  sounds: z.boolean(),
  soundVolumePercent: within(settingLimits.soundVolumePercent),
  /** How long a direction of a gamepad is held before it repeats, and how often from then on. */
  repeatDelayMs: within(settingLimits.repeatDelayMs),
  repeatEveryMs: within(settingLimits.repeatEveryMs),
  /** Whether the lower button selects (never) or the right one does (always); `nintendo`: by the pad's make. */
  swapSelect: z.enum(['nintendo', 'always', 'never']),
  startInCouch: z.boolean(),
  /** Without a tray that shows Athena, closing always quits. */
  closeToTray: z.boolean(),
  /** Only while something streams. */
  keepDisplayAwake: z.boolean(),
  /** Keys as Electron names them (https://www.electronjs.org/docs/latest/api/accelerator), which reconnect from any program. */
  reconnectShortcut: z.enum(['Control+Alt+Shift+R', 'Control+Alt+Shift+A', 'Control+Alt+Home', 'off']),
});
export type Settings = z.infer<typeof settingsSchema>;
export type SettingName = keyof Settings;

export const settingNameSchema = settingsSchema.keyof();
export const settingNames: readonly SettingName[] = settingNameSchema.options;

/** What a person has set; all else follows the defaults, also when a later Athena has better ones. */
export const chosenSettingsSchema = settingsSchema.partial();
export type ChosenSettings = z.infer<typeof chosenSettingsSchema>;

export const defaultSettings: Settings = {
  language: 'system',
  theme: 'dark',
  zoomPercent: 100,
  motion: 'system',
  sounds: false,
  soundVolumePercent: 40,
  // The pace of lists on consoles: slow enough to stop where one wants to.
  repeatDelayMs: 400,
  repeatEveryMs: 120,
  swapSelect: 'nintendo',
  startInCouch: false,
  closeToTray: true,
  keepDisplayAwake: true,
  // Not Ctrl + Alt and a letter, which is AltGr and that letter on many keyboards; none of Moonlight's, which has other letters.
  reconnectShortcut: 'Control+Alt+Shift+R',
};

export function settingsInForce(chosen: ChosenSettings): Settings {
  const set = Object.entries(chosen).filter(([, value]) => value !== undefined);
  return { ...defaultSettings, ...(Object.fromEntries(set) as Partial<Settings>) };
}

export const settingsTroubleSchema = z.object({
  /** What is wrong with the file, in a sentence. */
  message: z.string(),
  /** The copy that was put aside before Athena wrote the file; null: none was needed, or none could be written. */
  keptAs: z.string().nullable(),
});
export type SettingsTrouble = z.infer<typeof settingsTroubleSchema>;

export const settingsViewSchema = z.object({
  values: settingsSchema,
  /** Those that a person has set. */
  chosen: z.array(settingNameSchema),
  file: z.string(),
  troubles: z.array(settingsTroubleSchema),
});
export type SettingsView = z.infer<typeof settingsViewSchema>;

/** What holds before main has told otherwise. */
export const unreadSettings: SettingsView = { values: defaultSettings, chosen: [], file: '', troubles: [] };
