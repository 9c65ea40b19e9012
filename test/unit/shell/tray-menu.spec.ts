// The tray's menu: what can be done right now, and nothing else.
import { describe, expect, it } from 'vitest';
import { entrySchema, type Entry } from '../../../electron/common/entry';
import type { GameStreamHostView } from '../../../electron/common/gamestream';
import { entryIdSchema, hostIdSchema, sessionIdSchema } from '../../../electron/common/ids';
import type { AppState, LinkState, SessionView } from '../../../electron/common/session';
import { freshQuality } from '../../../electron/domain/session/stream-quality';
import { quickReconnectItems, sessionItems, shortcutAction, wakeItems, type UsedEntry } from '../../../electron/shell/tray-menu';
import { appStates, linkStates } from '../../fakes/fake-states';

const nowMs = 1_700_000_000_000;
const links = linkStates(nowMs);
const apps = appStates(nowMs);
const rig = hostIdSchema.parse('rig');

function view(link: string, app: string): SessionView {
  const found: { link?: LinkState | undefined; app?: AppState | undefined } = { link: links[link], app: apps[app] };
  if (!found.link || !found.app) throw new Error(`no state ${link} or ${app}`);
  const [link_, app_] = [found.link, found.app];
  return { id: sessionIdSchema.parse('s1'), entryId: entryIdSchema.parse('game'), hostId: rig, name: 'Game', clientName: 'Moonlight', startedAtMs: nowMs, link: link_, app: app_, quality: freshQuality, marks: [] };
}

const used = (id: string, usedAtMs: number, more: Partial<Entry> = {}): UsedEntry => ({
  entry: { ...entrySchema.parse({ id, host: 'rig', name: id, protocol: 'vnc' }), ...more },
  hostName: 'Rig',
  usedAtMs,
});

describe('sessions', () => {
  it.each([
    ['streaming', 'running', ['Pause Game']],
    ['streaming', 'paused', ['Resume Game']],
    ['streaming', 'counting', ['Resume Game']],
    ['streaming', 'pausing', []],
    ['waiting', 'paused', ['Reconnect Game now', 'Resume Game']],
    ['gating', 'running', ['Reconnect Game now', 'Pause Game']],
    ['asking-qpassword', 'paused', ['Answer for Game', 'Resume Game']],
    ['ended', 'paused', []],
    ['stopping', 'running', []],
  ])('that are %s with their app %s', (link, app, labels) => {
    const items = sessionItems([view(link, app)]);
    expect(items.map(({ label }) => label)).toEqual(labels);
    for (const { action } of items) expect(action).toMatchObject({ sessionId: 's1' });
  });
});

describe('the way back', () => {

  it('leads to the last five, newest first, and to nothing that is hidden', () => {
    const all = [1, 2, 3, 4, 5, 6, 7].map((number) => used(`game-${number}`, number * 1_000, { hidden: number === 6 }));
    expect(quickReconnectItems(all).map(({ label }) => label)).toEqual(['game-7 on Rig', 'game-5 on Rig', 'game-4 on Rig', 'game-3 on Rig', 'game-2 on Rig']);
  });

  it('says so when nothing was used yet', () => {
    expect(quickReconnectItems([used('never', 0)])).toEqual([{ label: 'No sessions yet', action: null }]);
  });
});

describe('hosts', () => {
  it('that sleep and whose network card is known can be woken', () => {
    const host = (hostId: string, state: GameStreamHostView['state'], mac: string | null = '02:00:00:00:00:01'): GameStreamHostView =>
      ({ hostId: hostIdSchema.parse(hostId), state, mac }) as GameStreamHostView;
    const items = wakeItems([host('rig', 'asleep'), host('den', 'online'), host('attic', 'booting'), host('shed', 'asleep', null)], () => 'RIG');
    expect(items).toEqual([{ label: 'Wake RIG', action: { kind: 'wake', hostId: 'rig' } }]);
  });
});

describe('the shortcut', () => {
  const other = { ...view('streaming', 'running'), id: sessionIdSchema.parse('s2') };

  it.each([
    ['waiting', 'paused', { kind: 'reconnect', sessionId: 's1' }],
    ['gating', 'running', { kind: 'reconnect', sessionId: 's1' }],
    ['asking-qpassword', 'paused', { kind: 'show', sessionId: 's1' }],
    ['streaming', 'running', { kind: 'show', sessionId: 's2' }],
    ['ended', 'paused', { kind: 'show', sessionId: 's2' }],
  ])('beside a stream that runs: a session that is %s', (link, app, action) => {
    expect(shortcutAction([view(link, app), other], [])).toEqual(action);
  });

  it('without a session, begins what was used last; and with nothing used, nothing', () => {
    expect(shortcutAction([view('ended', 'running')], [used('old', 1), used('new', 2)])).toEqual({ kind: 'launch', entryId: 'new' });
    expect(shortcutAction([], [])).toBeNull();
  });
});
