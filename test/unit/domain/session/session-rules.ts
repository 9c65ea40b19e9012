// What must be true of a session at every moment, whatever has happened to it.
import type { SessionState } from '../../../../electron/domain/session/session-events';
import type { SessionWorld } from './session-world';

/** While the host is asked what an end means, there is nothing yet that a fit network would open. */
function isAtGate({ link, inquiry }: SessionState): boolean {
  return link.kind === 'gating' && inquiry === null;
}

/** What moves a session on, by the state it is in. */
function hasWayOut({ state, client, timers, gateWatched, asked }: SessionWorld): boolean {
  if (state.inquiry !== null) return asked.includes(state.inquiry.op);
  switch (state.link.kind) {
    case 'connecting':
    case 'reconnecting':
      return client !== null && (client.askedToEnd || timers.has('connect'));
    case 'streaming':
      return client !== null;
    case 'stalled':
      return client !== null && (client.askedToEnd || timers.has('stall'));
    case 'stopping':
      return client?.askedToEnd === true;
    case 'waiting':
      return timers.has('retry');
    case 'gating':
      return timers.has('gate') && gateWatched;
    case 'asking':
    case 'ended':
      // It is the user's turn, and nothing runs meanwhile but a client that was told to end.
      return client === null || client.askedToEnd;
  }
}

/** Broken by nothing that may happen. */
export const rules: Readonly<Record<string, (world: SessionWorld) => boolean>> = {
  'nothing is started, ended or let go against what runs or what the user wants': ({ broken }) => broken.length === 0,
  'the machine knows whether there is a client, and whether it was told to end': ({ state, client }) =>
    state.client.kind === (client === null ? 'none' : client.askedToEnd ? 'stopping' : 'running'),
  'a session always has something that moves it on': hasWayOut,
  'no timer and no watch outlives what it was set for': ({ state, client, timers, gateWatched }) =>
    timers.has('retry') === (state.link.kind === 'waiting') &&
    timers.has('gate') === isAtGate(state) &&
    gateWatched === isAtGate(state) &&
    (!timers.has('stall') || state.link.kind === 'stalled') &&
    timers.has('count-down') === (state.app.kind === 'counting-down') &&
    (client !== null || !timers.has('connect')),
  'an app that an interruption paused does not stay so once there is a picture': ({ state: { app }, hasPicture }) =>
    !hasPicture || app.kind !== 'paused' || app.by === 'user',
  'the app is only counted down to run on while there is a picture': ({ state, hasPicture }) =>
    state.app.kind !== 'counting-down' || hasPicture,
  'an app is only said to be paused when the host has said so': ({ state: { app }, stopped }) =>
    (app.kind !== 'paused' && app.kind !== 'counting-down') || stopped.every(Boolean),
  'an app is only said to run when no process of it is known to be stopped': ({ state, stopped, appKnown }) =>
    !appKnown || state.app.kind !== 'running' || !stopped.some(Boolean),
  'an app that nobody sees after an interruption does not run on, unless the user lets it': ({ state, userLetRun }) =>
    userLetRun ||
    !state.everStreamed ||
    !['stalled', 'waiting', 'gating', 'reconnecting', 'asking'].includes(state.link.kind) ||
    ['unmanaged', 'pausing', 'paused', 'uncertain'].includes(state.app.kind),
};
