// The window's first lines: start the stores, then draw.
import './zod-without-eval';
import './styles/all.css';
import { createRoot } from 'react-dom/client';
import { App } from './App';
import { languageFor } from '../electron/common/language';
import { currentLanguage, speak } from './language/language';
import { NavigationRoot } from './navigation/NavigationRoot';
import { useCouch } from './stores/couch';
import { LiveSamples } from './stores/live-samples';
import { LiveSamplesContext } from './stores/live-samples-context';
import { expectTheme, useSettings } from './stores/settings';
import { startSync } from './stores/sync';
import { putAppearance } from './ui/appearance';
import { PageFailure } from './ui/PageFailure';

const root = document.getElementById('root');
if (root === null) throw new Error('index.html has no #root');

// Asked anew with each setting and whenever the desktop's own languages change.
const speakAsSet = (): void => {
  speak(languageFor(useSettings.getState().view.values.language, navigator.languages));
  document.documentElement.lang = currentLanguage();
};
speakAsSet();
useSettings.subscribe(speakAsSet);
window.addEventListener('languagechange', speakAsSet);

// The styles read these from the root element.
const wearSettings = (): void => putAppearance(useSettings.getState().view.values);
expectTheme(window.location.hash.slice(1));
wearSettings();
useSettings.subscribe(wearSettings);
// Not the window's own event: at the start its size may change before anybody hears of it, and then not again.
new ResizeObserver(wearSettings).observe(document.documentElement);
useCouch.subscribe(({ isCouch }) => (document.documentElement.dataset['view'] = isCouch ? 'couch' : 'desk'));

const samples = new LiveSamples();
void startSync(samples);

createRoot(root).render(
  <PageFailure>
    <LiveSamplesContext.Provider value={samples}>
      <NavigationRoot padOptions={() => useSettings.getState().view.values}>
        <App />
      </NavigationRoot>
    </LiveSamplesContext.Provider>
  </PageFailure>,
);
