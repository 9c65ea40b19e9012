// Decides whether Athena may and can pause an entry's app at all, and says plainly why not.
import type { Entry, PauseTarget } from '../../common/entry';
import type { HostRecord } from '../../common/host';
import { assertNever } from '../../common/result';

/** Null: it is paused when its stream is lost. Otherwise a sentence for the session's page. */
export function whyLeftAlone({ pause, protocol }: Pick<Entry, 'pause' | 'protocol'>, host: HostRecord): string | null {
  if (!pause) return 'The entry does not say which processes to pause.';
  switch (pause.by) {
    case 'never':
      return `It plays on without you: ${whyNever(pause.because)}`;
    case 'command':
    case 'pid-file':
    case 'windows-command':
    case 'key':
      return host.ssh ? null : 'Athena has no SSH access to this host.';
    case 'own-command':
      return pause.on === 'here' || host.ssh ? null : 'Athena has no SSH access to this host.';
    case 'proxmox':
      return pause.address === undefined && !host.vmHost ? 'Nobody said which machine runs this host as a virtual machine.' : null;
    case 'libvirt':
      return host.vmHost?.ssh ? null : 'Athena has no SSH access to the machine that runs this host.';
    case 'webhook':
      return null;
    case 'quit':
      return protocol === 'gamestream' ? null : 'Only apps of GameStream hosts can be ended by Athena.';
    default:
      return assertNever(pause);
  }
}

function whyNever(because: Extract<PauseTarget, { by: 'never' }>['because']): string {
  switch (because) {
    case 'online':
      return 'an online game goes on for the others, and its server drops a player who stands still.';
    case 'anti-cheat':
      return 'its anti-cheat may take a stopped process for an attack, so Athena never touches it.';
    case 'wish':
      return 'this entry says that it is never paused.';
    default:
      return assertNever(because);
  }
}
