// Takes from a terminal's parser whatever a stream client's output has no business to ask for; text, colours and short moves stay.
import type { IParser } from '@xterm/xterm';

/** Sequences whose first parameter is a count that the terminal works off one by one: scroll, insert, delete, erase, repeat, tabs. */
const countedCsis = [
  ...[...'@ABCDEFILMPSTXZabe'].map((final) => ({ final })),
  { intermediates: ' ', final: '@' },
  { intermediates: ' ', final: 'A' },
  { intermediates: "'", final: '}' },
  { intermediates: "'", final: '~' },
];
/** More than any screen has rows or columns; "scroll 99,999,999 lines" would stop the window for minutes. */
const highestCount = 1000;

/** Titles (0-2), the palette (4, 104), the working folder (7), links (8), colours (10-12), the clipboard (52), and shell marks. */
const refusedOscs = [0, 1, 2, 4, 7, 8, 9, 10, 11, 12, 52, 104, 110, 111, 112, 133, 633, 777, 1337] as const;

/** Window operations, reports of place, state and terminal type: there is no one to answer to. */
const refusedCsis = [
  { final: 't' },
  { final: 'n' },
  { prefix: '?', final: 'n' },
  { final: 'c' },
  { prefix: '>', final: 'c' },
  { intermediates: '$', final: 'p' },
  { prefix: '?', intermediates: '$', final: 'p' },
] as const;

export function tameParser(parser: IParser): void {
  for (const ident of refusedOscs) parser.registerOscHandler(ident, () => true);
  for (const id of refusedCsis) parser.registerCsiHandler(id, () => true);
  // Private modes: the other screen would hide what was printed, mouse reports would take the selection away.
  parser.registerCsiHandler({ prefix: '?', final: 'h' }, () => true);
  parser.registerCsiHandler({ prefix: '?', final: 'l' }, () => true);
  for (const id of countedCsis) {
    parser.registerCsiHandler(id, (params) => {
      const [count] = params;
      return typeof count === 'number' && count > highestCount;
    });
  }
}
