// A window that only remembers how it was told to stand.
import type { WindowView } from '../../electron/common/window-view';

export class FakeWindowView implements WindowView {
  isCouch = false;
  hasQuit = false;
  /** Whether the desktop shows a tray. */
  tray = true;

  async hasTray(): Promise<boolean> {
    return this.tray;
  }

  setCouch(isCouch: boolean): void {
    this.isCouch = isCouch;
  }

  quit(): void {
    this.hasQuit = true;
  }
}
