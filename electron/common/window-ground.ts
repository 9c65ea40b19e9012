// The ground of a window before its page has drawn anything: `--ink-0` of each theme in renderer/styles, or it would flash.
import type { Settings } from './settings';

export const windowGroundOf: Readonly<Record<Settings['theme'], string>> = { dark: '#0a0c11', light: '#eef1f6', 'high-contrast': '#000000' };
