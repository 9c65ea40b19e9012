// Opens Athena's window from the sources; where there is no display, runs the demo on the terminal instead.
import { join } from 'node:path';
import { electronPath } from './electron-runtime.mjs';
import { projectRoot } from './project-paths.mjs';
import { runInForeground, SetupError } from './run-command.mjs';
import { prepareProject, runScript } from './prepare-project.mjs';

await runScript(async (args) => {
  if (!hasDisplay()) {
    process.stdout.write('There is no display here (neither DISPLAY nor WAYLAND_DISPLAY is set), so no window can be opened: running the demo.\n');
    return runInForeground([process.execPath, join(import.meta.dirname, 'athena.mjs'), 'demo']);
  }
  const sandboxArgs = sandboxArguments();
  await prepareProject({ stream: process.stdout });
  const electron = electronPath();
  if (electron.path === null) throw new SetupError(electron.reason);
  const env = { ...process.env };
  delete env.ELECTRON_RUN_AS_NODE; // set by some editors' terminals; Electron would then be a bare Node
  return runInForeground([electron.path, ...sandboxArgs, projectRoot, ...args], { env });
});

function hasDisplay() {
  if (process.platform !== 'linux') return true;
  return Boolean(process.env.DISPLAY || process.env.WAYLAND_DISPLAY);
}

/** Chromium refuses to run as root with its sandbox, and Athena does not run without one outside of tests. */
function sandboxArguments() {
  if (process.getuid?.() !== 0) return [];
  if (process.env.ATHENA_TEST_NO_SANDBOX === '1') return ['--no-sandbox'];
  throw new SetupError(
    'Athena does not open a window as root: Chromium would have to run without its sandbox.\n' +
      'Run "npm start" as an ordinary user who owns this directory.',
  );
}
