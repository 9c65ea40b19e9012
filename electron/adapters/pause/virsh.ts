// Suspends and resumes one virtual machine with `virsh` on the machine that runs it, over SSH.
import type { TargetOf } from '../../common/entry';
import type { HostRecord } from '../../common/host';
import { failure, success, type Result } from '../../common/result';
import type { ControlFailure } from '../../domain/pause/host-control';
import type { HostResult, LinuxHost } from './linux-host';
import { refused } from './linux-host';
import { lastWords, runProgram, type ProgramEnd } from './linux-program';
import type { VmState } from './proxmox-answer';
import type { SshLinks } from './ssh-links';
import type { VmSwitch } from './vm-driver';

type Target = TargetOf<'libvirt'>;

/** virsh waits for the hypervisor; a suspend takes it milliseconds. */
const limitMs = 10_000;

export class VirshSwitch implements VmSwitch<Target> {
  /** @param links to the machines that run the hosts, never the same as those to the hosts */
  constructor(private readonly links: Pick<SshLinks<LinuxHost>, 'perform' | 'warm' | 'close'>) {}

  warm(host: HostRecord): Promise<Result<null, ControlFailure>> {
    const below = vmHostOf(host);
    return below.ok ? this.links.warm(below.value) : Promise.resolve(below);
  }

  state(host: HostRecord, target: Target): Promise<Result<VmState, ControlFailure>> {
    return this.#virsh(host, target, 'domstate', (end) => success(readDomainState(end.output)));
  }

  order(host: HostRecord, target: Target, wanted: 'suspend' | 'resume'): Promise<Result<null, ControlFailure>> {
    return this.#virsh(host, target, wanted, () => success(null));
  }

  close(host?: HostRecord): void {
    this.links.close(host);
  }

  #virsh<T>(host: HostRecord, target: Target, verb: string, read: (end: ProgramEnd) => HostResult<T>): Promise<Result<T, ControlFailure>> {
    const below = vmHostOf(host);
    if (!below.ok) return Promise.resolve(below);
    const connect = target.uri === undefined ? [] : ['--connect', target.uri];
    return this.links.perform(below.value, async (linux) => {
      // Its words are compared below, so they must not be translated.
      const ended = await runProgram(linux, ['virsh', '--quiet', ...connect, verb, '--domain', target.domain], limitMs, { LC_ALL: 'C' });
      if (!ended.ok) return ended;
      return ended.value.exitCode === 0 ? read(ended.value) : virshRefused(ended.value, target);
    });
  }
}

/** `virsh domstate`: running, paused, shut off, in shutdown, crashed, pmsuspended, idle. */
export function readDomainState(output: string): VmState {
  const told = lastWords(output);
  if (told === 'running' || told === 'idle') return { kind: 'running' };
  return told === 'paused' ? { kind: 'suspended' } : { kind: 'other', told: told === '' ? 'of no known state' : told };
}

function virshRefused({ exitCode, output }: ProgramEnd, { domain }: Target): HostResult<never> {
  const said = lastWords(output).replace(/^error: /, '');
  if (exitCode === 127) return refused('not-supported', 'There is no virsh on the machine that runs this host.', 'Install it there (Debian: libvirt-clients), or choose another way of pausing.');
  if (/failed to get domain|domain not found|no domain with/i.test(output)) {
    return refused('not-found', `libvirt knows no machine called ${domain}.`, 'Correct the name in this entry; "virsh list --all" on that machine shows them. A machine of the system needs the uri qemu:///system.');
  }
  if (/permission denied|authentication|access denied|polkit/i.test(output)) {
    return refused('permission-denied', `The SSH user may not use libvirt: ${said}.`, 'Add the user to the group libvirt on that machine.');
  }
  if (/failed to connect|cannot connect|connection refused/i.test(output)) {
    return refused('host-unreachable', `virsh does not reach libvirt: ${said}.`, 'Start libvirt on that machine ("systemctl start libvirtd"), or correct the uri of this entry.');
  }
  return refused('io', `virsh refused: ${said === '' ? `it ended with ${exitCode}` : said}.`, 'Try the same by hand on that machine.');
}

/** The machine that runs the host, as one to log in to. */
function vmHostOf(host: HostRecord): Result<HostRecord, ControlFailure> {
  const { vmHost } = host;
  if (vmHost?.ssh) return success({ id: host.id, name: `the machine that runs ${host.name}`, address: vmHost.address, ssh: vmHost.ssh });
  return failure('not-supported', `Athena has no SSH access to the machine that runs ${host.name}.`, 'Give this host a "vmHost" with "ssh" in the library.');
}
