// Runs Athena's command line from the sources, building first when they changed; stdout carries only the command's output.
import { existsSync } from 'node:fs';
import { createRequire } from 'node:module';
import { isBuildCurrent } from './build.mjs';
import { cliScript } from './project-paths.mjs';
import { electronPath } from './electron-runtime.mjs';
import { prepareProject, runScript } from './prepare-project.mjs';

const require = createRequire(import.meta.url);

await runScript(async () => {
  if (!existsSync(cliScript) || !isBuildCurrent()) await prepareProject({ stream: process.stderr, electron: false });
  // Where the command line finds a window, if it needs one.
  process.env.ATHENA_ELECTRON ??= electronPath().path ?? '';
  // In this very process: a second Node would double the time to the first output.
  process.argv[1] = cliScript;
  require(cliScript); // sets the exit code by itself, at once or when the command is over
});
