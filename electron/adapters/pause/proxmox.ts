// Suspends and resumes one virtual machine over the REST API of its Proxmox host.
import type { TargetOf } from '../../common/entry';
import type { HostRecord } from '../../common/host';
import { failure, success, type Result } from '../../common/result';
import type { Clock } from '../../domain/clock';
import type { ControlFailure } from '../../domain/pause/host-control';
import type { PauseSecrets } from '../../domain/pause/pause-secrets';
import { askOverHttp, type HttpAnswer } from './http-question';
import { readCurrent, readTask, readTaskState, taskFailed, type VmState } from './proxmox-answer';
import type { VmSwitch } from './vm-driver';

export interface ProxmoxParts {
  readonly secrets: Pick<PauseSecrets, 'read' | 'forgetHeld'>;
  readonly clock: Clock;
  /** Milliseconds for one answer; absent: the usual. */
  readonly answerMs?: number;
  /** Milliseconds for a task; absent: the usual. */
  readonly taskMs?: number;
}

const usualAnswerMs = 5_000;
/** A suspend is a word to QEMU: what takes longer waits for something else. */
const usualTaskMs = 15_000;
const betweenLooksMs = 200;

type Target = TargetOf<'proxmox'>;

/** https://pve.proxmox.com/pve-docs/api-viewer/ : /nodes/{node}/qemu/{vmid}/status and /nodes/{node}/tasks/{upid}/status. */
export class ProxmoxSwitch implements VmSwitch<Target> {
  constructor(private readonly parts: ProxmoxParts) {}

  async state(host: HostRecord, target: Target, signal: AbortSignal): Promise<Result<VmState, ControlFailure>> {
    const answer = await this.#ask(host, target, 'GET', `${machinePath(target)}/current`, signal);
    return answer.ok ? readCurrent(answer.value) : answer;
  }

  async order(host: HostRecord, target: Target, wanted: 'suspend' | 'resume', signal: AbortSignal): Promise<Result<null, ControlFailure>> {
    const answer = await this.#ask(host, target, 'POST', `${machinePath(target)}/${wanted}`, signal);
    if (!answer.ok) return answer;
    const task = readTask(answer.value);
    return task.ok ? this.#finished(host, target, task.value, signal) : task;
  }

  async #finished(host: HostRecord, target: Target, task: string, signal: AbortSignal): Promise<Result<null, ControlFailure>> {
    const { clock, taskMs = usualTaskMs } = this.parts;
    const untilMs = clock.monotonicMs() + taskMs;
    for (;;) {
      const answer = await this.#ask(host, target, 'GET', `/nodes/${target.node}/tasks/${encodeURIComponent(task)}/status`, signal);
      const state = answer.ok ? readTaskState(answer.value) : answer;
      if (!state.ok) return state;
      if (state.value.kind === 'done') return success(null);
      if (state.value.kind === 'failed') return { ok: false, failure: taskFailed(state.value.why) };
      if (clock.monotonicMs() >= untilMs) {
        return failure('timed-out', `Proxmox still works on it after ${taskMs / 1_000} s.`, 'Look at its running tasks, and try again.');
      }
      await new Promise<void>((resolve) => void clock.after(betweenLooksMs, resolve));
    }
  }

  async #ask(host: HostRecord, target: Target, method: 'GET' | 'POST', path: string, signal: AbortSignal): Promise<Result<HttpAnswer, ControlFailure>> {
    const address = target.address ?? host.vmHost?.address;
    if (address === undefined) {
      return failure('bad-input', 'Nobody said which Proxmox host runs this machine.', 'Give this entry the "address" of the Proxmox host, or its host a "vmHost".');
    }
    const secret = await this.parts.secrets.read(host, target);
    if (secret === null) {
      return failure('auth-refused', `The secret of the API token ${target.tokenId} is not known.`, 'Give it in the form of this entry, or with "athena pause-secret" and the entry; it is kept in the keyring.');
    }
    const name = address.includes(':') ? `[${address.replace('%', '%25')}]` : address;
    const answer = await askOverHttp({
      method,
      url: new URL(`https://${name}:${target.port}/api2/json${path}`),
      headers: { authorization: `PVEAPIToken=${target.tokenId}=${secret.reveal()}`, accept: 'application/json' },
      body: '',
      limitMs: this.parts.answerMs ?? usualAnswerMs,
      ...(target.fingerprint !== undefined && { fingerprint: target.fingerprint }),
      whom: 'the Proxmox host',
      signal,
    });
    // It may have been replaced by another process: the keyring is asked anew.
    if (answer.ok && answer.value.status === 401) this.parts.secrets.forgetHeld(host, target);
    return answer;
  }
}

function machinePath({ node, vmid }: Target): string {
  return `/nodes/${node}/qemu/${vmid}/status`;
}
