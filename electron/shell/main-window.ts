// The window: isolated, sandboxed, bound to Athena's own page, brought back when its renderer crashes, and gone while nobody sees it.
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { app, BrowserWindow, type IpcMainInvokeEvent, type Rectangle, type WebContents } from 'electron';
import type { SessionId } from '../common/ids';
import type { PushPayload } from '../common/ipc-contract';
import { toText } from '../common/ipc-text';
import type { Settings } from '../common/settings';
import { windowGroundOf } from '../common/window-ground';
import type { WindowView } from '../common/window-view';
import type { Log } from '../domain/log';

/** A page that crashes, or can't be loaded, more often than this within the time is shown as broken instead of loaded for ever. */
const failureLimit = 3;
const failureWindowMs = 60_000;
/** What Chromium loads pages with may have crashed itself, and starts anew. */
const loadAgainAfterMs = 200;

/** What closing the window means. */
export interface WindowClosing {
  /** Athena is ending: the window closes like any other. */
  readonly isQuitting: () => boolean;
  /** Looks whether something brings a closed window back: whether Athena runs on without it is decided by that. */
  readonly lookForTray: () => Promise<unknown>;
}

/** Where a window was; one that is made anew takes its place. */
interface WindowPlace {
  readonly bounds: Partial<Rectangle> & Pick<Rectangle, 'width' | 'height'>;
  readonly isMaximized: boolean;
}

const firstPlace: WindowPlace = { bounds: { width: 1280, height: 800 }, isMaximized: false };

/** How it looks before its page has said a word. */
export interface WindowLook {
  readonly theme: () => Settings['theme'];
}

export class MainWindow implements WindowView {
  private window: BrowserWindow | null = null;
  private readonly page = join(app.getAppPath(), 'out/renderer/index.html');
  private readonly pageUrl = pathToFileURL(this.page).href;
  private failuresAtMs: number[] = [];
  private nextLoad: NodeJS.Timeout | null = null;
  /** A window without a picture would flash: one that is wanted before its first picture is shown with it. */
  private picture: 'none' | 'wanted' | 'there' = 'none';
  private place = firstPlace;
  private couch = false;
  private tellFirstPicture: () => void = () => undefined;
  /** Resolves with the first picture of the first window, even if it is only an error. */
  readonly firstPicture = new Promise<void>((done) => (this.tellFirstPicture = done));

  constructor(
    private readonly log: Log,
    private readonly closing: WindowClosing,
    private readonly look: WindowLook,
  ) {}

  /** @param chosen the session whose page is to be seen */
  show(chosen?: SessionId): void {
    this.window ??= this.create();
    if (chosen) this.showSession(this.window.webContents, chosen);
    if (this.picture === 'there') this.reveal(this.window);
    else this.picture = 'wanted';
  }

  get isCouch(): boolean {
    return this.couch;
  }

  /** Somebody has it in front. */
  get isWatched(): boolean {
    return this.window?.isFocused() ?? false;
  }

  setCouch(isCouch: boolean): void {
    if (this.window === null || this.window.isFullScreen() === isCouch) this.noteCouch(isCouch);
    else this.window.setFullScreen(isCouch);
  }

  quit(): void {
    // Not in this very event: the page is told first that it was heard.
    setImmediate(() => app.quit());
  }

  setGround(theme: Settings['theme']): void {
    this.window?.setBackgroundColor(windowGroundOf[theme]);
  }

  /** Pages that get the news; none while the window was never opened. */
  pages(): readonly WebContents[] {
    return this.window ? [this.window.webContents] : [];
  }

  /** Whether a message comes from the main frame of this window, showing our own page. */
  isOurs(event: IpcMainInvokeEvent): boolean {
    const frame = event.senderFrame;
    if (!this.window || !frame || event.sender !== this.window.webContents) return false;
    if (frame !== event.sender.mainFrame) return false;
    // The preload of the first page asks before Electron has noted where the window went, and it was sent nowhere else.
    const hasBeenNowhere = frame.url === '' && event.sender.getURL() === '';
    return hasBeenNowhere || frame.url.split('#')[0] === this.pageUrl;
  }

  /** The desktop's own keys and buttons take a window in and out of full screen as well. */
  private noteCouch(isCouch: boolean): void {
    if (this.couch === isCouch) return;
    this.couch = isCouch;
    this.window?.webContents.send('window:couch-changed', toText({ couch: isCouch } satisfies PushPayload<'window:couch-changed'>));
  }

