// What a host's refusal to start or resume an app means, by its status code where the client tells it, else by its words.
import type { ClientEnd } from '../../common/session';

type Refusal = Extract<ClientEnd, { kind: 'launch-refused' }>;

/** A host's own words may be anything; what is shown is cut. */
const longestMessage = 300;

/**
 * @param code the root attribute `status_code`, null where the client doesn't print it
 * @param message the root attribute `status_message` (Sunshine, nvhttp.cpp)
 */
export function launchRefusal(code: number | null, message: string): Refusal {
  return { kind: 'launch-refused', reason: reasonOf(code, message), code, message: message.slice(0, longestMessage) };
}

function reasonOf(code: number | null, message: string): Refusal['reason'] {
  if (/concurrent stream limit/i.test(message)) return 'stream-limit';
  if (/failed to start the specified application/i.test(message)) return 'start-failed';
  switch (code) {
    // Moonlight reads status codes as unsigned: Sunshine's literal −1 comes out as 0.
    case 0:
    case -1:
      return 'start-failed';
    case 404:
      return 'app-unknown';
    case 503:
      return 'no-picture';
    default:
      return code === null && /initialize video capture|display connected/i.test(message) ? 'no-picture' : 'other';
  }
}
