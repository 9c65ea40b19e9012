// The xterm.js screen behind Terminal.tsx, loaded when the first output is shown.
import '@xterm/xterm/css/xterm.css';
import { Terminal as Xterm, type ITerminalOptions } from '@xterm/xterm';
import { useEffect, useRef, type ReactNode } from 'react';
import { useFocusTarget } from '../navigation/use-focus-target';
import { onAppearance } from './appearance';
import type { OutputFeed } from './output-feed';
import { tameParser } from './tame-parser';

const keptLines = 5000;
/** Of the text around it: output is many short lines. */
const fontRem = 0.83;

export function TerminalScreen({ feed, label }: { readonly feed: OutputFeed; readonly label: string }): ReactNode {
  const target = useFocusTarget<HTMLDivElement>('client-output');
  const screen = useRef<HTMLDivElement>(null);
  useEffect(() => {
    const element = screen.current;
    if (element === null) return undefined;
    const terminal = createTerminal();
    terminal.open(element);
    // The screen is a picture here: its hidden text area would be a second focus inside the focused box.
    if (terminal.textarea !== undefined) terminal.textarea.tabIndex = -1;
    const fit = new ResizeObserver(() => fitTo(terminal, element));
    fit.observe(element);
    const stopFollowing = onAppearance(() => {
      terminal.options = readLook();
      fitTo(terminal, element);
    });
    const stop = feed((text) => terminal.write(text));
    return () => {
      stop();
      stopFollowing();
      fit.disconnect();
      terminal.dispose();
    };
  }, [feed]);
  return (
    <div {...target} className="terminal" tabIndex={0} role="log" aria-label={label} aria-live="off">
      <div ref={screen} className="terminal__screen" />
    </div>
  );
}

/** Size and colours, as the tokens give them now. */
function readLook(): Pick<ITerminalOptions, 'fontSize' | 'theme'> {
  const style = getComputedStyle(document.documentElement);
  const token = (name: string): string => style.getPropertyValue(name).trim();
  return {
    fontSize: Math.round(parseFloat(style.fontSize) * fontRem),
    theme: {
      background: token('--ink-0'),
      foreground: token('--text-2'),
      scrollbarSliderBackground: token('--scroll'),
      scrollbarSliderHoverBackground: token('--scroll-hover'),
      scrollbarSliderActiveBackground: token('--scroll-hover'),
      overviewRulerBorder: '#00000000',
      cursor: '#00000000',
      selectionBackground: token('--selection'),
      blue: token('--accent'),
      green: token('--good'),
      yellow: token('--warn'),
      red: token('--bad'),
      magenta: token('--hold'),
    },
  };
}

function createTerminal(): Xterm {
  const terminal = new Xterm({
    disableStdin: true,
    convertEol: true,
    scrollback: keptLines,
    ...readLook(),
    // A client that prints white believes in a black ground.
    minimumContrastRatio: 4.5,
    fontFamily: getComputedStyle(document.documentElement).getPropertyValue('--font-mono').trim(),
    lineHeight: 1.25,
    cursorBlink: false,
    // Broken sequences are the client's affair; thousands of them would only fill the console.
    logLevel: 'off',
    cursorStyle: 'bar',
    cursorInactiveStyle: 'none',
    overviewRuler: { width: 8 },
    // No link is ever opened, whatever the output calls one.
    linkHandler: { activate: () => undefined },
  });
  tameParser(terminal.parser);
  terminal.attachCustomKeyEventHandler(() => false);
  return terminal;
}

/** Columns and rows that fit; measured on the drawn rows, because the fit add-on would be one more dependency for two divisions. */
function fitTo(terminal: Xterm, element: HTMLElement): void {
  const row = element.querySelector<HTMLElement>('.xterm-rows > div');
  const rowHeight = row?.getBoundingClientRect().height ?? 0;
  const screenWidth = element.querySelector<HTMLElement>('.xterm-screen')?.getBoundingClientRect().width ?? 0;
  if (rowHeight <= 0 || screenWidth <= 0) return;
  const columnWidth = screenWidth / terminal.cols;
  const columns = Math.max(20, Math.floor((element.clientWidth - 14) / columnWidth));
  const rows = Math.max(3, Math.floor(element.clientHeight / rowHeight));
  if (columns !== terminal.cols || rows !== terminal.rows) terminal.resize(columns, rows);
}
