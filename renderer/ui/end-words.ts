// How a stream begins and ends, in the language of the window; in English the same as the main process says it.
import { assertNever } from '../../electron/common/result';
import type { ClientEnd } from '../../electron/common/session';
import { hexOfCode, terminationKind } from '../../electron/common/termination-words';
import { wordsOf } from '../language/language';
import { english } from './texts.en';

const words = wordsOf('ui');

/** Without a full stop. */
export function endWords(end: ClientEnd): string {
  switch (end.kind) {
    case 'stalled':
      return words(`ends.stalled.${end.what}`);
    case 'terminated':
      return terminationWords(end.code);
    case 'stage-failed':
      return words('ends.stage-failed', { doing: isStage(end.stage) ? words(`stages.${end.stage}`) : end.stage, code: end.code });
    case 'launch-refused':
      return refusalWords(end);
    case 'slept':
      return words('ends.slept', { time: sleepWords(end.forMs) });
    case 'crashed':
      return words('ends.crashed', { signal: end.signal });
    case 'client-misused':
      return words('ends.client-misused', { detail: end.detail });
    case 'unexpected':
      return words('ends.unexpected', { exitCode: end.exitCode });
    case 'ended-by-user':
    case 'host-ended':
    case 'auth-refused':
    case 'certificate-unknown':
    case 'certificate-changed':
    case 'host-name-unknown':
    case 'host-unreachable':
    case 'connection-lost':
    case 'not-paired':
    case 'display-lost':
    case 'thread-lost':
      return words(`ends.${end.kind}`);
    default:
      return assertNever(end);
  }
}

function terminationWords(code: number): string {
  const kind = terminationKind(code);
  if (kind === 'host-code') return words('ends.terminated.host-code', { hex: hexOfCode(code) });
  return kind === 'error' ? words('ends.terminated.error', { code }) : words(`ends.terminated.${kind}`);
}

/** What a client is doing while it connects. @param told by the main process; what is not known here is shown as it is */
export function stageWords(told: string): string {
  const doing = keys(english.doing).find((key) => english.doing[key] === told);
  if (doing !== undefined) return words(`doing.${doing}`);
  const stage = keys(english.stages).find((key) => english.stages[key] === told);
  return stage === undefined ? told : words(`stages.${stage}`);
}

function keys<T extends object>(record: T): (keyof T)[] {
  return Object.keys(record) as (keyof T)[];
}

function isStage(stage: string): stage is keyof typeof english.stages {
  return Object.hasOwn(english.stages, stage);
}

function refusalWords({ reason, code, message }: Extract<ClientEnd, { kind: 'launch-refused' }>): string {
  if (reason !== 'other') return words(`ends.refused.${reason}`);
  // The host's own words, whatever they are.
  return words('ends.refused.other', { told: `${code === null ? '' : ` (${code})`}${message === '' ? '' : `: ${message}`}` });
}

function sleepWords(forMs: number): string {
  const seconds = Math.round(forMs / 1_000);
  if (seconds < 90) return `${seconds} s`;
  const minutes = Math.round(seconds / 60);
  return minutes < 90 ? `${minutes} min` : `${Math.round(minutes / 60)} h`;
}
