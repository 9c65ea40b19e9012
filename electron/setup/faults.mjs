// Runs a campaign of real faults: `npm run faults -- lease|stall [its own options]`. Needs root, for network namespaces.
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { nodeModules, projectRoot } from './project-paths.mjs';
import { runInForeground } from './run-command.mjs';
import { prepareProject, runScript } from './prepare-project.mjs';

const campaigns = ['lease', 'stall'];

await runScript(async ([name, ...args]) => {
  if (!campaigns.includes(name)) {
    process.stderr.write('usage: npm run faults -- lease|stall [--runs N] [--json]\n\n  lease  the host pauses its app when the network is cut\n  stall  a stream that stands still is declared so\n');
    return 2;
  }
  await prepareProject({ stream: process.stderr, tests: true });
  const typescriptLoader = pathToFileURL(join(nodeModules, 'tsx', 'dist', 'loader.mjs')).href;
  const script = join(projectRoot, 'test', 'faults', `${name}-campaign.ts`);
  return runInForeground([process.execPath, '--import', typescriptLoader, script, ...args], { cwd: projectRoot });
});
