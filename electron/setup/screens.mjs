// Draws every page in every state into a folder, on a virtual display: `npm run screens -- --out DIR`.
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { nodeModules, projectRoot } from './project-paths.mjs';
import { prepareProject, runScript } from './prepare-project.mjs';
import { runInForeground } from './run-command.mjs';
import { startVirtualDisplay } from './virtual-display.mjs';

await runScript(async (args) => {
  await prepareProject({ stream: process.stderr, tests: true });
  const typescriptLoader = pathToFileURL(join(nodeModules, 'tsx', 'dist', 'loader.mjs')).href;
  const script = join(projectRoot, 'test', 'screens', 'screens.ts');
  const display = await startVirtualDisplay();
  try {
    return await runInForeground([process.execPath, '--import', typescriptLoader, script, ...args], { cwd: process.env.INIT_CWD ?? projectRoot, env: display.env });
  } finally {
    await display.stop();
  }
});
