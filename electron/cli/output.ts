// How commands speak: JSON objects, one a line, on stdout for programs; plain words for people; troubles on stderr.
import type { Failure } from '../common/result';
import { inEnglish } from '../common/told';

export function printJson(value: unknown): void {
  process.stdout.write(`${JSON.stringify(inEnglish(value))}\n`);
}

export function printLine(text: string): void {
  process.stdout.write(`${text}\n`);
}

export function printFailure({ message, advice }: Failure, json: boolean): void {
  if (json) printJson({ error: message, advice });
  else process.stderr.write(`${message}\n${advice}\n`);
}
