// Types the PIN for the user: through the host's web interface, as soon as the host has our pairing request to give it to.
import { success, type Result } from '../../common/result';
import type { Clock } from '../../domain/clock';
import type { CancelSignal } from '../../domain/hosts/gamestream-host';
import { cancelled } from './gamestream-failures';
import { pinNotTaken } from './pairing-failures';
import { refusal } from './nv-client';
import { enterPin, type WebHost } from './sunshine-rest';

export interface PinDelivery {
  readonly web: WebHost;
  readonly pin: string;
  readonly clientName: string;
  readonly clock: Clock;
  /** Aborted when the first step of pairing has its answer, or the user gave up. */
  readonly done: CancelSignal;
}

/** The request is surely on the host by then. */
const firstTryMs = 500;
const nextTryMs = 1_000;
const tries = 15;

/** @returns the certificate that the web interface showed, DER */
export async function deliverPin({ web, pin, clientName, clock, done }: PinDelivery): Promise<Result<Buffer>> {
  for (let attempt = 1; attempt <= tries && !done.aborted; attempt++) {
    await pause(clock, attempt === 1 ? firstTryMs : nextTryMs, done);
    const answer = await enterPin(web, pin, clientName, clock, done);
    if (!answer.ok) return answer;
    if (answer.value.done) return success(answer.value.certificate);
  }
  return refusal(done.aborted ? cancelled() : pinNotTaken(web.place));
}

export function pause(clock: Clock, delayMs: number, done: CancelSignal): Promise<void> {
  return new Promise((resolve) => {
    if (done.aborted) {
      resolve();
      return;
    }
    const finish = (): void => {
      timer.dispose();
      done.removeEventListener('abort', finish);
      resolve();
    };
    const timer = clock.after(delayMs, finish);
    done.addEventListener('abort', finish);
  });
}
