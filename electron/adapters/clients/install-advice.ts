// Tells how a missing stream client is installed on this kind of machine.
import { assertNever } from '../../common/result';
import type { Machine } from './machine';

/** What the client is called where it comes from. */
export interface InstallSources {
  readonly debian: readonly string[];
  readonly fedora: string;
  readonly arch: string;
  readonly flatpak: string;
  readonly mac: string;
  readonly windows: string;
}

type MachineKind = 'debian' | 'fedora' | 'arch' | 'other-linux' | 'mac' | 'windows';

/** @returns one or two sentences with the command to run */
export async function installAdvice(machine: Machine, sources: InstallSources): Promise<string> {
  const kind = await machineKind(machine);
  const flatpak = `flatpak install flathub ${sources.flatpak}`;
  switch (kind) {
    case 'debian':
      return `Install it with: sudo apt install ${sources.debian.join(' (or: ')}${sources.debian.length > 1 ? ')' : ''}. Or as a Flatpak: ${flatpak}`;
    case 'fedora':
      return `Install it with: sudo dnf install ${sources.fedora}. Or as a Flatpak: ${flatpak}`;
    case 'arch':
      return `Install it with: sudo pacman -S ${sources.arch}. Or as a Flatpak: ${flatpak}`;
    case 'other-linux':
      return `Install it with your package manager, or as a Flatpak: ${flatpak}`;
    case 'mac':
      return sources.mac;
    case 'windows':
      return sources.windows;
    default:
      return assertNever(kind);
  }
}

/** By ID and ID_LIKE of os-release(5). */
async function machineKind(machine: Machine): Promise<MachineKind> {
  if (machine.platform === 'darwin') return 'mac';
  if (machine.platform === 'win32') return 'windows';
  const text = (await machine.readText('/etc/os-release')) ?? (await machine.readText('/usr/lib/os-release')) ?? '';
  const names = [...text.matchAll(/^(?:ID|ID_LIKE)=(.*)$/gm)].flatMap((match) => (match[1] ?? '').replace(/["']/g, '').split(/\s+/));
  if (names.includes('debian') || names.includes('ubuntu')) return 'debian';
  if (names.includes('fedora') || names.includes('rhel')) return 'fedora';
  if (names.includes('arch')) return 'arch';
  return 'other-linux';
}
