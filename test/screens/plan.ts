// Which pictures are taken: of each page, in which mode, at which size, in which look.
import type { ChosenSettings } from '../../electron/common/settings';
import { everywhereShots, lookedAtTwice } from './all-shots';
import { couchShots } from './couch-shots';
import type { Shot } from './shot';
import type { WindowSize } from './stage';

export interface Picture {
  /** `couch-library-menu-light-1920x1080` */
  readonly name: string;
  readonly shot: Shot;
  readonly scene: string;
  /** It begins on Home, and the shot in the library. */
  readonly startsInLibrary: boolean;
  readonly size: WindowSize;
  readonly settings: ChosenSettings;
}

export interface Wanted {
  /** Words that all are in the name; none: every picture. */
  readonly only: readonly string[];
  readonly sizes: readonly WindowSize[];
}

export const allSizes: readonly WindowSize[] = [
  { width: 1280, height: 800 },
  { width: 1920, height: 1080 },
  { width: 3840, height: 2160 },
];

const looks: readonly { readonly name: string; readonly settings: ChosenSettings }[] = [
  { name: '', settings: {} },
  { name: '-light', settings: { theme: 'light' } },
  { name: '-high-contrast', settings: { theme: 'high-contrast' } },
  { name: '-zoom-200', settings: { zoomPercent: 200 } },
  { name: '-german', settings: { language: 'de' } },
];

export function picturesOf({ only, sizes }: Wanted): Picture[] {
  const bases = [
    ...everywhereShots.flatMap((shot) => [
      { name: shot.name, shot, scene: shot.scene, startsInLibrary: false },
      { name: `couch-${shot.name}`, shot, scene: `couch-${shot.scene}`, startsInLibrary: true },
    ]),
    ...couchShots.map((shot) => ({ name: shot.name, shot, scene: shot.scene, startsInLibrary: false })),
  ];
  return bases
    .flatMap((base) => looks.filter(({ name }) => name === '' || lookedAtTwice.includes(base.shot.name)).flatMap((look) => sizes.map((size) => ({ ...base, look, size }))))
    .map(({ name, look, size, ...base }) => ({ ...base, size, settings: look.settings, name: `${name}${look.name}-${size.width}x${size.height}` }))
    .filter(({ name }) => only.every((word) => name.includes(word)));
}
