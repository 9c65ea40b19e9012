// A desktop that grants what it is told to.
import type { Desktop, DesktopGrants } from '../../electron/common/desktop';

export class FakeDesktop implements Desktop {
  granted: DesktopGrants = { hasTray: true, holdsShortcut: true };

  async grants(): Promise<DesktopGrants> {
    return this.granted;
  }
}
