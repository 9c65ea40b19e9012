// Ends the running app of a host: asks for it, then looks whether the host really has nothing running any more.
import { failure, success, type Result } from '../../common/result';
import type { Clock } from '../../domain/clock';
import type { ServerInfo } from '../../domain/hosts/gamestream-host';
import type { XmlAnswer } from './answer-xml';
import { wordsFor, type Place } from './gamestream-failures';
import { accepted } from './nv-client';

export interface QuitParts {
  readonly clock: Clock;
  readonly place: Place;
  readonly cancelApp: () => Promise<Result<XmlAnswer>>;
  readonly serverInfo: () => Promise<Result<ServerInfo>>;
  /** Through the web interface, where its log-in is known: it ends an app that has streams, also on older hosts. */
  readonly closeByWeb: (() => Promise<Result<null>>) | null;
}

/** An app gets some seconds to end by itself before the host kills it; milliseconds. */
export const quitLimitMs = 30_000;
const looks = 10;
const betweenLooksMs = 500;

export async function quitApp(parts: QuitParts): Promise<Result<null>> {
  const { place, closeByWeb } = parts;
  const asked = accepted(await parts.cancelApp(), place);
  if (!asked.ok && asked.failure.kind === 'host-busy' && closeByWeb) {
    const closed = await closeByWeb();
    if (!closed.ok) return closed;
  } else if (!asked.ok) {
    return asked.failure.kind === 'host-busy' ? stillStreamed(place) : asked;
  }
  return confirm(parts);
}

/** Saying yes isn't doing it: hosts answer 200 and leave the app of another client running. */
async function confirm({ clock, place, serverInfo }: QuitParts): Promise<Result<null>> {
  for (let look = 1; look <= looks; look++) {
    const info = await serverInfo();
    if (!info.ok) return info;
    if (info.value.runningAppId === null) return success(null);
    if (look < looks) await new Promise<void>((resolve) => clock.after(betweenLooksMs, resolve));
  }
  return failure(
    'not-verified',
    `${wordsFor(place)} agreed to end the app, but it still runs.`,
    'End it on the host itself, or from the computer that started it.',
  );
}

/** Releases of Sunshine before 2025 don't end an app while somebody streams it. */
function stillStreamed(place: Place): Result<never> {
  return failure(
    'host-busy',
    `${wordsFor(place)} does not end an app while it is being streamed.`,
    "End every stream of this host first, then quit the app; Sunshine's web page can close it at once.",
  );
}
