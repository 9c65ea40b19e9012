// A real sshd with a control of its own, for the tests of pausing over SSH.
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { LinuxTarget } from '../../../electron/adapters/pause/linux-host';
import { SshHostControl } from '../../../electron/adapters/pause/ssh-host-control';
import type { UserSsh } from '../../../electron/adapters/pause/ssh-keys';
import { usualLimits, type ControlLimits } from '../../../electron/adapters/pause/ssh-links';
import { SystemClock } from '../../../electron/adapters/system-clock';
import { hostRecordSchema, type HostRecord } from '../../../electron/common/host';
import type { FailureKind, Result } from '../../../electron/common/result';
import type { ControlFailure } from '../../../electron/domain/pause/host-control';
import { SilentLog } from '../../fakes/silent-log';

export interface ControlParts {
  readonly control: SshHostControl;
  readonly directory: string;
  readonly ownKnownHosts: string;
  readonly log: SilentLog;
  dispose(): Promise<void>;
}

/** @param user what of the user's own SSH set-up there is; none of the machine's is ever read */
export async function createControl(user: Partial<UserSsh> = {}, limits: Partial<ControlLimits> = {}): Promise<ControlParts> {
  const directory = await mkdtemp(join(tmpdir(), 'athena-pause-'));
  const ownKnownHosts = join(directory, 'known_hosts');
  const log = new SilentLog();
  const control = new SshHostControl({
    knownHostsFile: ownKnownHosts,
    clock: new SystemClock(),
    log,
    user: { homeDirectory: directory, knownHostsFiles: [], ...user },
    limits: { ...usualLimits, ...limits },
  });
  return {
    control,
    directory,
    ownKnownHosts,
    log,
    dispose: async () => {
      control.close();
      await rm(directory, { recursive: true, force: true });
    },
  };
}

export interface Access {
  readonly port: number;
  readonly user: string;
  readonly privateKeyFile?: string;
}

export function hostAt({ port, user, privateKeyFile }: Access): HostRecord {
  const keyFile = privateKeyFile === undefined ? {} : { keyFile: privateKeyFile };
  return hostRecordSchema.parse({ id: 'desk', name: 'Desk', address: '127.0.0.1', ssh: { port, user, ...keyFile } });
}

export function byCommand(pattern: string): LinuxTarget {
  return { by: 'command', pattern };
}

export function expectSuccess<T>(result: Result<T, ControlFailure>): T {
  if (!result.ok) throw new Error(`${result.failure.kind}: ${result.failure.message} ${result.failure.advice}`);
  return result.value;
}

export function expectFailure(result: Result<unknown, ControlFailure>, kind: FailureKind): ControlFailure {
  if (result.ok) throw new Error(`expected ${kind}, got a success`);
  if (result.failure.kind !== kind) throw new Error(`expected ${kind}, got ${result.failure.kind}: ${result.failure.message}`);
  return result.failure;
}

export const inOrder = (pids: readonly number[]): number[] => [...pids].sort((one, other) => one - other);
