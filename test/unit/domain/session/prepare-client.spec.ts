// Between "start the client" and a process: which program, which password, which certificate, and what to ask without them.
import { beforeEach, describe, expect, it } from 'vitest';
import { entrySchema, type Entry } from '../../../../electron/common/entry';
import { hostRecordSchema } from '../../../../electron/common/host';
import { failure, success, type Result } from '../../../../electron/common/result';
import { Passwords } from '../../../../electron/domain/library/passwords';
import { ClientChoice, type ClientAnswer } from '../../../../electron/domain/session/client-choice';
import { resolveProfile } from '../../../../electron/domain/session/profile-resolution';
import { prepareClient } from '../../../../electron/domain/session/prepare-client';
import type { Attempt, PreparedClient } from '../../../../electron/domain/session/prepared-client';
import type { ConnectRequest, FoundClient, LaunchPlan, StreamClient } from '../../../../electron/domain/session/stream-client';
import { FakeSecretStore } from '../../../fakes/fake-secret-store';
import { FakeCertificates } from '../../../fakes/fake-services';
import { SilentLog } from '../../../fakes/silent-log';

const rig = hostRecordSchema.parse({ id: 'rig', name: 'Rig', address: '192.168.1.20' });
const plan: LaunchPlan = { file: '/usr/bin/viewer', args: [], env: {}, typedPassword: null };

const firstAttempt: Attempt = {
  resuming: false,
  caution: 0,
  stage: () => undefined,
  cancel: { aborted: false, addEventListener: () => undefined, removeEventListener: () => undefined },
};

class Desk {
  readonly asked: ConnectRequest[] = [];
  readonly store = new FakeSecretStore();
  readonly certificates = new FakeCertificates();
  outcome: Result<LaunchPlan> = success(plan);
  missing = false;

  async prepare(more: Partial<Entry> = {}): Promise<PreparedClient> {
    const entry = entrySchema.parse({ id: 'desk', host: 'rig', name: 'Desk', protocol: 'vnc', ...more });
    const found: FoundClient = { found: true, client: 'tigervnc', displayName: 'TigerVNC 1.12.0', version: '1.12.0', command: ['/usr/bin/viewer'], origin: 'path' };
    const client = {
      id: 'tigervnc',
      plan: (_found: FoundClient, request: ConnectRequest) => {
        this.asked.push(request);
        return this.outcome;
      },
    } as unknown as StreamClient;
    const answer: ClientAnswer = this.missing
      ? { kind: 'missing', missing: { found: false, client: 'tigervnc', displayName: 'TigerVNC', advice: 'Install tigervnc-viewer.' } }
      : { kind: 'chosen', client, found };
    return prepareClient(entry, rig, {
      clients: new ClientChoice({ survey: async () => [], choose: async () => answer }),
      passwords: new Passwords(this.store, new SilentLog()),
      certificates: this.certificates,
      moonlight: async () => failure('not-paired', 'Not paired.', 'Pair it.'),
      askHost: async () => ({ word: { kind: 'free' }, appId: null, runningName: null }),
      profile: async (app) => resolveProfile({ entry: app.profile ?? {} }),
      wake: async () => false,
    }, firstAttempt);
  }
}

const place: { desk: Desk } = { desk: new Desk() };
beforeEach(() => {
  place.desk = new Desk();
});

describe('a client that can be started', () => {
  it('is told everything that is known', async () => {
    const { desk } = place;
    desk.store.kept.set('entry/desk/password', 'pw');
    await desk.certificates.trust(rig.id, 'vnc', 'aa:bb');
    const prepared = await desk.prepare({ port: 5901, username: 'me', fullScreen: true });
    expect(prepared).toEqual({ kind: 'ready', client: 'tigervnc', clientName: 'TigerVNC 1.12.0', plan, hasPassword: true });
    expect(desk.asked).toMatchObject([
      { address: '192.168.1.20', port: 5901, username: 'me', fullScreen: true, title: 'Desk – Athena', certificateFingerprint: 'aa:bb' },
    ]);
    expect(desk.asked[0]?.password?.reveal()).toBe('pw');
  });

  it('is told nothing that is not', async () => {
    const { desk } = place;
    expect(await desk.prepare()).toMatchObject({ kind: 'ready', hasPassword: false });
    expect(desk.asked).toMatchObject([{ port: 5900, username: null, password: null, fullScreen: false, certificateFingerprint: null }]);
  });

  it('is started without a password when the keyring refuses', async () => {
    const { desk } = place;
    desk.store.refusal = new Error('locked');
    expect(await desk.prepare()).toMatchObject({ kind: 'ready', hasPassword: false });
  });
});

describe('a question', () => {
  it('is asked for the password that the client cannot do without', async () => {
    const { desk } = place;
    desk.outcome = failure('auth-refused', 'RDP needs a password.', 'Give one.');
    expect(await desk.prepare()).toEqual({ kind: 'question', question: { kind: 'password', reason: 'missing' } });
  });

  it('tells which program is missing, and how to get it', async () => {
    const { desk } = place;
    desk.missing = true;
    const detail = 'TigerVNC is not installed. Install tigervnc-viewer.';
    expect(await desk.prepare()).toEqual({ kind: 'question', question: { kind: 'client-failed', end: { kind: 'client-misused', detail } } });
    expect(desk.store.calls).toEqual([]);
  });

  it('tells why there are no arguments for it', async () => {
    const { desk } = place;
    desk.outcome = failure('bad-input', 'The address is no address.', 'Look.');
    expect(await desk.prepare()).toMatchObject({ question: { kind: 'client-failed', end: { detail: 'The address is no address.' } } });
  });
});
