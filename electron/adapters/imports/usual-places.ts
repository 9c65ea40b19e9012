// Where Remmina and people keep connection files, on each system.
import { posix, win32 } from 'node:path';
import type { Machine } from '../clients/machine';

/** Remmina's directories: as a program, as a Flatpak, as a snap, as an old version, and where its settings send it. Linux only. */
export async function remminaDirectories(machine: Machine): Promise<readonly string[]> {
  if (machine.platform !== 'linux') return [];
  const home = machine.homeDirectory;
  const flatpak = posix.join(home, '.var/app/org.remmina.Remmina');
  const preferences = [posix.join(absoluteOr(machine.env['XDG_CONFIG_HOME'], posix.join(home, '.config')), 'remmina/remmina.pref'), posix.join(flatpak, 'config/remmina/remmina.pref')];
  const sent = await Promise.all(preferences.map(async (file) => /^datadir_path=(\/[^\r\n]+)$/m.exec((await machine.readText(file)) ?? '')?.[1]));
  const usual = [
    posix.join(absoluteOr(machine.env['XDG_DATA_HOME'], posix.join(home, '.local/share')), 'remmina'),
    posix.join(flatpak, 'data/remmina'),
    posix.join(home, 'snap/remmina/current/.local/share/remmina'),
    posix.join(home, '.remmina'),
  ];
  return [...new Set([...sent.flatMap((directory) => (directory === undefined ? [] : [directory])), ...usual])];
}

/**
 * Where people save .rdp files. Nothing below is looked into: it may be a whole disk. On macOS only the home directory
 * itself: for the others the system would ask the user for leave, before they know what for.
 */
export async function rdpDirectories(machine: Machine): Promise<readonly string[]> {
  const home = machine.homeDirectory;
  switch (machine.platform) {
    case 'win32': {
      const places = ['Documents', 'Desktop', 'Downloads'];
      // OneDrive moves the first two.
      const roots = [home, machine.env['OneDrive']].filter((root): root is string => root !== undefined && win32.isAbsolute(root));
      return [...new Set([home, ...roots.flatMap((root) => places.map((place) => win32.join(root, place)))])];
    }
    case 'darwin':
      return [home];
    default:
      return [...new Set([home, ...(await xdgDirectories(machine))])];
  }
}

/** xdg-user-dirs(5): desktops name these in the user's language. */
async function xdgDirectories(machine: Machine): Promise<string[]> {
  const home = machine.homeDirectory;
  const file = posix.join(absoluteOr(machine.env['XDG_CONFIG_HOME'], posix.join(home, '.config')), 'user-dirs.dirs');
  const text = (await machine.readText(file)) ?? '';
  return ['Documents', 'Desktop', 'Download'].map((name) => {
    const told = new RegExp(`^XDG_${name.toUpperCase()}S?_DIR="(\\$HOME/|/)([^"\\r\\n]*)"$`, 'm').exec(text);
    const [, root, rest = ''] = told ?? [];
    if (root === undefined) return posix.join(home, name === 'Download' ? 'Downloads' : name);
    return posix.join(root === '/' ? '/' : home, rest);
  });
}

function absoluteOr(directory: string | undefined, otherwise: string): string {
  return directory !== undefined && posix.isAbsolute(directory) ? directory : otherwise;
}
