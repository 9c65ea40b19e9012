// Makes a fresh clone ready to run: dependencies, native module, system packages, Electron, build. Can be run any time.
import { electronPath } from './electron-runtime.mjs';
import { prepareProject, runScript } from './prepare-project.mjs';

await runScript(async (args) => {
  await prepareProject({ stream: process.stdout, tests: args.includes('--tests'), retry: args.includes('--retry') });
  const remark = electronPath().kind === 'development' ? ' (on the development runtime, for tests only)' : '';
  process.stdout.write(`Athena is ready${remark}: "npm start" opens it.\n`);
  return 0;
});
