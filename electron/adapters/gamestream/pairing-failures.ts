// Why a pairing ended without success, in plain words, and what to do about it.
import { failure, type Failure } from '../../common/result';
import type { XmlAnswer } from './answer-xml';
import { wordsFor, type Place } from './gamestream-failures';
import { quoted } from './host-text';

export function badPin(): Failure {
  return failure('bad-input', 'A PIN is exactly four digits.', 'Choose another, or have one made.').failure;
}

export function wrongPin(place: Place): Failure {
  return failure('wrong-pin', `Another PIN was typed at ${wordsFor(place)}.`, 'Pair again, and type the new PIN exactly as it is shown.').failure;
}

/** @param how what gave it away */
export function manInTheMiddle(place: Place, how: string): Failure {
  return failure(
    'man-in-the-middle',
    `Somebody between this computer and ${wordsFor(place)} swapped its certificate: ${how}. Nothing was saved.`,
    'Do not pair over this network; pair where both computers hang on the same switch or router.',
  ).failure;
}

export function refusedAtStep(place: Place, step: number, { statusCode, statusMessage }: XmlAnswer): Failure {
  const said = quoted(statusMessage);
  const why = statusCode === 200 ? (said === '' ? 'it said no' : said) : `status ${statusCode}${said === '' ? '' : `, ${said}`}`;
  return failure(
    'pairing-refused',
    `${wordsFor(place)} refused the pairing at step ${step}: ${why}.`,
    // Sunshine drops a half-done pairing when the next one stumbles over it.
    'Try once more: the host may have kept something of an attempt that was broken off.',
  ).failure;
}

export function pairingInProgress(place: Place): Failure {
  return failure('pairing-refused', `${wordsFor(place)} is pairing with somebody else.`, 'Finish or cancel that pairing, then try again.').failure;
}

export function nobodyTyped(place: Place, limitMs: number): Failure {
  return failure(
    'timed-out',
    `Nobody typed the PIN at ${wordsFor(place)} within ${Math.round(limitMs / 60_000)} minutes.`,
    "Pair again, and type the PIN on the host's web page, tab PIN.",
  ).failure;
}

export function pinNotTaken(place: Place): Failure {
  return failure(
    'pairing-refused',
    `${wordsFor(place)} took the PIN, but not for this computer.`,
    'Cancel other pairings with this host (or restart Sunshine), then pair again.',
  ).failure;
}
