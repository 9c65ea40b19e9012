// The window's first lines: start the stores, then draw.
import './zod-without-eval';
import './styles/all.css';
import { createRoot } from 'react-dom/client';
import { App } from './App';
import { NavigationRoot } from './navigation/NavigationRoot';
import { useCouch } from './stores/couch';
import { LiveSamples } from './stores/live-samples';
import { LiveSamplesContext } from './stores/live-samples-context';
import { startSync } from './stores/sync';
import { PageFailure } from './ui/PageFailure';

const root = document.getElementById('root');
if (root === null) throw new Error('index.html has no #root');

// The styles read it from the root element.
useCouch.subscribe(({ isCouch }) => (document.documentElement.dataset['view'] = isCouch ? 'couch' : 'desk'));

const samples = new LiveSamples();
void startSync(samples);

createRoot(root).render(
  <PageFailure>
    <LiveSamplesContext.Provider value={samples}>
      <NavigationRoot>
        <App />
      </NavigationRoot>
    </LiveSamplesContext.Provider>
  </PageFailure>,
);
