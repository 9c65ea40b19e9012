// The shortcut: what broke comes back first, and nothing is begun beside a session.
import { describe, expect, it } from 'vitest';
import { entrySchema } from '../../../electron/common/entry';
import { shortcutAction } from '../../../electron/shell/shortcut-action';
import { fakeSessionView } from '../../fakes/fake-session-view';

const used = ['newest', 'older'].map((id, index) => ({ entry: entrySchema.parse({ id, host: 'rig', name: id, protocol: 'vnc' }), hostName: 'Rig', usedAtMs: 10 - index }));

describe('the shortcut', () => {
  it.each([
    ['waiting', 'paused', { kind: 'reconnect', sessionId: 's1' }],
    ['gating', 'running', { kind: 'reconnect', sessionId: 's1' }],
    ['asking-qpassword', 'paused', { kind: 'show', sessionId: 's1' }],
    ['streaming', 'running', { kind: 'show', sessionId: 's2' }],
    ['ended', 'paused', { kind: 'show', sessionId: 's2' }],
  ])('beside a newer stream that runs: a session that is %s, its app %s', (link, app, action) => {
    expect(shortcutAction([fakeSessionView(link, app), fakeSessionView('streaming', 'running', 's2')], used)).toEqual(action);
  });

  it('brings back the one that broke last', () => {
    expect(shortcutAction([fakeSessionView('waiting', 'paused'), fakeSessionView('gating', 'paused', 's2')], used)).toEqual({ kind: 'reconnect', sessionId: 's2' });
  });

  it('without a session, begins what was used last; and with nothing used, nothing', () => {
    expect(shortcutAction([fakeSessionView('ended', 'running')], used)).toEqual({ kind: 'launch', entryId: 'newest' });
    expect(shortcutAction([], [])).toBeNull();
  });
});
