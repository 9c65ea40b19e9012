// What the keys or buttons do here, in the signs of the device that was used last.
import type { ReactNode } from 'react';
import { useTranslation } from 'react-i18next';
import { useInputMode, usePadSwapped } from '../navigation/input-mode';

export interface Hint {
  readonly words: string;
  readonly key: string;
  /** Position on the pad: S, E, W, N, or View. */
  readonly pad: 'S' | 'E' | 'W' | 'N' | 'View';
}

export function HintBar({ hints, note }: { readonly hints: readonly Hint[]; readonly note: string }): ReactNode {
  const mode = useInputMode();
  const isSwapped = usePadSwapped();
  return (
    <footer className="hints" aria-hidden>
      {hints.map((hint) => (
        <span key={hint.words} className="hint">
          {mode === 'gamepad' ? <PadGlyph position={isSwapped ? (swappedPlaces[hint.pad] ?? hint.pad) : hint.pad} /> : <kbd className="keycap">{hint.key}</kbd>}
          {hint.words}
        </span>
      ))}
      <span className="hint figures">{note}</span>
    </footer>
  );
}

/** Where select and back are on a pad that has them the other way round. */
const swappedPlaces: Partial<Readonly<Record<Hint['pad'], Hint['pad']>>> = { S: 'E', E: 'S' };

const glyphPlaces = { S: [12, 19], E: [19, 12], W: [5, 12], N: [12, 5] } as const;

/** Four dots as they lie on every pad, the meant one lit: right for each make, without anybody's letters. */
function PadGlyph({ position }: { readonly position: Hint['pad'] }): ReactNode {
  const { t } = useTranslation('ui');
  if (position === 'View') return <kbd className="keycap">{t('viewButton')}</kbd>;
  return (
    <svg viewBox="0 0 24 24" width="1.4rem" height="1.4rem">
      {Object.entries(glyphPlaces).map(([place, [x, y]]) => (
        <circle key={place} cx={x} cy={y} r={place === position ? 4.4 : 3} className={place === position ? 'glyph glyph--lit' : 'glyph'} />
      ))}
    </svg>
  );
}
