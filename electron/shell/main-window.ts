// The window: isolated, sandboxed, bound to Athena's own page, and brought back when its renderer crashes.
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { app, BrowserWindow, type IpcMainInvokeEvent, type WebContents } from 'electron';
import type { SessionId } from '../common/ids';
import type { PushPayload } from '../common/ipc-contract';
import type { Log } from '../domain/log';

/** A page that crashes more often than this within the time is shown as broken instead of reloaded for ever. */
const crashLimit = 3;
const crashWindowMs = 60_000;

export class MainWindow {
  private window: BrowserWindow | null = null;
  private readonly page = join(app.getAppPath(), 'out/renderer/index.html');
  private readonly pageUrl = pathToFileURL(this.page).href;
  private crashesAtMs: number[] = [];

  /** @param keepsRunning whether closing the window hides it: only where a tray brings it back */
  constructor(
    private readonly log: Log,
    private readonly keepsRunning: () => boolean,
  ) {}

  /** @param chosen the session whose page is to be seen */
  show(chosen?: SessionId): void {
    this.window ??= this.create();
    if (chosen) this.showSession(this.window.webContents, chosen);
    if (this.window.isMinimized()) this.window.restore();
    this.window.show();
    this.window.focus();
  }

  /** Pages that get the news; none while the window was never opened. */
  pages(): readonly WebContents[] {
    return this.window ? [this.window.webContents] : [];
  }

  /** Whether a message comes from the main frame of this window, showing our own page. */
  isOurs(event: IpcMainInvokeEvent): boolean {
    const frame = event.senderFrame;
    if (!this.window || !frame || event.sender !== this.window.webContents) return false;
    return frame === event.sender.mainFrame && frame.url.split('#')[0] === this.pageUrl;
  }

  private showSession(page: WebContents, sessionId: SessionId): void {
    const payload: PushPayload<'session:chosen'> = { sessionId };
    // A page that still loads would not hear it.
    if (page.isLoading()) page.once('did-finish-load', () => page.send('session:chosen', payload));
    else page.send('session:chosen', payload);
  }

  private create(): BrowserWindow {
    const window = new BrowserWindow({
      width: 1280,
      height: 800,
      minWidth: 900,
      minHeight: 600,
      show: false,
      title: 'Athena',
      icon: join(app.getAppPath(), 'assets/icon-512.png'),
      backgroundColor: '#0d1014',
      autoHideMenuBar: true,
      webPreferences: {
        preload: join(app.getAppPath(), 'out/preload/preload.cjs'),
        contextIsolation: true,
        sandbox: true,
        nodeIntegration: false,
        webSecurity: true,
        spellcheck: false,
        // Graphs and count-downs go on while a stream covers the window.
        backgroundThrottling: false,
      },
    });
    window.once('ready-to-show', () => window.show());
    window.on('close', (event) => {
      if (!this.keepsRunning()) return;
      event.preventDefault();
      window.hide();
    });
    window.on('closed', () => (this.window = null));
    window.webContents.on('render-process-gone', (_event, details) => this.onCrash(window, details.reason));
    window.webContents.on('unresponsive', () => this.log.warn('window does not respond'));
    this.load(window);
    return window;
  }

  private load(window: BrowserWindow): void {
    window.loadFile(this.page).catch((error: unknown) => this.log.error('page could not be loaded', { error }));
  }

  /** Sessions live in the main process: a page that is made anew mirrors them again. */
  private onCrash(window: BrowserWindow, reason: string): void {
    if (reason === 'clean-exit') return;
    const nowMs = Date.now();
    this.crashesAtMs = [...this.crashesAtMs.filter((atMs) => nowMs - atMs < crashWindowMs), nowMs];
    this.log.error('window crashed', { reason, crashes: this.crashesAtMs.length });
    if (this.crashesAtMs.length <= crashLimit) this.load(window);
    else window.setTitle('Athena – this window keeps crashing; sessions go on (see the log)');
  }
}
