// The sources of an import, in the order they are named in, and what they are called.
import type { ImportSource } from '../../electron/common/imports';
import { wordsOf } from '../language/language';

const words = wordsOf('ui');

export const importSources: readonly ImportSource[] = ['remmina', 'rdp', 'moonlight'];

export function importSourceName(source: ImportSource): string {
  return words(`imports.${source}`);
}
