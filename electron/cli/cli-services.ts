// The command line's own compose(): plain Node, the same engine as the window.
import { join } from 'node:path';
import { compose, userDirectories, type ComposeOptions } from '../compose';
import type { Services } from '../domain/services';

declare const __ATHENA_VERSION__: string;

/** The Electron that can open windows here; null without one, without a display, or for root, whom Chromium's sandbox refuses. */
export function windowElectron(): string | null {
  const electron = process.env['ATHENA_ELECTRON'];
  const display = process.platform !== 'linux' || Boolean(process.env['DISPLAY'] ?? process.env['WAYLAND_DISPLAY']);
  const root = process.getuid?.() === 0 && process.env['ATHENA_TEST_NO_SANDBOX'] !== '1';
  return electron && display && !root ? electron : null;
}

/** Electron's arguments before its own: the application, and what only tests may ask for. */
export function electronArguments(): string[] {
  const sandbox = process.env['ATHENA_TEST_NO_SANDBOX'] === '1' ? ['--no-sandbox'] : [];
  return [...sandbox, join(__dirname, '../..')];
}

type PracticeCommand = ComposeOptions['practice']['host'];

function practiceCommands(): ComposeOptions['practice'] {
  const electron = windowElectron();
  const script = (name: string): PracticeCommand => ({ file: process.execPath, leadingArgs: [join(__dirname, name)], env: {} });
  const window = electron && {
    file: electron,
    leadingArgs: [...electronArguments(), '--practice-client'],
    env: { ELECTRON_RUN_AS_NODE: undefined },
  };
  return {
    host: script('practice-gamestream-host.cjs'),
    moonlight: script('practice-moonlight.cjs'),
    window: window || null,
  };
}

export function cliServices(options: { verbose: boolean }): Promise<Services> {
  return compose({
    directories: userDirectories(),
    builtDirectory: __dirname,
    version: __ATHENA_VERSION__,
    practice: practiceCommands(),
    logToTerminal: options.verbose,
  });
}

/** Runs a command with services that are disposed of whatever happens. */
export async function withServices(options: { verbose: boolean }, run: (services: Services) => Promise<number>): Promise<number> {
  const services = await cliServices(options);
  // On stderr whatever the command: what could not be used of the file would otherwise just be missing.
  for (const { file, line, message, keptAs } of services.library.troubles) {
    const copy = keptAs === null ? '' : ` (a copy of the file is kept as ${keptAs})`;
    process.stderr.write(`${file}${line === null ? '' : `:${line}`}: ${message}${copy}\n`);
  }
  try {
    return await run(services);
  } finally {
    await services.dispose();
  }
}
