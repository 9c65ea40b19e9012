// Runs a campaign of real faults: `npm run faults -- [matrix|lease|stall] [its own options]`. Needs root, for network namespaces.
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { nodeModules, projectRoot } from './project-paths.mjs';
import { runInForeground } from './run-command.mjs';
import { prepareProject, runScript } from './prepare-project.mjs';

const campaigns = ['matrix', 'lease', 'stall', 'diagnosis'];

const usage = `usage: npm run faults [-- matrix] [--only vnc/cut-6,rdp,...] [--quick] [--json]
       npm run faults -- lease|stall|diagnosis [--runs N] [--json]

  matrix  every client with every fault: what was expected and seen, and what was left behind; less than an hour
  lease   the host pauses its app when the network is cut
  stall   a stream that stands still is declared so
  diagnosis  real faults in a home of namespaces: is the first cause of their incident the one that was made
`;

await runScript(async (given) => {
  const [name, ...args] = given.length === 0 || given[0].startsWith('--') ? ['matrix', ...given] : given;
  if (!campaigns.includes(name) || args.includes('--help')) {
    process.stderr.write(usage);
    return args.includes('--help') ? 0 : 2;
  }
  await prepareProject({ stream: process.stderr, tests: true });
  const typescriptLoader = pathToFileURL(join(nodeModules, 'tsx', 'dist', 'loader.mjs')).href;
  const script = join(projectRoot, 'test', 'faults', `${name}-campaign.ts`);
  return runInForeground([process.execPath, '--import', typescriptLoader, script, ...args], { cwd: projectRoot });
});
