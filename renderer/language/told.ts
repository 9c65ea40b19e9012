// Says in the language of the window what the main process tells.
import { germanTold } from '../../electron/common/german/german-told';
import { render, type Told } from '../../electron/common/told';
import { currentLanguage } from './language';

export function say(told: Told): string {
  return render(told, currentLanguage() === 'de' ? germanTold : null);
}
