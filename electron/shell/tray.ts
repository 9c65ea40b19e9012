// The tray: what is going on in one line, a way back to the last sessions, and quit.
import { join } from 'node:path';
import { app, Menu, nativeImage, Tray, type MenuItemConstructorOptions, type NativeImage } from 'electron';
import type { SessionId } from '../common/ids';
import type { SessionView } from '../common/session';
import type { Services } from '../domain/services';
import { launchEntry } from './launch-entry';
import { hasTray } from './tray-presence';
import { trayState, trayWords, type TrayState } from './tray-words';

const quickReconnects = 5;

export class AthenaTray {
  private readonly tray: Tray;
  private readonly images = new Map<TrayState, NativeImage>();

  constructor(
    private readonly services: Services,
    private readonly openWindow: (chosen?: SessionId) => void,
  ) {
    this.tray = new Tray(this.image('idle'));
    this.tray.on('click', () => this.openWindow());
    services.sessions.onNews({ changed: () => this.refresh(), forgotten: () => this.refresh() });
    services.onLibraryView(() => this.refresh());
    this.refresh();
  }

  destroy(): void {
    this.tray.destroy();
  }

  private refresh(): void {
    if (this.tray.isDestroyed()) return;
    const views = this.services.sessions.views();
    this.tray.setImage(this.image(trayState(views)));
    // Some desktops never repaint the icon: the state is in the tooltip and the first line too.
    this.tray.setToolTip(`Athena – ${trayWords(views)}`);
    this.tray.setContextMenu(Menu.buildFromTemplate(this.menu(views)));
  }

  private menu(views: readonly SessionView[]): MenuItemConstructorOptions[] {
    return [
      { label: trayWords(views), enabled: false },
      { type: 'separator' },
      ...this.quickReconnect(),
      { type: 'separator' },
      { label: 'Open Athena', click: () => this.openWindow() },
      { label: 'Quit Athena', click: () => app.quit() },
    ];
  }

  private quickReconnect(): MenuItemConstructorOptions[] {
    const { library } = this.services;
    const used = library.entries
      .map((entry) => ({ entry, usedAtMs: library.lastUsedAtMs(entry.id) ?? 0 }))
      .filter(({ usedAtMs }) => usedAtMs > 0)
      .sort((a, b) => b.usedAtMs - a.usedAtMs)
      .slice(0, quickReconnects);
    if (used.length === 0) return [{ label: 'No sessions yet', enabled: false }];
    return used.map(({ entry }) => ({
      label: `${entry.name} on ${library.host(entry.host)?.name ?? entry.host}`,
      click: () => launchEntry(this.services, entry.id, this.openWindow),
    }));
  }

  private image(state: TrayState): NativeImage {
    const known = this.images.get(state);
    if (known) return known;
    const image = nativeImage.createFromPath(join(app.getAppPath(), `assets/tray/${state}-32.png`));
    this.images.set(state, image);
    return image;
  }
}

export interface TrayPlace {
  /** Whether a tray icon is truly to be seen, so that the window may hide. */
  readonly present: boolean;
}

export async function startTray(services: Services, openWindow: (chosen?: SessionId) => void): Promise<TrayPlace> {
  const present = await hasTray();
  const tray = new AthenaTray(services, openWindow);
  app.once('will-quit', () => tray.destroy());
  return { present };
}
