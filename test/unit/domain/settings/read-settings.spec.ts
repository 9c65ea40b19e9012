// Settings from a file's content: valid ones count, others are named, older shapes are brought over step by step.
import { describe, expect, it } from 'vitest';
import { defaultSettings, settingsSchema } from '../../../../electron/common/settings';
import { migrateSettings, migrationSteps } from '../../../../electron/domain/settings/migrations';
import { readSettings } from '../../../../electron/domain/settings/read-settings';
import { settingsVersion } from '../../../../electron/common/settings';

describe('settings', () => {
  it('have defaults that their own schema takes', () => {
    expect(settingsSchema.parse(defaultSettings)).toEqual(defaultSettings);
  });

  it('are taken one by one: a wrong one leaves the others, and is named', () => {
    const { chosen, findings } = readSettings({ version: 1, theme: 'light', zoomPercent: 500, sounds: 'yes', fontSize: 12 });
    expect(chosen).toEqual({ theme: 'light' });
    expect(findings).toHaveLength(3);
    expect(findings.join(' ')).toMatch(/"zoomPercent" cannot be 500.*"sounds" cannot be "yes".*no setting "fontSize"/);
  });

  it.each([[null], [[]], ['dark'], [undefined], [7]])('are none in %j', (content) => {
    const { chosen, findings } = readSettings(content);
    expect(chosen).toEqual({});
    expect(findings).toHaveLength(1);
  });

  it('of a later Athena are used as far as they are known, and nothing is called wrong', () => {
    expect(readSettings({ version: 99, theme: 'sepia', zoomPercent: 150, newThing: { deep: true } })).toEqual({ chosen: { zoomPercent: 150 }, findings: [] });
  });
});

describe('migration', () => {
  const steps = [
    ({ scale, ...rest }: Readonly<Record<string, unknown>>) => ({ ...rest, zoomPercent: Number(scale) * 100 }),
    ({ zoomPercent, ...rest }: Readonly<Record<string, unknown>>) => ({ ...rest, zoomPercent: Math.round(Number(zoomPercent) / 10) * 10 }),
  ];
  const toThree = (content: Readonly<Record<string, unknown>>): ReturnType<typeof migrateSettings> => migrateSettings(content, steps, 3);

  it('takes every step from the saved version on, and only those', () => {
    expect(toThree({ version: 1, scale: 1.24, theme: 'light' }).saved).toEqual({ zoomPercent: 120, theme: 'light' });
    expect(toThree({ version: 2, zoomPercent: 124 }).saved).toEqual({ zoomPercent: 120 });
    expect(toThree({ version: 3, zoomPercent: 124 }).saved).toEqual({ zoomPercent: 124 });
    expect(toThree({ zoomPercent: 124 }).saved).toEqual({ zoomPercent: 124 });
  });

  it('feeds what is read', () => {
    expect(readSettings({ version: 1, scale: 1.5 }, toThree)).toEqual({ chosen: { zoomPercent: 150 }, findings: [] });
  });

  it('has a step for every version before the present one', () => {
    expect(migrationSteps).toHaveLength(settingsVersion - 1);
  });
});
