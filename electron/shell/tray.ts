// The tray: what is going on in one line, a way back to the last sessions, and quit.
import { join } from 'node:path';
import { app, Menu, nativeImage, Tray, type MenuItemConstructorOptions, type NativeImage } from 'electron';
import type { HostId, SessionId } from '../common/ids';
import { tell } from '../common/told';
import type { Services } from '../domain/services';
import { usedEntries } from './quick-action';
import { runQuickAction } from './run-quick-action';
import type { Say } from './say';
import { quickReconnectItems, sessionItems, wakeItems, type TrayItem } from './tray-menu';
import { hasTray } from './tray-presence';
import { trayState, trayWords, type TrayState } from './tray-words';

const separator: MenuItemConstructorOptions = { type: 'separator' };

export class AthenaTray {
  private readonly tray: Tray;
  private readonly images = new Map<TrayState, NativeImage>();
  private shown: { readonly state: TrayState; readonly words: string; readonly menu: string } | null = null;

  constructor(
    private readonly services: Services,
    private readonly openWindow: (chosen?: SessionId) => void,
    private readonly openCouch: () => void,
    private readonly say: Say,
  ) {
    this.tray = new Tray(this.image('idle'));
    this.tray.on('click', () => this.openWindow());
    this.refresh();
  }

  destroy(): void {
    this.tray.destroy();
  }

  /** Sets only what has changed: a menu that is replaced while it is open closes, or ignores the click. */
  refresh(): void {
    if (this.tray.isDestroyed()) return;
    const views = this.services.sessions.views();
    const state = trayState(views);
    const words = this.say(trayWords(views));
    const menu = this.menu(words);
    const next = { state, words, menu: JSON.stringify(menu) };
    if (next.state !== this.shown?.state) this.tray.setImage(this.image(state));
    // Some desktops never repaint the icon: the state is in the tooltip and the first line too.
    if (next.words !== this.shown?.words) this.tray.setToolTip(`Athena – ${words}`);
    if (next.menu !== this.shown?.menu) this.tray.setContextMenu(Menu.buildFromTemplate(menu));
    this.shown = next;
  }

  private menu(words: string): MenuItemConstructorOptions[] {
    const { sessions, hostWatch, library } = this.services;
    const groups = [sessionItems(sessions.views()), quickReconnectItems(usedEntries(library)), wakeItems(hostWatch.views(), (hostId) => this.hostName(hostId))];
    return [
      { label: words.charAt(0).toLocaleUpperCase() + words.slice(1), enabled: false },
      ...groups.filter((items) => items.length > 0).flatMap((items) => [separator, ...items.map((item) => this.toItem(item))]),
      separator,
      { label: this.say(tell`Open Athena`), click: () => this.openWindow() },
      { label: this.say(tell`Couch mode`), click: () => this.openCouch() },
      { label: this.say(tell`Quit Athena`), click: () => app.quit() },
    ];
  }

  private toItem({ label: told, action }: TrayItem): MenuItemConstructorOptions {
    const label = this.say(told);
    if (action === null) return { label: label, enabled: false };
    // Ids make items of the same label different ones.
    return { id: JSON.stringify(action), label: label, click: () => runQuickAction(this.services, action, this.openWindow) };
  }

  private hostName(hostId: HostId): string {
    return this.services.library.host(hostId)?.name ?? hostId;
  }

  private image(state: TrayState): NativeImage {
    const known = this.images.get(state);
    if (known) return known;
    const image = nativeImage.createFromPath(join(app.getAppPath(), `assets/tray/${state}-32.png`));
    this.images.set(state, image);
    return image;
  }
}

/** The tray icon, kept where people can see it. */
export class TrayPlace {
  private tray: AthenaTray;
  private seen: boolean;

  private constructor(
    private readonly create: () => AthenaTray,
    present: boolean,
  ) {
    this.tray = create();
    this.seen = present;
  }

  static async start(services: Services, openWindow: (chosen?: SessionId) => void, openCouch: () => void, say: Say): Promise<TrayPlace> {
    const place = new TrayPlace(() => new AthenaTray(services, openWindow, openCouch, say), await hasTray());
    services.settings.onChange(() => place.tray.refresh());
    services.sessions.onNews({ changed: () => place.tray.refresh(), forgotten: () => place.tray.refresh() });
    services.onLibraryView(() => place.tray.refresh());
    services.hostWatch.onNews({ changed: () => place.tray.refresh() });
    app.once('will-quit', () => place.tray.destroy());
    return place;
  }

  /** Whether a tray icon was to be seen when it was last looked for. */
  get present(): boolean {
    return this.seen;
  }

  /** Looks anew: panels start after Athena, and crash. */
  async look(): Promise<boolean> {
    const present = await hasTray();
    if (present && !this.seen) {
      // Electron registers with a panel that comes back, not with one that was not there at first.
      this.tray.destroy();
      this.tray = this.create();
    }
    this.seen = present;
    return present;
  }
}
