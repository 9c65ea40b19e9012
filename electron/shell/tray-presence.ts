// Whether this desktop truly shows tray icons: Electron's Tray is silent about it.
import { execFile } from 'node:child_process';
import { promisify } from 'node:util';

const answerLimitMs = 2_000;

/**
 * On Linux, asks the session bus for the StatusNotifierWatcher that draws tray items
 * (https://www.freedesktop.org/wiki/Specifications/StatusNotifierItem/); Windows and macOS always have a tray.
 */
export async function hasTray(): Promise<boolean> {
  if (process.platform !== 'linux') return true;
  if (!process.env['DBUS_SESSION_BUS_ADDRESS']) return false;
  const question = [
    '--session',
    '--print-reply',
    '--dest=org.freedesktop.DBus',
    '/org/freedesktop/DBus',
    'org.freedesktop.DBus.NameHasOwner',
    'string:org.kde.StatusNotifierWatcher',
  ];
  try {
    const { stdout } = await promisify(execFile)('dbus-send', question, { timeout: answerLimitMs });
    return stdout.includes('boolean true');
  } catch {
    // No dbus-send or no bus: then the window must not hide where nothing brings it back.
    return false;
  }
}
