// Sunshine's REST interface, as far as Athena uses it: entering the PIN of a pairing, and closing the running app.
import { z } from 'zod';
import { failure, success, type Failure, type Result } from '../../common/result';
import type { Clock } from '../../domain/clock';
import type { CancelSignal, WebLogIn } from '../../domain/hosts/gamestream-host';
import { badAnswer, wordsFor, type Place } from './gamestream-failures';
import { quoted } from './host-text';
import { refusal } from './nv-client';
import { ask, type RawAnswer } from './nvhttp';

export interface WebHost {
  /** The web port: one above that of plain HTTP. */
  readonly place: Place;
  readonly logIn: WebLogIn;
  /** The host's certificate from pairing, DER. Null: not known yet, then whoever answers gets the log-in. */
  readonly certificate: Buffer | null;
}

export interface WebAnswer {
  /** What the host said of its success. */
  readonly done: boolean;
  /** What it showed, DER: the caller compares it with what pairing gives later. */
  readonly certificate: Buffer;
}

/** Releases before 2025 write booleans as strings. */
const answerSchema = z.object({
  status: z.union([z.boolean(), z.enum(['true', 'false']).transform((text) => text === 'true')]).optional(),
  error: z.string().optional(),
});

const limitBytes = 65_536;
const limitMs = 5_000;
/** Closing waits for the app, which may take its time. */
const closeLimitMs = 30_000;
const offsetOfWeb = 1;

export function webPlace({ address, port }: Place): Place {
  return { address, port: port + offsetOfWeb };
}

/** `done` means that a waiting client was answered, not that its PIN was right. */
export function enterPin(host: WebHost, pin: string, name: string, clock: Clock, cancel: CancelSignal): Promise<Result<WebAnswer>> {
  return post(host, '/api/pin', JSON.stringify({ pin, name }), { clock, limitMs, cancel });
}

/** Streams of the app end in good order, unlike after `/cancel`. Nothing running is no failure. */
export async function closeApp(host: WebHost, clock: Clock): Promise<Result<null>> {
  const answer = await post(host, '/api/apps/close', null, { clock, limitMs: closeLimitMs, cancel: undefined });
  if (!answer.ok) return answer;
  return answer.value.done ? success(null) : refusal(badAnswer(host.place, 'that the app was not closed'));
}

async function post(
  { place, logIn, certificate }: WebHost,
  path: string,
  body: string | null,
  { clock, ...limits }: { readonly clock: Clock; readonly limitMs: number; readonly cancel: CancelSignal | undefined },
): Promise<Result<WebAnswer>> {
  // No Origin and no Referer: a request without them comes from no web page, and Sunshine asks for no token.
  const headers = {
    Authorization: `Basic ${Buffer.from(`${logIn.username}:${logIn.password}`, 'utf8').toString('base64')}`,
    'Content-Length': String(Buffer.byteLength(body ?? '')),
    ...(body !== null && { 'Content-Type': 'application/json' }),
  };
  const raw = await ask(
    { place, method: 'POST', path, headers, ...(body !== null && { body }), tls: { pinned: certificate, client: null }, limitBytes, ...limits },
    clock,
  );
  return raw.ok ? readAnswer(raw.value, place) : raw;
}

function readAnswer({ httpStatus, body, certificate }: RawAnswer, place: Place): Result<WebAnswer> {
  const refused = whyRefused(httpStatus, place);
  if (refused) return refusal(refused);
  const parsed = answerSchema.safeParse(parseJson(body.toString('utf8')));
  if (!parsed.success || certificate === null) return refusal(badAnswer(place, 'something else than JSON of its web interface'));
  const { status, error } = parsed.data;
  if (httpStatus !== 200) return refusal(badAnswer(place, `with HTTP status ${httpStatus}${error === undefined ? '' : ` (${quoted(error)})`}`));
  return success({ done: status ?? false, certificate });
}

function whyRefused(httpStatus: number, place: Place): Failure | null {
  const where = wordsFor(place);
  switch (httpStatus) {
    case 401:
      return failure('auth-refused', `${where} refused the user name or password of its web page.`, 'Use the log-in of Sunshine itself, not that of the computer.').failure;
    case 403:
      return failure('permission-denied', `${where} lets nobody in from this computer.`, "Set Sunshine's option origin_web_ui_allowed to lan.").failure;
    case 301:
    case 302:
    case 303:
    case 307:
    case 308:
      return failure('auth-refused', `${where} has no user for its web page yet.`, `Open https://${place.address}:${place.port} once and choose a user name and password.`).failure;
    case 404:
      return failure('not-supported', `${where} has no such function in its web interface.`, 'Update Sunshine on the host, or enter the PIN by hand.').failure;
    default:
      return null;
  }
}

function parseJson(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined; // the schema refuses it and the caller says so
  }
}
