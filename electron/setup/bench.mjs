// Runs the measurements of test/bench; stdout carries only their figures.
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { nodeModules, projectRoot } from './project-paths.mjs';
import { runInForeground } from './run-command.mjs';
import { prepareProject, runScript } from './prepare-project.mjs';

await runScript(async (args) => {
  await prepareProject({ stream: process.stderr, tests: true });
  const typescriptLoader = pathToFileURL(join(nodeModules, 'tsx', 'dist', 'loader.mjs')).href;
  const script = join(projectRoot, 'test', 'bench', 'run.ts');
  return runInForeground([process.execPath, '--import', typescriptLoader, script, ...args], { cwd: projectRoot });
});
