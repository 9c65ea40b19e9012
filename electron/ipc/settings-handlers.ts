// The channels of Athena's own settings.
import type { Services } from '../domain/services';
import type { Handlers } from './serve';

type SettingsChannel = Extract<keyof Handlers, `settings:${string}`>;

export function settingsHandlers({ settings }: Pick<Services, 'settings'>): Pick<Handlers, SettingsChannel> {
  return {
    'settings:set': (values) => settings.set(values),
    'settings:reset': ({ names }) => settings.reset(names),
  };
}
