// Whether this desktop truly shows tray icons: Electron's Tray is silent about it.
import { execFile } from 'node:child_process';
import { promisify } from 'node:util';

const answerLimitMs = 2_000;

const watcher = 'org.kde.StatusNotifierWatcher';
const bus = 'org.freedesktop.DBus';
const busPath = '/org/freedesktop/DBus';

/** The same question for each tool that may be there: no desktop has all of them, and hardly one has none. */
const questions: readonly (readonly [file: string, ...args: string[]])[] = [
  ['dbus-send', '--session', '--print-reply', `--dest=${bus}`, busPath, `${bus}.NameHasOwner`, `string:${watcher}`],
  ['gdbus', 'call', '--session', '--dest', bus, '--object-path', busPath, '--method', `${bus}.NameHasOwner`, watcher],
  ['busctl', '--user', 'call', bus, busPath, bus, 'NameHasOwner', 's', watcher],
];

/**
 * On Linux, asks the session bus for the StatusNotifierWatcher that draws tray items
 * (https://www.freedesktop.org/wiki/Specifications/StatusNotifierItem/); Windows and macOS always have a tray.
 */
export async function hasTray(): Promise<boolean> {
  if (process.platform !== 'linux') return true;
  if (!process.env['DBUS_SESSION_BUS_ADDRESS']) return false;
  for (const [file, ...args] of questions) {
    const answer = await ask(file, args);
    if (answer !== 'no such tool') return answer === 'yes';
  }
  return false;
}

async function ask(file: string, args: readonly string[]): Promise<'yes' | 'no' | 'no such tool'> {
  try {
    const { stdout } = await promisify(execFile)(file, [...args], { timeout: answerLimitMs });
    return /\btrue\b/.test(stdout) ? 'yes' : 'no';
  } catch (error) {
    // Without an answer from the bus, the window must not hide: nothing would bring it back.
    return (error as NodeJS.ErrnoException).code === 'ENOENT' ? 'no such tool' : 'no';
  }
}
