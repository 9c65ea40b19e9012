// How the sources of an import are called, wherever they are named.
import type { ImportSource } from '../../electron/common/imports';

export const importSources: readonly ImportSource[] = ['remmina', 'rdp', 'moonlight'];

export const importSourceNames: Readonly<Record<ImportSource, string>> = {
  remmina: 'Remmina',
  rdp: 'Remote Desktop files (.rdp)',
  moonlight: 'Your own Moonlight',
};
