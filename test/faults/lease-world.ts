// Two hosts in network namespaces of their own, with a real sshd on the far one, for the faults that leases must stand.
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { SshLeaseKeeper } from '../../electron/adapters/pause/lease-keeper';
import { SshHostControl } from '../../electron/adapters/pause/ssh-host-control';
import { SystemClock } from '../../electron/adapters/system-clock';
import type { PauseTarget } from '../../electron/common/entry';
import { hostRecordSchema, type HostRecord } from '../../electron/common/host';
import { usualTerms } from '../../electron/domain/pause/lease';
import { SilentLog } from '../fakes/silent-log';
import { listen, type HeldLease } from '../integration/pause/lease-world';

/** What an Athena needs to know of the far host; goes to other processes as JSON. */
export interface FarHost {
  readonly address: string;
  readonly port: number;
  readonly user: string;
  readonly privateKeyFile: string;
  readonly knownHostsFile: string;
}

export interface Athena {
  readonly control: SshHostControl;
  readonly host: HostRecord;
  hold(target: PauseTarget): HeldLease;
  dispose(): Promise<void>;
}

/** As much of an Athena as pauses, resumes and holds leases, with the usual terms. */
export async function createAthena(far: FarHost): Promise<Athena> {
  const directory = await mkdtemp(join(tmpdir(), 'athena-lease-'));
  const parts = {
    knownHostsFile: join(directory, 'known_hosts'),
    clock: new SystemClock(),
    log: new SilentLog(),
    user: { homeDirectory: directory, knownHostsFiles: [far.knownHostsFile] },
  };
  const control = new SshHostControl(parts);
  const keeper = new SshLeaseKeeper({ ...parts, onPaused: (host, target, processes) => control.adopt(host, target, processes) });
  const ssh = { user: far.user, port: far.port, keyFile: far.privateKeyFile };
  const host = hostRecordSchema.parse({ id: 'far', name: 'Far', address: far.address, ssh });
  return {
    control,
    host,
    hold: (target) => listen(keeper.hold(host, target, usualTerms)),
    dispose: async () => {
      control.close();
      await rm(directory, { recursive: true, force: true });
    },
  };
}
