// The toast over a stream: a small window above everything that takes neither focus nor clicks, while Athena's own is out of sight.
import { join } from 'node:path';
import { app, BrowserWindow, screen } from 'electron';
import type { Services } from '../domain/services';
import type { Say } from './say';
import { toastWords, type ToastWords } from './toast-words';

const widthPx = 520;
const heightPx = 104;
const fromTopPx = 40;
/** Making a window keeps the main process busy: first the app is paused. A hiccup shorter than this is nothing to tell. */
const patienceMs = 300;
/** How long "is back" stays after there is nothing more to say. */
const lingerMs = 2_500;

/** In the language that is set. */
interface SaidToast {
  readonly title: string;
  readonly detail: string;
  readonly tone: ToastWords['tone'];
}

export class ToastWindow {
  private window: BrowserWindow | null = null;
  private shown = '';
  private pending: { readonly timer: NodeJS.Timeout; readonly dueMs: number } | null = null;

  /** @param isWatched whether somebody sees Athena's own window, which tells more */
  constructor(
    private readonly services: Services,
    private readonly isWatched: () => boolean,
    private readonly say: Say,
  ) {
    const look = (): void => this.look();
    services.sessions.onNews({ changed: look, forgotten: look });
    app.on('browser-window-focus', look);
    app.once('before-quit', () => this.close());
  }

  private look(): void {
    const words = this.isWatched() ? null : this.words();
    const wanted = words === null ? '' : JSON.stringify(words);
    if (wanted === this.shown) this.cancel();
    else this.settleAfter(this.window === null ? patienceMs : words === null ? lingerMs : 0);
  }

  /** News come in quick succession: they bring the moment nearer, and never push it away. */
  private settleAfter(delayMs: number): void {
    const dueMs = performance.now() + delayMs;
    if (this.pending !== null && this.pending.dueMs <= dueMs) return;
    this.cancel();
    const timer = setTimeout(() => {
      this.pending = null;
      this.settle();
    }, delayMs);
    this.pending = { timer, dueMs };
  }

  private settle(): void {
    const words = this.isWatched() ? null : this.words();
    this.shown = words === null ? '' : JSON.stringify(words);
    if (words === null) this.close();
    else this.tell(words);
  }

  /** Of the session that needs it most: the one that has been in trouble last. */
  private words(): SaidToast | null {
    const all = this.services.sessions.views().flatMap((view) => toastWords(view) ?? []);
    const last = all.at(-1);
    return last ? { title: this.say(last.title), detail: this.say(last.detail), tone: last.tone } : null;
  }

  private tell(words: SaidToast): void {
    this.window ??= this.create();
    const { window } = this;
    window
      .loadFile(join(app.getAppPath(), 'out/renderer/toast.html'), { hash: encodeURIComponent(JSON.stringify(words)) })
      .then(() => {
        if (!window.isDestroyed()) window.showInactive();
      })
      .catch((error: unknown) => this.services.log.warn('the toast could not be shown', { error }));
  }

  private create(): BrowserWindow {
    // The pointer is where the person looks: on the stream's display.
    const { workArea } = screen.getDisplayNearestPoint(screen.getCursorScreenPoint());
    const window = new BrowserWindow({
      width: widthPx,
      height: heightPx,
      x: Math.round(workArea.x + (workArea.width - widthPx) / 2),
      y: workArea.y + fromTopPx,
      show: false,
      frame: false,
      transparent: true,
      resizable: false,
      focusable: false,
      skipTaskbar: true,
      hasShadow: false,
      title: 'Athena',
      webPreferences: { contextIsolation: true, sandbox: true, nodeIntegration: false, spellcheck: false },
    });
    window.setAlwaysOnTop(true, 'screen-saver');
    window.setVisibleOnAllWorkspaces(true, { visibleOnFullScreen: true });
    window.setIgnoreMouseEvents(true);
    window.on('closed', () => {
      if (this.window === window) this.window = null;
    });
    return window;
  }

  private cancel(): void {
    if (this.pending !== null) clearTimeout(this.pending.timer);
    this.pending = null;
  }

  private close(): void {
    this.cancel();
    this.window?.destroy();
    this.window = null;
  }
}
