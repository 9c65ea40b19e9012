// A session's two states in plain words, for every page. "Paused" is said only when the app's state says so.
import { assertNever } from '../../electron/common/result';
import { isPaused } from '../../electron/common/paused-app';
import type { AppState, ClientEnd, LinkState, Question, SessionView, StreamQuality } from '../../electron/common/session';
import type { Told } from '../../electron/common/told';
import { wordsOf } from '../language/language';
import { say } from '../language/told';
import { endWords } from './end-words';
import type { Tone } from './tone';

const words = wordsOf('ui');

export interface StateWords {
  readonly text: string;
  readonly tone: Tone;
  /** Athena is doing something about it right now. */
  readonly isWorking: boolean;
}

/** The stream broke and Athena is bringing it back. */
export function isInterrupted(link: LinkState): boolean {
  return link.kind === 'stalled' || link.kind === 'waiting' || link.kind === 'gating' || link.kind === 'reconnecting';
}

/** The one big sentence of the session page, and the tile's and sidebar's note. */
export function sessionWords({ link, app, quality }: Pick<SessionView, 'link' | 'app' | 'quality'>): StateWords {
  switch (link.kind) {
    case 'connecting':
      return isPaused(app) ? state(words('session.connectingPaused'), 'hold', true) : state(words('session.connecting'), 'accent', true);
    case 'streaming':
      return streamingWords(app, quality);
    case 'stalled':
      return isPaused(app) ? state(words('session.stalledPaused'), 'hold', true) : state(words('session.stalled'), 'warn', true);
    case 'waiting':
    case 'gating':
    case 'reconnecting':
      return isPaused(app) ? state(words('session.reconnectingPaused'), 'hold', true) : state(words('session.reconnecting'), 'warn', true);
    case 'asking':
      return state(questionTitle(link.question), 'warn', false);
    case 'stopping':
      return state(words('session.stopping'), 'neutral', true);
    case 'ended':
      return isPaused(app) ? state(words('session.endedPaused'), 'hold', false) : state(words(`session.ended.${link.reason}`), 'neutral', false);
    default:
      return assertNever(link);
  }
}

function streamingWords(app: AppState, { poor, tooSlow }: StreamQuality): StateWords {
  const plain = poor || tooSlow ? state(words('session.poor'), 'warn', false) : state(words('session.streaming'), 'good', false);
  switch (app.kind) {
    case 'unmanaged':
    case 'running':
      return plain;
    case 'pausing':
      return state(words('app.pausing'), 'warn', true);
    case 'paused':
      return isPaused(app) ? state(words('session.streamingPaused'), 'hold', false) : plain;
    case 'counting-down':
      return state(isPaused(app) ? words('session.backPaused') : words('session.back'), 'hold', true);
    case 'resuming':
      return state(words('app.resuming'), 'good', true);
    case 'uncertain':
      return state(app.wanted === 'paused' ? words('session.pauseFailed') : words('session.resumeFailed'), 'warn', false);
    default:
      return assertNever(app);
  }
}

function state(text: string, tone: Tone, isWorking: boolean): StateWords {
  return { text, tone, isWorking };
}

export function questionTitle(question: Question): string {
  switch (question.kind) {
    case 'password':
      return question.reason === 'missing' ? words('question.passwordMissing') : words('question.passwordRefused');
    case 'trust-certificate':
    case 'certificate-changed':
    case 'host-name-unknown':
    case 'not-paired':
    case 'crash-loop':
    case 'other-app':
      return words(`question.${question.kind}`);
    case 'client-failed':
      return failedTitle(question.end);
    default:
      return assertNever(question);
  }
}

/** Most ends come after the client has talked to the host: only these two come before. */
function failedTitle({ kind }: ClientEnd): string {
  return kind === 'client-misused' || kind === 'display-lost' ? words('question.noStart') : words('question.gaveUp');
}

/** What the link is doing, under the big sentence; times that count are drawn beside it. */
export function linkDetail(link: LinkState): string {
  switch (link.kind) {
    case 'connecting':
      return stageSentence(link.stage);
    case 'streaming':
      return '';
    case 'stalled':
      return words('link.stalled', { end: endWords(link.interruption.end) });
    case 'waiting':
      return `${endWords(link.interruption.end)}.`;
    case 'gating':
      return words('link.gating', { end: endWords(link.interruption.end) });
    case 'reconnecting':
      return `${endWords(link.interruption.end)}. ${stageSentence(link.stage)}`;
    case 'asking':
      return link.interruption === null ? '' : `${endWords(link.interruption.end)}.`;
    case 'stopping':
      return words('link.stopping');
    case 'ended':
      return '';
    default:
      return assertNever(link);
  }
}

function stageSentence(told: Told): string {
  const stage = say(told);
  const said = stage === '' ? words('link.starting') : stage;
  const text = said.charAt(0).toLocaleUpperCase() + said.slice(1);
  return /[.…]$/.test(text) ? text : `${text}.`;
}

export interface AppWords extends StateWords {
  readonly detail: string;
}

/** The app's own state: what is known about it on the host. */
export function appWords(app: AppState): AppWords {
  switch (app.kind) {
    case 'unmanaged':
      return { ...state(words('app.unmanaged'), 'neutral', false), detail: say(app.why) };
    case 'running':
      return { ...state(words('app.running'), 'good', false), detail: '' };
    case 'pausing':
      return { ...state(words('app.pausing'), 'warn', true), detail: '' };
    case 'paused':
      return pausedWords(app, app.by === 'user' ? words('app.verifiedByYou') : words('app.verified'));
    case 'counting-down':
      return pausedWords(app, words('app.aboutToRun'));
    case 'resuming':
      return { ...state(words('app.resuming'), 'good', true), detail: '' };
    case 'uncertain':
      return {
        ...state(app.wanted === 'paused' ? words('app.pauseFailed') : words('app.resumeFailed'), 'warn', false),
        detail: `${say(app.message)} ${say(app.advice)}`,
      };
    default:
      return assertNever(app);
  }
}

function pausedWords({ method, processes, verified }: Extract<AppState, { kind: 'paused' | 'counting-down' }>, detail: string): AppWords {
  const paused = state(words('app.paused'), 'hold', false);
  switch (method) {
    case 'sigstop':
    case 'cgroup-freeze':
    case 'suspended':
      return { ...paused, detail: words('app.processes', { count: processes, detail }) };
    case 'vm-suspend':
      return { ...paused, detail: words('app.machine', { detail }) };
    case 'quit':
      return { ...state(words('app.ended'), 'neutral', false), detail: words('app.endedDetail') };
    case 'key':
    case 'own-command':
    case 'webhook':
      return verified === false
        ? { ...state(words('app.asked'), 'warn', false), detail: words('app.askedDetail') }
        : { ...paused, detail: detail.charAt(0).toLocaleUpperCase() + detail.slice(1) };
    default:
      return assertNever(method);
  }
}
