// Says in the language that is set what stands outside the window: in the tray, in the toast, in dialogs.
import { app } from 'electron';
import { germanTold } from '../common/german/german-told';
import { languageFor } from '../common/language';
import { render, type Told } from '../common/told';
import type { Services } from '../domain/services';

export type Say = (told: Told) => string;

/** Looks at the setting each time, so that a change of it is a change of all that is said from then on. */
export function sayAsSet({ settings }: Pick<Services, 'settings'>): Say {
  return (told) => render(told, languageFor(settings.values.language, app.getPreferredSystemLanguages()) === 'de' ? germanTold : null);
}
