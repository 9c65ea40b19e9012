// What a host says before a client starts: whether one needs to be started at all.
import { describe, expect, it } from 'vitest';
import { entrySchema } from '../../../../electron/common/entry';
import { hostIdSchema } from '../../../../electron/common/ids';
import { english } from '../../../../electron/common/told';
import { CancelSource } from '../../../../electron/domain/cancel-source';
import type { HostTold } from '../../../../electron/domain/hosts/ask-host';
import type { HostWord } from '../../../../electron/domain/session/gamestream-verdict';
import { hostHindrance } from '../../../../electron/domain/session/host-hindrance';
import type { PreparedClient } from '../../../../electron/domain/session/prepared-client';

const rig = hostIdSchema.parse('rig');
const game = entrySchema.parse({ id: 'game', host: 'rig', name: 'Game', protocol: 'gamestream', app: 'Game' });

interface Facts {
  /** What the host says, one word after the other. */
  readonly words: readonly HostWord[];
  readonly resuming?: boolean;
  readonly wakes?: boolean;
  readonly more?: Partial<HostTold>;
}

async function hindrance({ words, resuming = false, wakes = false, more = {} }: Facts): Promise<{ found: PreparedClient | null; stages: string[]; woken: number }> {
  const left = [...words];
  const stages: string[] = [];
  const count = { woken: 0 };
  const found = await hostHindrance(
    game,
    rig,
    {
      askHost: async () => ({ word: left.shift() ?? { kind: 'silent' }, appId: 7, runningName: null, ...more }),
      wake: async () => {
        count.woken += 1;
        return wakes;
      },
    },
    { resuming, caution: 0, stage: (text) => stages.push(english(text)), cancel: new CancelSource() },
  );
  return { found, stages, woken: count.woken };
}

describe('nothing is in the way', () => {
  it.each<[string, HostWord, Partial<HostTold>]>([
    ['of a host on which nothing runs', { kind: 'free' }, {}],
    ['of the same app: it is resumed', { kind: 'busy', appId: 7 }, {}],
    ['of an app whose id is not known', { kind: 'busy', appId: 3 }, { appId: null }],
  ])('%s', async (_name, word, more) => {
    expect((await hindrance({ words: [word], more })).found).toBeNull();
  });
});

describe('a session that comes back', () => {
  it('does not start its app anew', async () => {
    const { found } = await hindrance({ words: [{ kind: 'free' }], resuming: true });
    expect(found).toMatchObject({ kind: 'ended', end: { kind: 'host-ended' } });
  });

  it('wakes nobody', async () => {
    const { found, woken } = await hindrance({ words: [{ kind: 'silent' }], resuming: true, wakes: true });
    expect(found).toMatchObject({ kind: 'ended', end: { kind: 'host-unreachable' }, told: { word: { kind: 'silent' } } });
    expect(woken).toBe(0);
  });
});

describe('a launch', () => {
  it('wakes a silent host and goes on when it answers', async () => {
    const { found, stages, woken } = await hindrance({ words: [{ kind: 'silent' }, { kind: 'free' }], wakes: true });
    expect({ found, woken }).toEqual({ found: null, woken: 1 });
    expect(stages).toEqual(['asking the host', 'waking the host', 'asking the host']);
  });

  it('says that nothing answers when the host cannot be woken', async () => {
    expect((await hindrance({ words: [{ kind: 'silent' }] })).found).toMatchObject({ kind: 'ended', end: { kind: 'host-unreachable' } });
  });

  it.each<[HostWord, unknown]>([
    [{ kind: 'busy', appId: 9 }, { kind: 'other-app', appName: 'Desktop' }],
    [{ kind: 'not-paired' }, { kind: 'not-paired' }],
    [{ kind: 'certificate-changed' }, { kind: 'certificate-changed' }],
  ])('asks the user about a host that says %o', async (word, question) => {
    expect((await hindrance({ words: [word], more: { runningName: 'Desktop' } })).found).toEqual({ kind: 'question', question });
  });

  it('does not go to another host at the same address', async () => {
    expect((await hindrance({ words: [{ kind: 'other-host' }] })).found).toMatchObject({ kind: 'ended', end: { kind: 'host-unreachable' } });
  });
});
