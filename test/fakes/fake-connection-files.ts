// Connection files as a test describes them: what lies in the usual places, and what else there is to choose.
import type { ConnectionFiles, FoundConnection, FoundConnections } from '../../electron/domain/imports/connection-files';

export class FakeConnectionFiles implements ConnectionFiles {
  /** In the usual places. */
  usual: readonly FoundConnection[] = [];
  /** Anywhere else; `read` finds these and the usual ones by their file. */
  elsewhere: readonly FoundConnection[] = [];
  troubles: FoundConnections['troubles'] = [];

  async look(): Promise<FoundConnections> {
    return { found: this.usual, troubles: this.troubles };
  }

  async read(files: readonly string[]): Promise<FoundConnections> {
    return { found: [...this.elsewhere, ...this.usual].filter(({ file }) => files.includes(file)), troubles: [] };
  }
}
