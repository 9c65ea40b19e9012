// Pauses an app by asking a web address of the user's to do it.
import { z } from 'zod';
import type { TargetOf } from '../../common/entry';
import type { HostRecord } from '../../common/host';
import { failure, success, type Result } from '../../common/result';
import type { Clock } from '../../domain/clock';
import type { AppDriver } from '../../domain/pause/app-driver';
import type { AppReading, ControlFailure, ControlReport } from '../../domain/pause/host-control';
import { originOf, type PauseSecrets } from '../../domain/pause/pause-secrets';
import { AskedApp } from './asked-app';
import { askOverHttp, type HttpAnswer } from './http-question';

export interface WebhookParts {
  readonly secrets: Pick<PauseSecrets, 'read' | 'forgetHeld'>;
  readonly clock: Clock;
  /** What the receiver is told the entry is called. */
  readonly nameOf: (host: HostRecord, target: Target) => string;
  /** Milliseconds for one answer; absent: the usual. */
  readonly answerMs?: number;
  /** Certificates (PEM) that are trusted too; for tests. */
  readonly extraCa?: string;
}

type Target = TargetOf<'webhook'>;

const usualAnswerMs = 4_000;
const maxRedirects = 3;
const statusSchema = z.object({ state: z.enum(['paused', 'running']) });
const whom = 'the webhook';

export class WebhookDriver implements AppDriver<Target> {
  readonly #app: AskedApp<Target>;

  constructor(private readonly parts: WebhookParts) {
    this.#app = new AskedApp({
      method: 'webhook',
      clock: parts.clock,
      ask: (host, target, wanted, signal) => this.#tell(host, target, wanted, signal),
      look: (host, target, signal) => (target.status === undefined ? null : this.#look(host, target, target.status, signal)),
    });
  }

  /** There is nothing to keep warm: a connection of minutes ago is closed by the other side. */
  warm(): Promise<Result<null, ControlFailure>> {
    return Promise.resolve(success(null));
  }

  pause(host: HostRecord, target: Target): Promise<Result<ControlReport, ControlFailure>> {
    return this.#app.settle(host, target, 'paused');
  }

  resume(host: HostRecord, target: Target): Promise<Result<ControlReport, ControlFailure>> {
    return this.#app.settle(host, target, 'running');
  }

  read(host: HostRecord, target: Target): Promise<Result<AppReading, ControlFailure>> {
    return this.#app.read(host, target);
  }

  close(host?: HostRecord): void {
    this.#app.cancel(host);
  }

  async #tell(host: HostRecord, target: Target, wanted: 'paused' | 'running', signal: AbortSignal): Promise<Result<null, ControlFailure>> {
    const url = wanted === 'paused' ? target.pause : target.resume;
    const body = JSON.stringify({ entry: this.parts.nameOf(host, target), host: host.name, state: wanted });
    const first = await this.#ask(host, target, 'POST', url, body, signal);
    if (first.ok || !isWorthAnotherTry(first.failure)) return first.ok ? success(null) : first;
    const second = await this.#ask(host, target, 'POST', url, body, signal);
    return second.ok ? success(null) : second;
  }

  async #look(host: HostRecord, target: Target, url: string, signal: AbortSignal): Promise<Result<'paused' | 'running', ControlFailure>> {
    const answer = await this.#ask(host, target, 'GET', url, '', signal);
    return answer.ok ? readStatus(answer.value.body) : answer;
  }

  async #ask(host: HostRecord, target: Target, method: 'GET' | 'POST', address: string, body: string, signal: AbortSignal): Promise<Result<HttpAnswer, ControlFailure>> {
    const secret = await this.parts.secrets.read(host, target);
    // The secret is for the origin it was given for, wherever else the entry points.
    const header = target.secretHeader;
    if (header !== undefined && secret === null) {
      return failure('auth-refused', 'The secret of this webhook is not known.', 'Give it in the form of this entry, or with "athena pause-secret" and the entry; it is kept in the keyring.');
    }
    let url = new URL(address);
    for (let redirects = 0; ; redirects++) {
      const isOwn = originOf(url.href) === originOf(target.pause);
      const answer = await askOverHttp({
        method,
        url,
        headers: {
          accept: 'application/json',
          ...(method === 'POST' && { 'content-type': 'application/json' }),
          ...(header !== undefined && secret !== null && isOwn && { [header]: secret.reveal() }),
        },
        body,
        limitMs: this.parts.answerMs ?? usualAnswerMs,
        ...(this.parts.extraCa !== undefined && { extraCa: this.parts.extraCa }),
        whom,
        signal,
      });
      if (!answer.ok) return answer;
      const { status, location } = answer.value;
      if (status >= 200 && status < 300) return answer;
      if (status === 401 || status === 403) {
        this.parts.secrets.forgetHeld(host, target);
        return failure('auth-refused', `The webhook does not let Athena in (${status}).`, 'Give its secret once more, and check the name of the header.');
      }
      // 307 and 308 keep the method (RFC 9110, 15.4); the others would turn an order into a question.
      if (status !== 307 && status !== 308) return { ok: false, failure: refusedWith(status) };
      const next = location === null ? null : resolved(location, url);
      if (next === null || originOf(next.href) !== originOf(url.href) || redirects >= maxRedirects) {
        return failure('bad-answer', 'The webhook sends Athena on to another place, and Athena does not follow.', 'Put the address it really has into this entry.');
      }
      url = next;
    }
  }
}

export function readStatus(body: string): Result<'paused' | 'running', ControlFailure> {
  try {
    const parsed = statusSchema.safeParse(JSON.parse(body));
    if (parsed.success) return success(parsed.data.state);
  } catch {
    // Not JSON: told as an answer that tells no state.
  }
  return failure('bad-answer', 'The status address of this webhook does not tell the state.', 'It must answer {"state": "paused"} or {"state": "running"}.');
}

function refusedWith(status: number): ControlFailure {
  const [message, advice] = [`The webhook answered with ${status} instead of success.`, 'Look into the log of whatever receives it.'] as const;
  return failure(status === 404 || status === 410 ? 'not-found' : 'io', message, advice).failure;
}

/** A refusal stands; a connection that broke, or a service that was busy, may do better the second time. */
function isWorthAnotherTry({ kind }: ControlFailure): boolean {
  return kind === 'timed-out' || kind === 'host-unreachable' || kind === 'io';
}

function resolved(location: string, base: URL): URL | null {
  try {
    return new URL(location, base);
  } catch {
    // Not an address: told by the caller.
    return null;
  }
}
