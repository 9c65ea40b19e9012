// The colours of boards, as the tokens give them where the board stands.
import type { MarkTone } from './board-lane';

export interface BoardColours {
  readonly main: string;
  readonly fill: string;
  readonly wide: string;
  readonly wider: string;
  readonly beside: string;
  readonly figure: string;
  readonly figureFill: string;
  readonly loss: string;
  readonly lossWash: string;
  readonly line: string;
  readonly text: string;
  readonly ground: string;
  readonly font: string;
  readonly fontPx: number;
  readonly tones: Readonly<Record<MarkTone, string>>;
  readonly washes: Readonly<Record<MarkTone, string>>;
}

export function readBoardColours(element: HTMLElement): BoardColours {
  const style = getComputedStyle(element);
  const token = (name: string): string => style.getPropertyValue(name).trim();
  const rem = parseFloat(getComputedStyle(document.documentElement).fontSize);
  return {
    main: token('--accent'),
    fill: token('--graph-fill'),
    wide: token('--graph-wide'),
    wider: token('--graph-wider'),
    beside: token('--graph-beside'),
    figure: token('--text-2'),
    figureFill: token('--graph-figure-fill'),
    loss: token('--bad'),
    lossWash: token('--bad-wash'),
    line: token('--graph-line'),
    text: token('--text-3'),
    ground: token('--ink-1'),
    font: style.fontFamily,
    fontPx: rem * parseFloat(token('--size-note')),
    tones: { good: token('--good'), hold: token('--hold'), warn: token('--warn'), bad: token('--bad'), neutral: token('--neutral'), accent: token('--accent') },
    washes: {
      good: token('--good-wash'),
      hold: token('--hold-wash'),
      warn: token('--warn-wash'),
      bad: token('--bad-wash'),
      neutral: token('--neutral-wash'),
      accent: token('--accent-wash'),
    },
  };
}