  private reveal(window: BrowserWindow): void {
    if (window.isMinimized()) window.restore();
    // Not before: it would be shown by that.
    if (this.place.isMaximized && !this.couch) window.maximize();
    this.place = firstPlace;
    window.show();
    window.focus();
  }

  /** What there is to see is there, even if it is only an error. */
  private pictureArrived(window: BrowserWindow): void {
    const wanted = this.picture === 'wanted';
    this.picture = 'there';
    this.tellFirstPicture();
    if (wanted && !window.isDestroyed()) this.reveal(window);
  }

  private showSession(page: WebContents, sessionId: SessionId): void {
    const payload = toText({ sessionId } satisfies PushPayload<'session:chosen'>);
    // A page that still loads would not hear it.
    if (page.isLoading()) page.once('did-finish-load', () => page.send('session:chosen', payload));
    else page.send('session:chosen', payload);
  }

  private create(): BrowserWindow {
    const window = new BrowserWindow({
      ...this.place.bounds,
      minWidth: 900,
      minHeight: 600,
      show: false,
      title: 'Athena',
      icon: join(app.getAppPath(), 'assets/icon-512.png'),
      fullscreen: this.couch,
      backgroundColor: windowGroundOf[this.look.theme()],
      autoHideMenuBar: true,
      webPreferences: {
        preload: join(app.getAppPath(), 'out/preload/preload.cjs'),
        contextIsolation: true,
        sandbox: true,
        nodeIntegration: false,
        webSecurity: true,
        spellcheck: false,
        // A gamepad's press is none that Chromium counts, and makes a sound as a key does.
        autoplayPolicy: 'no-user-gesture-required',
        // Graphs and count-downs go on while a stream covers the window.
        backgroundThrottling: false,
      },
    });
    this.picture = 'none';
    window.once('ready-to-show', () => this.pictureArrived(window));
    window.on('close', (event) => {
      if (this.closing.isQuitting()) return;
      event.preventDefault();
      void this.close(window);
    });
    window.on('enter-full-screen', () => this.noteCouch(true));
    window.on('leave-full-screen', () => this.noteCouch(false));
    window.on('closed', () => (this.window = null));
    window.webContents.on('render-process-gone', (_event, details) => this.onCrash(window, details.reason));
    window.webContents.on('unresponsive', () => this.log.warn('window does not respond'));
    this.load(window);
    return window;
  }

  /** Hidden alone, its page would go on drawing, and keep its memory: it goes at once, and is made anew when it is wanted. */
  private async close(window: BrowserWindow): Promise<void> {
    if (this.picture === 'wanted') this.picture = 'none';
    const { x, y, width, height } = window.getNormalBounds();
    // On Linux the desktop places windows; asked for its place of before, X11 takes it for that of the frame.
    this.place = { bounds: { width, height, ...(process.platform !== 'linux' && { x, y }) }, isMaximized: window.isMaximized() };
    window.hide();
    await this.closing.lookForTray();
    // Shown again meanwhile, by a second start.
    if (!window.isDestroyed() && !window.isVisible() && !this.isWanted()) window.destroy();
  }

  private isWanted(): boolean {
    return this.picture === 'wanted';
  }

  private load(window: BrowserWindow): void {
    window.loadFile(this.page, { hash: this.look.theme() }).catch((error: unknown) => {
      // Another load took its place.
      if ((error as NodeJS.ErrnoException).code === 'ERR_ABORTED') return this.pictureArrived(window);
      this.log.error('page could not be loaded', { error });
      this.loadAgain(window);
    });
  }

  private onCrash(window: BrowserWindow, reason: string): void {
    if (reason === 'clean-exit') return;
    this.log.error('window crashed', { reason });
    this.loadAgain(window);
  }

  /** Sessions live in the main process: a page that is made anew mirrors them again. */
  private loadAgain(window: BrowserWindow): void {
    // A crash while the page loads is told twice.
    if (this.nextLoad !== null) return;
    const nowMs = Date.now();
    this.failuresAtMs = [...this.failuresAtMs.filter((atMs) => nowMs - atMs < failureWindowMs), nowMs];
    if (this.failuresAtMs.length > failureLimit) {
      this.pictureArrived(window);
      window.setTitle('Athena – this window cannot be shown; sessions go on (see the log)');
      return;
    }
    this.nextLoad = setTimeout(() => {
      this.nextLoad = null;
      if (!window.isDestroyed()) this.load(window);
    }, loadAgainAfterMs);
  }
}
