// A session's two states in plain words, for every page. "Paused" is said only when the app's state says so.
import { assertNever } from '../../electron/common/result';
import { wordsForEnd } from '../../electron/common/end-words';
import { isPaused } from '../../electron/common/paused-app';
import type { AppState, ClientEnd, LinkState, Question, SessionView, StreamQuality } from '../../electron/common/session';
import type { Tone } from './tone';

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
      return isPaused(app) ? words('Connecting, app paused', 'hold', true) : words('Connecting', 'accent', true);
    case 'streaming':
      return streamingWords(app, quality);
    case 'stalled':
      return isPaused(app) ? words('Paused, the stream stands still', 'hold', true) : words('The stream stands still', 'warn', true);
    case 'waiting':
    case 'gating':
    case 'reconnecting':
      return isPaused(app) ? words('Paused, reconnecting', 'hold', true) : words('Reconnecting', 'warn', true);
    case 'asking':
      return words(questionTitle(link.question), 'warn', false);
    case 'stopping':
      return words('Stopping', 'neutral', true);
    case 'ended':
      return isPaused(app) ? words('Ended, app still paused', 'hold', false) : words(endedTitle(link.reason), 'neutral', false);
    default:
      return assertNever(link);
  }
}

function streamingWords(app: AppState, { poor, tooSlow }: StreamQuality): StateWords {
  const plain = poor || tooSlow ? words('Streaming poorly', 'warn', false) : words('Streaming', 'good', false);
  switch (app.kind) {
    case 'unmanaged':
    case 'running':
      return plain;
    case 'pausing':
      return words('Pausing the app', 'warn', true);
    case 'paused':
      return isPaused(app) ? words('Streaming, app paused', 'hold', false) : plain;
    case 'counting-down':
      return words(isPaused(app) ? 'Stream is back, app paused' : 'Stream is back', 'hold', true);
    case 'resuming':
      return words('Resuming the app', 'good', true);
    case 'uncertain':
      return words(app.wanted === 'paused' ? 'Streaming, pause failed' : 'Streaming, resume failed', 'warn', false);
    default:
      return assertNever(app);
  }
}

function words(text: string, tone: Tone, isWorking: boolean): StateWords {
  return { text, tone, isWorking };
}

function endedTitle(reason: 'stopped' | 'closed' | 'host'): string {
  switch (reason) {
    case 'stopped':
      return 'Stopped';
    case 'closed':
      return 'Closed in the client';
    case 'host':
      return 'Ended by the host';
    default:
      return assertNever(reason);
  }
}

export function questionTitle(question: Question): string {
  switch (question.kind) {
    case 'password':
      return question.reason === 'missing' ? 'A password is needed' : 'The password was refused';
    case 'trust-certificate':
      return 'Do you trust this host?';
    case 'certificate-changed':
      return 'The certificate has changed';
    case 'host-name-unknown':
      return 'Host name not found';
    case 'client-failed':
      return failedTitle(question.end);
    case 'not-paired':
      return 'This host is not paired';
    case 'crash-loop':
      return 'It crashes again and again';
    case 'other-app':
      return 'Another app runs on the host';
    default:
      return assertNever(question);
  }
}

/** Most ends come after the client has talked to the host: only these two come before. */
function failedTitle({ kind }: ClientEnd): string {
  return kind === 'client-misused' || kind === 'display-lost' ? 'The client could not start' : 'The client gave up';
}

/** What the link is doing, under the big sentence; times that count are drawn beside it. */
export function linkDetail(link: LinkState): string {
  switch (link.kind) {
    case 'connecting':
      return stageSentence(link.stage);
    case 'streaming':
      return '';
    case 'stalled':
      return `${wordsForEnd(link.interruption.end)}. It is given a moment to come back by itself.`;
    case 'waiting':
      return `${wordsForEnd(link.interruption.end)}.`;
    case 'gating':
      return `${wordsForEnd(link.interruption.end)}. Waiting until the network is fit.`;
    case 'reconnecting':
      return `${wordsForEnd(link.interruption.end)}. ${stageSentence(link.stage)}`;
    case 'asking':
      return link.interruption === null ? '' : `${wordsForEnd(link.interruption.end)}.`;
    case 'stopping':
      return 'Closing the client.';
    case 'ended':
      return '';
    default:
      return assertNever(link);
  }
}

function stageSentence(stage: string): string {
  const said = stage === '' || stage === 'starting' ? 'starting the client' : stage;
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
      return { ...words('The app plays on', 'neutral', false), detail: app.why };
    case 'running':
      return { ...words('App running', 'good', false), detail: '' };
    case 'pausing':
      return { ...words('Pausing the app', 'warn', true), detail: '' };
    case 'paused':
      return pausedWords(app, `verified on the host${app.by === 'user' ? ', by you' : ''}`);
    case 'counting-down':
      return pausedWords(app, 'about to run on');
    case 'resuming':
      return { ...words('Resuming the app', 'good', true), detail: '' };
    case 'uncertain':
      return {
        ...words(app.wanted === 'paused' ? 'Pause failed' : 'Resume failed', 'warn', false),
        detail: `${app.message} ${app.advice}`,
      };
    default:
      return assertNever(app);
  }
}

function pausedWords({ method, processes, verified }: Extract<AppState, { kind: 'paused' | 'counting-down' }>, detail: string): AppWords {
  const paused = words('App paused', 'hold', false);
  switch (method) {
    case 'sigstop':
    case 'cgroup-freeze':
    case 'suspended':
      return { ...paused, detail: `${countProcesses(processes)}, ${detail}` };
    case 'vm-suspend':
      return { ...paused, detail: `Its whole virtual machine, ${detail}` };
    case 'quit':
      return { ...words('App ended', 'neutral', false), detail: 'Ended instead of paused, as this entry asks for' };
    case 'key':
    case 'own-command':
    case 'webhook':
      return verified === false
        ? { ...words('App asked to pause', 'warn', false), detail: 'Nothing on the host tells whether it did' }
        : { ...paused, detail: detail.charAt(0).toLocaleUpperCase() + detail.slice(1) };
    default:
      return assertNever(method);
  }
}

function countProcesses(count: number): string {
  return count === 1 ? '1 process' : `${count} processes`;
}
