// The xterm.js screen behind Terminal.tsx, loaded when the first output is shown.
import '@xterm/xterm/css/xterm.css';
import { Terminal as Xterm } from '@xterm/xterm';
import { useEffect, useRef, type ReactNode } from 'react';
import { useFocusTarget } from '../navigation/use-focus-target';
import type { OutputFeed } from './output-feed';
import { tameParser } from './tame-parser';

const keptLines = 5000;
const fontSize = 12;

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
    const stop = feed((text) => terminal.write(text));
    return () => {
      stop();
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

function createTerminal(): Xterm {
  const style = getComputedStyle(document.documentElement);
  const token = (name: string): string => style.getPropertyValue(name).trim();
  const terminal = new Xterm({
    disableStdin: true,
    convertEol: true,
    scrollback: keptLines,
    fontSize,
    fontFamily: token('--font-mono'),
    lineHeight: 1.25,
    cursorBlink: false,
    // Broken sequences are the client's affair; thousands of them would only fill the console.
    logLevel: 'off',
    cursorStyle: 'bar',
    cursorInactiveStyle: 'none',
    overviewRuler: { width: 8 },
    // No link is ever opened, whatever the output calls one.
    linkHandler: { activate: () => undefined },
    theme: {
      background: '#00000000',
      foreground: token('--text-2'),
      scrollbarSliderBackground: 'rgba(170, 179, 196, 0.16)',
      scrollbarSliderHoverBackground: 'rgba(170, 179, 196, 0.34)',
      scrollbarSliderActiveBackground: 'rgba(170, 179, 196, 0.34)',
      overviewRulerBorder: '#00000000',
      cursor: '#00000000',
      selectionBackground: 'rgba(138, 180, 255, 0.35)',
      blue: token('--accent'),
      green: token('--good'),
      yellow: token('--warn'),
      red: token('--bad'),
      magenta: token('--hold'),
    },
    allowTransparency: true,
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
