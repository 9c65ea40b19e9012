// Athena's own settings as main tells them, and what a person changes in them.
import { create } from 'zustand';
import type { DesktopGrants } from '../../electron/common/desktop';
import { settingsSchema, unreadSettings, type ChosenSettings, type SettingName, type SettingsView } from '../../electron/common/settings';
import { request } from './request';

interface SettingsState {
  readonly view: SettingsView;
  /** null: nobody has asked yet. */
  readonly desktop: DesktopGrants | null;
}

export const useSettings = create<SettingsState>()(() => ({ view: unreadSettings, desktop: null }));

/** Main names the theme in the window's address: what is drawn before its first word has its colours already. @param named anything */
export function expectTheme(named: string): void {
  const theme = settingsSchema.shape.theme.safeParse(named);
  if (theme.success) useSettings.setState(({ view }) => ({ view: { ...view, values: { ...view.values, theme: theme.data } } }));
}

export function putSettings(view: SettingsView): void {
  useSettings.setState({ view });
}

/** Main saves it and tells it back; a failure is shown as a toast. */
export async function changeSettings(values: ChosenSettings): Promise<boolean> {
  return (await request('settings:set', values)).ok;
}

export async function resetSetting(name: SettingName): Promise<boolean> {
  return (await request('settings:reset', { names: [name] })).ok;
}

export async function lookAtDesktop(): Promise<void> {
  const answer = await request('desktop:look', undefined);
  if (answer.ok) useSettings.setState({ desktop: answer.value });
}
