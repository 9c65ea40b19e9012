// The tray's menu: what can be done right now, and nothing else.
import { describe, expect, it } from 'vitest';
import { entrySchema } from '../../../electron/common/entry';
import type { GameStreamHostView } from '../../../electron/common/gamestream';
import { hostIdSchema } from '../../../electron/common/ids';
import { inEnglish } from '../../../electron/common/told';
import { quickReconnectItems, sessionItems, wakeItems } from '../../../electron/shell/tray-menu';
import { fakeSessionView } from '../../fakes/fake-session-view';

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
    const items = sessionItems([fakeSessionView(link, app)]);
    expect(inEnglish(items.map(({ label }) => label))).toEqual(labels);
    for (const { action } of items) expect(action).toMatchObject({ sessionId: 's1' });
  });
});

describe('the way back', () => {
  it('leads to the last five', () => {
    const used = [7, 6, 5, 4, 3, 2, 1].map((number) => ({ entry: entrySchema.parse({ id: `game-${number}`, host: 'rig', name: `Game ${number}`, protocol: 'vnc' }), hostName: 'Rig', usedAtMs: number }));
    const items = quickReconnectItems(used);
    expect(inEnglish(items.map(({ label }) => label))).toEqual(['Game 7 on Rig', 'Game 6 on Rig', 'Game 5 on Rig', 'Game 4 on Rig', 'Game 3 on Rig']);
    expect(items[0]?.action).toEqual({ kind: 'launch', entryId: 'game-7' });
  });

  it('says so when nothing was used yet', () => {
    expect(quickReconnectItems([])).toEqual([{ label: 'No sessions yet', action: null }]);
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
