// The tray's line and icon for every state a session can be in.
import { describe, expect, it } from 'vitest';
import { entryIdSchema, hostIdSchema, sessionIdSchema } from '../../../electron/common/ids';
import type { AppState, LinkState, SessionView } from '../../../electron/common/session';
import { inEnglish } from '../../../electron/common/told';
import { trayState, trayWords } from '../../../electron/shell/tray-words';
import { freshQuality } from '../../../electron/domain/session/stream-quality';
import { appStates, linkStates } from '../../fakes/fake-states';

const nowMs = 1_700_000_000_000;
const links = linkStates(nowMs);
const apps = appStates(nowMs);

function view(link: string, app = 'running', name = 'Game'): SessionView {
  const found: { link?: LinkState | undefined; app?: AppState | undefined } = { link: links[link], app: apps[app] };
  if (!found.link || !found.app) throw new Error(`no state ${link} or ${app}`);
  return {
    id: sessionIdSchema.parse(name),
    entryId: entryIdSchema.parse('game'),
    hostId: hostIdSchema.parse('rig'),
    name,
    clientName: 'TigerVNC',
    startedAtMs: nowMs,
    link: found.link,
    app: found.app,
    quality: freshQuality,
    marks: [],
  };
}

describe('one session', () => {
  it.each([
    ['connecting', 'running', 'connecting to Game', 'streaming'],
    ['streaming', 'running', 'streaming Game', 'streaming'],
    ['streaming', 'paused', 'streaming Game, paused', 'paused'],
    ['streaming', 'counting', 'streaming Game, paused', 'paused'],
    ['streaming', 'uncertain', 'streaming Game', 'trouble'],
    ['waiting', 'paused', 'reconnecting Game, paused', 'trouble'],
    ['gating', 'pausing', 'reconnecting Game', 'trouble'],
    ['reconnecting', 'running', 'reconnecting Game', 'trouble'],
    ['asking-qpassword', 'paused', 'Game needs an answer, paused', 'trouble'],
    ['stopping', 'running', 'ending Game', 'streaming'],
    ['ended', 'running', 'idle', 'idle'],
  ])('%s with its app %s is "%s" under the icon %s', (link, app, words, state) => {
    expect(inEnglish([trayWords([view(link, app)]), trayState([view(link, app)])])).toEqual([words, state]);
  });

  it('is not called paused when nobody saw it pause', () => {
    const seen = view('streaming', 'paused');
    if (seen.app.kind !== 'paused') throw new Error('the example is another state');
    for (const app of [{ ...seen.app, verified: false }, { ...seen.app, method: 'quit' as const }]) {
      expect(inEnglish([trayWords([{ ...seen, app }]), trayState([{ ...seen, app }])])).toEqual(['streaming Game', 'streaming']);
    }
  });

  it('has words in every state', () => {
    for (const link of Object.keys(links)) expect(inEnglish(trayWords([view(link)]))).not.toBe('');
  });
});

describe('several sessions', () => {
  it('are told by the first that lives, and the number of the others', () => {
    expect(inEnglish(trayWords([view('ended', 'running', 'Old'), view('streaming', 'running', 'Game'), view('waiting', 'running', 'Desk')]))).toBe(
      'streaming Game, and 1 more',
    );
  });

  it('show what matters most', () => {
    expect(trayState([view('streaming'), view('waiting')])).toBe('trouble');
    expect(trayState([view('streaming'), view('streaming', 'paused')])).toBe('paused');
    expect(trayState([view('ended'), view('streaming')])).toBe('streaming');
  });

  it('of which there are none, are idle', () => {
    expect(inEnglish([trayWords([]), trayState([])])).toEqual(['idle', 'idle']);
  });
});
