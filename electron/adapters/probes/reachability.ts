// Answers one question for people: is the host there now?
import { hostAddressSchema } from '../../common/host';
import { failure, success, type Result } from '../../common/result';
import { pingOnce } from './ping-once';
import { explainPing, pingMissing } from './ping-trouble';

export interface Reachability {
  readonly alive: boolean;
  /** null: no answer, or one without a time. */
  readonly rttMs: number | null;
  /** The numeric address that was asked; null when it isn't known. */
  readonly address: string | null;
}

const waitS = 2;
/** A resolver that is gone takes longer than anybody waits for a button. */
const patienceMs = 12_000;

/**
 * One echo question, at most 12 s. A host that does not answer is a success with `alive: false`; a failure means that it
 * could not be asked: bad-input, not-found (name), host-unreachable (no way), not-supported (no ping, no permission), timed-out.
 */
export async function checkReachability(address: string): Promise<Result<Reachability>> {
  if (!hostAddressSchema.safeParse(address).success) {
    return failure('bad-input', `"${address}" is not a host.`, 'Give a name such as desk.local or an address such as 192.168.1.20.');
  }
  let giveUp: NodeJS.Timeout | undefined;
  const tooLong = new Promise<null>((resolve) => (giveUp = setTimeout(() => resolve(null), patienceMs)));
  try {
    const answer = await Promise.race([pingOnce(address, waitS), tooLong]);
    if (answer === null) {
      return failure('timed-out', `Asking ${address} took too long.`, 'Check that the DNS server answers, or use the numeric address.');
    }
    if (answer.alive) return success({ alive: true, rttMs: answer.rttMs, address: answer.address });
    return explainSilence(address, answer.address, answer.output);
  } catch {
    return failure('not-supported', `${address} can't be asked: ping can't be started.`, `${pingMissing}.`);
  } finally {
    clearTimeout(giveUp);
  }
}

function explainSilence(address: string, asked: string | null, output: string): Result<Reachability> {
  const trouble = explainPing(output, address);
  if (trouble.kind === 'machine') return failure('not-supported', `${address} can't be asked.`, `${trouble.message}.`);
  if (trouble.kind === 'network' && asked === null) {
    const isName = trouble.message.startsWith('the name');
    return failure(isName ? 'not-found' : 'host-unreachable', `${address} can't be asked.`, `${trouble.message}.`);
  }
  return success({ alive: false, rttMs: null, address: asked });
}
