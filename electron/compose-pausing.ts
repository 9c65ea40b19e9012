// Joins the ways of pausing an app: which driver is asked for which target, and what watches on the host meanwhile.
import { ControlByTarget } from './adapters/pause/control-by-target';
import { KeyDriver } from './adapters/pause/key-driver';
import { SshLeaseKeeper } from './adapters/pause/lease-keeper';
import { OwnCommandDriver } from './adapters/pause/own-command-driver';
import { ProxmoxSwitch } from './adapters/pause/proxmox';
import { QuitDriver, type QuitDriverParts } from './adapters/pause/quit-driver';
import { openConnection } from './adapters/pause/ssh-connection';
import { SshHostControl } from './adapters/pause/ssh-host-control';
import type { UserSsh } from './adapters/pause/ssh-keys';
import { SshLinks } from './adapters/pause/ssh-links';
import { VirshSwitch } from './adapters/pause/virsh';
import { VmDriver } from './adapters/pause/vm-driver';
import { WebhookDriver } from './adapters/pause/webhook-driver';
import { WindowsDriver } from './adapters/pause/windows-driver';
import type { PauseTarget, ProcessTarget, TargetOf } from './common/entry';
import type { HostRecord } from './common/host';
import { assertNever } from './common/result';
import type { Clock } from './domain/clock';
import type { Log } from './domain/log';
import type { AppDriver } from './domain/pause/app-driver';
import type { LeaseKeeper } from './domain/pause/lease';
import type { PauseSecrets } from './domain/pause/pause-secrets';

export interface PausingParts {
  readonly clock: Clock;
  readonly log: Log;
  /** Athena's own list of trusted host keys. */
  readonly knownHostsFile: string;
  readonly secrets: PauseSecrets;
  /** Ends and looks at GameStream apps. */
  readonly gameStream: Pick<QuitDriverParts, 'quit' | 'isRunning'>;
  readonly entryName: (host: HostRecord, target: PauseTarget) => string;
  /** A virtual machine was suspended: its host answers nothing, and is let run on for the next attempt. */
  readonly onSuspended: (host: HostRecord) => void;
  /** Where the user's own SSH set-up lies; absent: where OpenSSH looks for it. */
  readonly user?: UserSsh;
}

export interface Pausing {
  readonly control: ControlByTarget;
  readonly lease: LeaseKeeper;
}

/** Each driver is asked about its own kind of target only: `driverOf` sees to that. */
export function composePausing({ clock, log, knownHostsFile, secrets, gameStream, entryName, onSuspended, user }: PausingParts): Pausing {
  const ssh = { knownHostsFile, clock, log, ...(user && { user }) };
  const linux = new SshHostControl(ssh);
  const windows = new WindowsDriver(ssh);
  const vmHosts = new SshLinks(ssh, openConnection);
  const ownCommand = new OwnCommandDriver({ shell: linux, clock });
  const key = new KeyDriver({ shell: linux, clock });
  const webhook = new WebhookDriver({ secrets, clock, nameOf: entryName });
  const quit = new QuitDriver({ ...gameStream, clock });
  const processes = (target: ProcessTarget): AppDriver => (target.by === 'windows-command' ? windows : linux);
  const machines = { processes, clock, log, onSuspended };
  const proxmox = new VmDriver<TargetOf<'proxmox'>>({ ...machines, vm: new ProxmoxSwitch({ secrets, clock }) });
  const libvirt = new VmDriver<TargetOf<'libvirt'>>({ ...machines, vm: new VirshSwitch(vmHosts) });

  const driverOf = (target: PauseTarget): AppDriver | null => {
    switch (target.by) {
      case 'command':
      case 'pid-file':
      case 'windows-command':
        return processes(target);
      case 'key':
        return key;
      case 'own-command':
        return ownCommand;
      case 'proxmox':
        return proxmox;
      case 'libvirt':
        return libvirt;
      case 'webhook':
        return webhook;
      case 'quit':
        return quit;
      case 'never':
        return null;
      default:
        return assertNever(target);
    }
  };
  const all = [linux, windows, key, ownCommand, proxmox, libvirt, webhook, quit];
  return {
    control: new ControlByTarget({ driverOf, usual: linux, all, keyAskers: [linux, windows, vmHosts] }),
    lease: new SshLeaseKeeper({
      ...ssh,
      onPaused: (host, target, paused) => {
        if (target.by === 'windows-command') windows.adopt(host, target, paused);
        else linux.adopt(host, target, paused);
      },
    }),
  };
}
