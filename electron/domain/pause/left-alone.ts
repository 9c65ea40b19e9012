// Decides whether Athena may and can pause an entry's app at all, and says plainly why not.
import type { Entry, PauseTarget } from '../../common/entry';
import type { HostRecord } from '../../common/host';
import { assertNever } from '../../common/result';
import { tell, type Told } from '../../common/told';

/** Null: it is paused when its stream is lost. Otherwise a sentence for the session's page. */
export function whyLeftAlone({ pause, protocol }: Pick<Entry, 'pause' | 'protocol'>, host: HostRecord): Told | null {
  if (!pause) return tell`The entry does not say which processes to pause.`;
  switch (pause.by) {
    case 'never':
      return tell`It plays on without you: ${whyNever(pause.because)}`;
    case 'command':
    case 'pid-file':
    case 'windows-command':
    case 'key':
      return host.ssh ? null : tell`Athena has no SSH access to this host.`;
    case 'own-command':
      return pause.on === 'here' || host.ssh ? null : tell`Athena has no SSH access to this host.`;
    case 'proxmox':
      return pause.address === undefined && !host.vmHost ? tell`Nobody said which machine runs this host as a virtual machine.` : null;
    case 'libvirt':
      return host.vmHost?.ssh ? null : tell`Athena has no SSH access to the machine that runs this host.`;
    case 'webhook':
      return null;
    case 'quit':
      return protocol === 'gamestream' ? null : tell`Only apps of GameStream hosts can be ended by Athena.`;
    default:
      return assertNever(pause);
  }
}

function whyNever(because: Extract<PauseTarget, { by: 'never' }>['because']): Told {
  switch (because) {
    case 'online':
      return tell`an online game goes on for the others, and its server drops a player who stands still.`;
    case 'anti-cheat':
      return tell`its anti-cheat may take a stopped process for an attack, so Athena never touches it.`;
    case 'wish':
      return tell`this entry says that it is never paused.`;
    default:
      return assertNever(because);
  }
}
