// SSH keys nobody has vouched for: each is asked once, and only what was shown can be trusted.
import { beforeEach, describe, expect, it, vi } from 'vitest';
import { hostRecordSchema } from '../../../../electron/common/host';
import type { HostKeyQuestion } from '../../../../electron/common/session';
import { HostKeys } from '../../../../electron/domain/hosts/host-keys';
import { FakeClock } from '../../../fakes/fake-clock';
import { FakeHostControl } from '../../../fakes/fake-host-control';

const rig = hostRecordSchema.parse({ id: 'rig', name: 'Rig', address: '192.168.1.20', ssh: { user: 'me' } });

class Desk {
  readonly control = new FakeHostControl(new FakeClock());
  readonly keys = new HostKeys(this.control);
  readonly told: string[] = [];

  constructor() {
    this.keys.onNews({
      asked: ({ fingerprint }) => this.told.push(`asked ${fingerprint}`),
      answered: (hostId, trusted) => this.told.push(`${hostId} ${trusted ? 'trusted' : 'refused'}`),
    });
  }

  /** As if the host had shown its key to a connection. */
  async meet(): Promise<HostKeyQuestion> {
    const warm = await this.control.warm(rig);
    if (warm.ok || !warm.failure.question) throw new Error('no key was asked about');
    this.keys.ask(warm.failure.question);
    return warm.failure.question;
  }
}

const place: { desk: Desk } = { desk: new Desk() };
beforeEach(() => {
  place.desk = new Desk();
});

describe('a key that is new', () => {
  it('is asked about once, however often it is met', async () => {
    const { desk } = place;
    const question = await desk.meet();
    await desk.meet();
    expect(desk.keys.questions()).toEqual([question]);
    expect(desk.told).toEqual(['asked SHA256:fake-key-1']);
  });

  it('that takes the place of another is asked about instead', async () => {
    const { desk } = place;
    const first = await desk.meet();
    desk.control.key = { keyType: 'ssh-ed25519', fingerprint: 'SHA256:fake-key-2' };
    const second = await desk.meet();
    expect(desk.keys.questions()).toEqual([second]);
    expect(await desk.keys.trust(first)).toMatchObject({ ok: false, failure: { kind: 'not-found' } });
    expect((await desk.control.warm(rig)).ok).toBe(false);
  });

  it('is trusted by the answer to its question, and the host lets us in', async () => {
    const { desk } = place;
    const question = await desk.meet();
    expect(await desk.keys.trust(question)).toEqual({ ok: true, value: undefined });
    expect([desk.keys.questions(), desk.told.at(-1)]).toEqual([[], 'rig trusted']);
    expect((await desk.control.warm(rig)).ok).toBe(true);
    // The same answer again is worth nothing.
    expect(await desk.keys.trust(question)).toMatchObject({ ok: false, failure: { kind: 'not-found' } });
  });

  it('that cannot be kept stays a question', async () => {
    const { desk } = place;
    const question = await desk.meet();
    vi.spyOn(desk.control, 'trust').mockRejectedValueOnce(new Error('EACCES: permission denied'));
    const refused = await desk.keys.trust(question);
    expect(refused).toMatchObject({ ok: false, failure: { kind: 'io' } });
    expect(refused.ok ? '' : refused.failure.message).toContain('EACCES');
    expect(desk.keys.questions()).toEqual([question]);
    expect((await desk.keys.trust(question)).ok).toBe(true);
  });
});

describe('a key that was refused', () => {
  it('is not asked about again, but another one is', async () => {
    const { desk } = place;
    await desk.meet();
    desk.keys.refuse(rig.id);
    expect([desk.keys.questions(), desk.told.at(-1)]).toEqual([[], 'rig refused']);
    await desk.meet();
    expect(desk.keys.questions()).toEqual([]);
    desk.control.key = { keyType: 'ssh-ed25519', fingerprint: 'SHA256:fake-key-2' };
    await desk.meet();
    expect(desk.keys.questions()).toHaveLength(1);
  });

  it('without a question is no news', () => {
    const { desk } = place;
    expect(desk.keys.refuse(rig.id).ok).toBe(true);
    expect(desk.told).toEqual([]);
  });
});
