// Brings settings that an older Athena wrote to the present version, one step a version.
import { settingsVersion } from '../../common/settings';

export type SavedSettings = Readonly<Record<string, unknown>>;

/** The step at index 0 leads from version 1 to version 2, and so on; each gives all values back, those it does not know as they were. */
export type MigrationStep = (saved: SavedSettings) => SavedSettings;

/** Version 1 is the first: there is nothing to come from yet. */
export const migrationSteps: readonly MigrationStep[] = [];

export interface Migration {
  /** Without its version. */
  readonly saved: SavedSettings;
  /** A later Athena wrote it: what is known is used, and what is not stays in the file. */
  readonly isFromLater: boolean;
}

/** @param steps only tests give others */
export function migrateSettings(content: SavedSettings, steps = migrationSteps, present = settingsVersion): Migration {
  const { version, ...saved } = content;
  // Somebody who writes the file by hand may leave it out, and means the present one.
  const from = typeof version === 'number' && Number.isInteger(version) && version >= 1 ? version : present;
  return { saved: steps.slice(from - 1, present - 1).reduce((before, step) => step(before), saved), isFromLater: from > present };
}
