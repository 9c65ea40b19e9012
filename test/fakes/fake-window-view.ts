// A window that only remembers how it was told to stand.
import type { WindowView } from '../../electron/common/window-view';

export class FakeWindowView implements WindowView {
  isCouch = false;
  hasQuit = false;

  setCouch(isCouch: boolean): void {
    this.isCouch = isCouch;
  }

  quit(): void {
    this.hasQuit = true;
  }
}
