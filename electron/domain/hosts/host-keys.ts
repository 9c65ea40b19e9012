// SSH keys nobody has vouched for yet: each is asked once, and the answer goes where the connection is made.
import type { HostId } from '../../common/ids';
import { failure, success, type Result } from '../../common/result';
import type { HostKeyQuestion } from '../../common/session';
import type { Disposable } from '../clock';
import type { HostControl } from '../pause/host-control';

export interface HostKeyNews {
  asked?(question: HostKeyQuestion): void;
  /** `trusted` false: the user refused. */
  answered?(hostId: HostId, trusted: boolean): void;
}

export class HostKeys {
  private readonly open = new Map<HostId, HostKeyQuestion>();
  /** Refused until Athena closes: the same key is not asked about again and again. */
  private readonly refused = new Map<HostId, string>();
  private readonly listeners = new Set<HostKeyNews>();

  constructor(private readonly control: HostControl) {}

  onNews(news: HostKeyNews): Disposable {
    this.listeners.add(news);
    return { dispose: () => this.listeners.delete(news) };
  }

  questions(): HostKeyQuestion[] {
    return [...this.open.values()];
  }

  ask(question: HostKeyQuestion): void {
    if (this.refused.get(question.hostId) === question.fingerprint) return;
    if (this.open.get(question.hostId)?.fingerprint === question.fingerprint) return;
    this.open.set(question.hostId, question);
    for (const news of [...this.listeners]) news.asked?.(question);
  }

  /** Vouches for the key that was shown; an answer to a question that isn't open any more is worth nothing. */
  async trust(shown: HostKeyQuestion): Promise<Result<undefined>> {
    const question = this.open.get(shown.hostId);
    if (question?.fingerprint !== shown.fingerprint) {
      return failure('not-found', 'This key is not being asked about any more.', 'Look at the key that is shown now.');
    }
    try {
      await this.control.trust(question);
    } catch (error) {
      const reason = error instanceof Error ? error.message : String(error);
      return failure('io', `The key could not be kept: ${reason}`, 'Make room or allow writing, then trust it again.');
    }
    this.close(question.hostId, true);
    return success(undefined);
  }

  refuse(hostId: HostId): Result<undefined> {
    const question = this.open.get(hostId);
    if (question) {
      this.refused.set(hostId, question.fingerprint);
      this.close(hostId, false);
    }
    return success(undefined);
  }

  private close(hostId: HostId, trusted: boolean): void {
    this.open.delete(hostId);
    for (const news of [...this.listeners]) news.answered?.(hostId, trusted);
  }
}
