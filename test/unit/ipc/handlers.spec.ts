// What the handlers do for the window; every reply is held against the contract.
import { invokeContract } from '../../../electron/common/ipc-contract';
import { beforeEach, describe, expect, it } from 'vitest';
import { entryIdSchema, hostIdSchema, sessionIdSchema, type HostId, type SessionId } from '../../../electron/common/ids';
import { hostVantage } from '../../../electron/common/vantage';
import { FakeWindow } from '../../fakes/fake-window';

class Window extends FakeWindow {
  async launch(): Promise<SessionId> {
    const launched = await this.ask('session:launch', { entryId: 'desk' });
    if (!launched.ok) throw new Error(launched.failure.message);
    await settle();
    return launched.value;
  }

  link(id: SessionId): string | undefined {
    return this.house.services.sessions.view(id)?.link.kind;
  }
}

async function settle(): Promise<void> {
  for (let turn = 0; turn < 3; turn += 1) await new Promise((resolve) => setImmediate(resolve));
}

const notFound = { ok: false, failure: { kind: 'not-found' } };
const done = { ok: true, value: undefined };
const nobody = sessionIdSchema.parse('nobody');
const place: { window: Window } = { window: new Window() };

beforeEach(async () => {
  place.window = new Window();
  await place.window.house.services.library.load();
});

describe('the snapshot', () => {
  it('holds everything a window draws', async () => {
    const { window } = place;
    const id = await window.launch();
    window.house.probe.sample(hostVantage(window.house.rig.id), 'icmp', window.house.clock.nowMs(), 0.4);
    const snapshot = await window.ask('app:snapshot', undefined);
    expect(snapshot).toMatchObject({
      version: '1.2.3',
      library: { hosts: [{ record: { id: 'rig' } }], entries: [{ entry: { id: 'desk' } }, { entry: { id: 'office' } }] },
      sessions: [{ id, entryId: 'desk' }],
      summaries: [{ vantage: 'host/rig', probe: 'icmp', sent: 1 }],
      hostKeyQuestions: [{ hostId: 'rig' }],
      practice: { kind: 'off' },
    });
  });
});

describe('the window', () => {
  it('stands for the couch and goes back on the desk', async () => {
    const { window } = place;
    expect(await window.ask('app:snapshot', undefined)).toMatchObject({ couch: false });
    expect(await window.ask('window:set-couch', { couch: true })).toEqual({ ok: true, value: undefined });
    expect(await window.ask('app:snapshot', undefined)).toMatchObject({ couch: true });
    await window.ask('window:set-couch', { couch: false });
    expect(window.house.view.isCouch).toBe(false);
  });

  it('ends the program when it is asked to', async () => {
    const { window } = place;
    expect(window.house.view.hasQuit).toBe(false);
    expect(await window.ask('window:quit', undefined)).toEqual({ ok: true, value: undefined });
    expect(window.house.view.hasQuit).toBe(true);
  });
});

describe('sessions', () => {
  it('are launched, steered and ended', async () => {
    const { window } = place;
    const id = await window.launch();
    window.house.keeper().streams();
    window.house.control.trustNow(window.house.rig);
    window.house.control.startApp('game');
    expect(await window.ask('session:pause', { sessionId: id })).toEqual(done);
    await settle();
    expect(window.house.services.sessions.view(id)?.app).toMatchObject({ kind: 'paused', by: 'user' });
    expect(await window.ask('session:resume', { sessionId: id })).toEqual(done);
    await settle();
    expect(window.house.services.sessions.view(id)?.app.kind).toBe('running');
    expect(await window.ask('session:reconnect', { sessionId: id })).toEqual(done);
    await settle();
    expect(window.house.keeper().starts).toHaveLength(2);
    expect(await window.ask('session:stop', { sessionId: id })).toEqual(done);
    await settle();
    expect(window.link(id)).toBe('ended');
  });

  it('that are not there are told so on every channel', async () => {
    const { window } = place;
    for (const channel of ['stop', 'reconnect', 'pause', 'resume', 'stay-paused', 'forget-certificate', 'read-output'] as const) {
      expect(await window.ask(`session:${channel}`, { sessionId: nobody })).toMatchObject(notFound);
    }
    expect(await window.ask('session:give-password', { sessionId: nobody, password: 'pw', remember: true })).toMatchObject(notFound);
    expect(await window.ask('session:trust-certificate', { sessionId: nobody, fingerprint: 'aa' })).toMatchObject(notFound);
    expect(window.house.secrets.kept.size).toBe(0);
    expect(await window.ask('session:launch', { entryId: 'nothing' })).toMatchObject(notFound);
  });

  it('show their output from the beginning', async () => {
    const { window } = place;
    const id = await window.launch();
    window.house.keeper().print('hello');
    expect(await window.ask('session:read-output', { sessionId: id })).toEqual({ ok: true, value: { text: 'hello', endsAt: 5 } });
  });

  it.each([
    [true, 'pw'],
    [false, undefined],
  ])('go on with the password they are given (remember: %s)', async (remember, kept) => {
    const { window } = place;
    const id = await window.launch();
    window.house.keeper().end({ kind: 'auth-refused' });
    expect(window.link(id)).toBe('asking');
    expect(await window.ask('session:give-password', { sessionId: id, password: 'pw', remember })).toEqual(done);
    await settle();
    expect(window.link(id)).toBe('connecting');
    expect(window.house.secrets.kept.get('entry/desk/password')).toBe(kept);
    expect((await window.house.services.passwords.read(entryIdSchema.parse('desk')))?.reveal()).toBe('pw');
  });

  it('go on with it although the keyring refuses to remember it', async () => {
    const { window } = place;
    const id = await window.launch();
    window.house.keeper().end({ kind: 'auth-refused' });
    window.house.secrets.refusal = new Error('locked');
    expect(await window.ask('session:give-password', { sessionId: id, password: 'pw', remember: true })).toEqual(done);
    expect(window.link(id)).toBe('connecting');
  });

  it('trust the certificate that is shown, and no other', async () => {
    const { window } = place;
    const id = await window.launch();
    expect(await window.ask('session:trust-certificate', { sessionId: id, fingerprint: 'aa:bb' })).toMatchObject(notFound);
    window.house.keeper().end({ kind: 'certificate-unknown', fingerprint: 'aa:bb', subject: 'CN=rig' });
    expect(await window.ask('session:trust-certificate', { sessionId: id, fingerprint: 'cc:dd' })).toMatchObject(notFound);
    expect([...window.house.certificates.trusted]).toEqual([]);
    expect(await window.ask('session:trust-certificate', { sessionId: id, fingerprint: 'aa:bb' })).toEqual(done);
    expect([...window.house.certificates.trusted]).toEqual([['rig/vnc', 'aa:bb']]);
    expect(window.link(id)).toBe('connecting');
  });

  it('forget a certificate only when it has changed', async () => {
    const { window } = place;
    const id = await window.launch();
    await window.house.certificates.trust(hostIdSchema.parse('rig'), 'vnc', 'aa:bb');
    expect(await window.ask('session:forget-certificate', { sessionId: id })).toMatchObject(notFound);
    expect(window.house.certificates.trusted.size).toBe(1);
    window.house.keeper().end({ kind: 'certificate-changed' });
    expect(await window.ask('session:forget-certificate', { sessionId: id })).toEqual(done);
    expect(window.house.certificates.trusted.size).toBe(0);
    expect(window.link(id)).toBe('connecting');
  });
});

describe('hosts', () => {
  it('answer, or are not known', async () => {
    const { window } = place;
    expect(await window.ask('host:check', { hostId: 'rig' })).toEqual({ ok: true, value: { alive: true, rttMs: 0.4, address: '192.168.1.20' } });
    expect(await window.ask('host:check', { hostId: 'attic' })).toMatchObject(notFound);
  });

  it('have their keys trusted or refused', async () => {
    const { window } = place;
    await window.launch();
    const [question] = window.house.services.hostKeys.questions();
    if (!question) throw new Error('no key is asked about');
    expect(await window.ask('host:trust-key', { ...question, fingerprint: 'SHA256:other' })).toMatchObject(notFound);
    expect(await window.ask('host:trust-key', question)).toEqual(done);
    expect(await window.ask('host:refuse-key', { hostId: 'rig' })).toEqual(done);
    expect(window.house.services.hostKeys.questions()).toEqual([]);
  });

  it('hand out the samples that are kept, lost ones among them', async () => {
    const { window } = place;
    const { rig, probe, clock } = window.house;
    probe.sample(hostVantage(rig.id), 'icmp', clock.nowMs(), 0.4);
    probe.sample(hostVantage(rig.id), 'icmp', clock.nowMs() + 200, null);
    expect(await window.ask('latency:read-history', { hostId: 'rig' })).toEqual([
      { vantage: 'host/rig', probe: 'icmp', atMs: [clock.nowMs(), clock.nowMs() + 200], rttMs: [0.4, null] },
    ]);
    expect(await window.ask('latency:read-history', { hostId: 'attic' })).toEqual([]);
  });
});

describe('GameStream hosts', () => {
  const desktop = { id: 7, name: 'Desktop', hdr: false };

  async function added(window: Window): Promise<HostId> {
    const { address, httpPort } = window.house.gameStreamHost;
    window.house.gameStreamHost.apps_ = [desktop];
    const reply = await window.ask('host:add', { address, httpPort });
    if (!reply.ok) throw new Error(reply.failure.message);
    return reply.value;
  }

  async function paired(window: Window): Promise<HostId> {
    const hostId = await added(window);
    const began = await window.ask('host:pair', { hostId });
    if (!began.ok) throw new Error(began.failure.message);
    await settle();
    window.house.gameStreamHost.typePin(began.value.pin);
    await settle();
    await window.ask('host:refresh', { hostId });
    return hostId;
  }

  it('are added by their address and shown with what they do', async () => {
    const { window } = place;
    const hostId = await added(window);
    const { gameStreamHosts } = await window.ask('app:snapshot', undefined);
    expect(gameStreamHosts).toMatchObject([{ hostId, state: 'online', paired: false, mac: null, addresses: ['192.0.2.10'] }]);
    window.house.gameStreamHost.reachable = false;
    expect(await window.ask('host:add', { address: '192.0.2.99' })).toMatchObject({ ok: false, failure: { kind: 'host-unreachable' } });
    expect(await window.ask('host:refresh', { hostId })).toMatchObject({ ok: false, failure: { kind: 'host-unreachable' } });
  });

  it('are found in the network, once the window listens', async () => {
    const { window } = place;
    window.house.services.foundHosts.start();
    window.house.discovery.announce({ name: 'Attic', addresses: ['192.0.2.77'], httpPort: 47_989 });
    expect((await window.ask('app:snapshot', undefined)).foundHosts).toEqual([{ name: 'Attic', addresses: ['192.0.2.77'], httpPort: 47_989 }]);
  });

  it('are paired with a PIN that the window shows; the host that waits is not asked twice', async () => {
    const { window } = place;
    const hostId = await added(window);
    expect(await window.ask('host:pair', { hostId })).toEqual({ ok: true, value: { pin: '0427' } });
    expect(await window.ask('host:pair', { hostId })).toMatchObject({ ok: false, failure: { kind: 'host-busy' } });
    expect((await window.ask('app:snapshot', undefined)).pairings).toEqual([{ kind: 'waiting', hostId, pin: '0427', byWeb: false }]);
    expect(await window.ask('host:cancel-pairing', { hostId })).toEqual(done);
    expect(await window.ask('host:cancel-pairing', { hostId })).toMatchObject(notFound);
    expect((await window.ask('app:snapshot', undefined)).pairings).toEqual([{ kind: 'cancelled', hostId }]);
  });

  it('bring their apps into the library when they are paired, and take them along when they are forgotten', async () => {
    const { window } = place;
    const hostId = await paired(window);
    const before = await window.ask('app:snapshot', undefined);
    expect(before.pairings).toEqual([{ kind: 'paired', hostId, apps: 1 }]);
    expect(before.library.entries.some(({ entry }) => entry.app === 'Desktop')).toBe(true);
    expect(await window.ask('host:forget', { hostId })).toEqual(done);
    expect(await window.ask('host:forget', { hostId })).toMatchObject(notFound);
    const after = await window.ask('app:snapshot', undefined);
    expect(after.gameStreamHosts).toEqual([]);
    expect(after.pairings).toEqual([]);
    expect(after.library.entries.map(({ entry }) => entry.id)).toEqual(before.library.entries.filter(({ entry }) => entry.app === undefined).map(({ entry }) => entry.id));
  });

  it('end their app after our own stream of it, which the host would not allow', async () => {
    const { window } = place;
    const hostId = await paired(window);
    const { house } = window;
    const entry = house.services.library.entries.find(({ app }) => app === 'Desktop');
    if (!entry) throw new Error('the app is not in the library');
    const launched = await window.ask('session:launch', { entryId: entry.id });
    if (!launched.ok) throw new Error(launched.failure.message);
    await settle();
    house.keeper().streams();
    house.gameStreamHost.running = 7;
    house.gameStreamHost.streamed = true;
    await window.ask('host:refresh', { hostId });
    expect((await window.ask('app:snapshot', undefined)).gameStreamHosts).toMatchObject([{ state: 'busy', runningApp: 'Desktop' }]);
    // As a real one: when the client has gone, nobody streams.
    house.services.sessions.onNews({ changed: ({ link }) => link.kind === 'ended' && (house.gameStreamHost.streamed = false) });
    expect(await window.ask('host:quit-app', { hostId })).toEqual(done);
    expect(window.link(launched.value)).toBe('ended');
    expect(house.gameStreamHost.running).toBeNull();
    expect((await window.ask('app:snapshot', undefined)).gameStreamHosts).toMatchObject([{ state: 'online', runningApp: null }]);
  });

  it('end the app of a session, and no other app in its place', async () => {
    const { window } = place;
    const hostId = await paired(window);
    const { house } = window;
    const entry = house.services.library.entries.find(({ app }) => app === 'Desktop');
    if (!entry) throw new Error('the app is not in the library');
    const launched = await window.ask('session:launch', { entryId: entry.id });
    if (!launched.ok) throw new Error(launched.failure.message);
    const sessionId = launched.value;
    await settle();
    house.keeper().streams();
    house.gameStreamHost.running = 99;
    expect(await window.ask('session:quit-app', { sessionId })).toMatchObject({ ok: false, failure: { kind: 'not-found' } });
    expect(house.gameStreamHost.running).toBe(99);
    house.gameStreamHost.running = 7;
    expect(await window.ask('session:quit-app', { sessionId })).toEqual(done);
    expect(house.gameStreamHost.running).toBeNull();
    expect(window.link(sessionId)).toBe('ended');
    // Nothing of the kind is asked about, so nothing is taken over.
    expect(await window.ask('session:take-over', { sessionId })).toMatchObject(notFound);
    expect(await window.ask('host:refresh', { hostId })).toEqual(done);
  });

  it('that somebody else streams from are ended through their web page alone', async () => {
    const { window } = place;
    const hostId = await paired(window);
    Object.assign(window.house.gameStreamHost, { running: 7, streamed: true });
    expect(await window.ask('host:quit-app', { hostId })).toMatchObject({ ok: false, failure: { kind: 'host-busy' } });
    expect(await window.ask('host:quit-app', { hostId, web: window.house.gameStreamHost.web })).toEqual(done);
  });

  it('are woken, when they have told how', async () => {
    const { window } = place;
    const stranger = await added(window);
    expect(await window.ask('host:wake', { hostId: stranger })).toMatchObject({ ok: false, failure: { kind: 'not-paired' } });
    const hostId = await paired(window);
    expect(await window.ask('host:wake', { hostId })).toEqual(done);
    expect(window.house.wakeSignal.sent).toMatchObject([{ mac: '02:00:00:41:54:48' }]);
  });

  it('tell why they are offline, step by step', async () => {
    const { window } = place;
    const hostId = await added(window);
    const reply = await window.ask('host:explain', { hostId });
    expect(reply).toMatchObject({ ok: true, value: { failedAt: 'port' } });
    expect(reply.ok && reply.value.steps.map(({ step }) => step)).toEqual(['name', 'address', 'neighbour', 'port', 'identity', 'certificate']);
  });

  it('that are not there are told so on every channel', async () => {
    const { window } = place;
    for (const channel of ['forget', 'refresh', 'pair', 'cancel-pairing', 'quit-app', 'wake', 'explain'] as const) {
      expect(await window.ask(`host:${channel}`, { hostId: 'attic' })).toMatchObject(notFound);
    }
  });
});

describe('the practice run', () => {
  it('is started once at a time, and stopped', async () => {
    const { window } = place;
    expect(await window.ask('practice:start', undefined)).toEqual(done);
    expect(await window.ask('practice:start', undefined)).toMatchObject({ ok: false, failure: { kind: 'already-there' } });
    expect(await window.ask('practice:stop', undefined)).toEqual(done);
    expect(window.house.practice.stops).toBe(1);
  });

  it('that throws is a line of the log, not a broken window', async () => {
    const { window } = place;
    window.house.practice.outcome = Promise.reject(new Error('a bug'));
    expect(await window.ask('practice:start', undefined)).toEqual(done);
    await settle();
    expect(window.house.log.heard).toMatchObject([{ level: 'error', message: 'practice run failed' }]);
  });
});

describe('settings', () => {
  it('are in the snapshot, are set, and go back to their defaults', async () => {
    const { window } = place;
    expect((await window.ask('app:snapshot', undefined)).settings).toMatchObject({ values: { theme: 'dark', zoomPercent: 100 }, chosen: [] });
    expect(await window.ask('settings:set', { theme: 'light', zoomPercent: 150 })).toEqual(done);
    expect((await window.ask('app:snapshot', undefined)).settings).toMatchObject({ values: { theme: 'light', zoomPercent: 150 }, chosen: ['theme', 'zoomPercent'] });
    expect(await window.ask('settings:reset', { names: ['theme'] })).toEqual(done);
    expect(window.house.settingsStore.chosen).toEqual({ zoomPercent: 150 });
  });

  it.each([[{ zoomPercent: 79 }], [{ zoomPercent: 201 }], [{ zoomPercent: 100.5 }], [{ theme: 'pink' }], [{ file: '/etc/passwd' }]])('%j are refused before they reach a handler', (values) => {
    expect(invokeContract['settings:set'].args.safeParse(values).success).toBe(false);
  });

  it('tell when they could not be saved, and stay as they were', async () => {
    const { window } = place;
    window.house.settingsStore.refusal = new Error('ENOSPC');
    expect(await window.ask('settings:set', { sounds: true })).toMatchObject({ ok: false, failure: { kind: 'io' } });
    expect((await window.ask('app:snapshot', undefined)).settings.values.sounds).toBe(false);
  });

  it('ask what the desktop grants', async () => {
    const { window } = place;
    expect(await window.ask('desktop:look', undefined)).toEqual({ ok: true, value: { hasTray: true, holdsShortcut: true } });
    window.house.desktop.granted = { hasTray: false, holdsShortcut: true };
    expect(await window.ask('desktop:look', undefined)).toEqual({ ok: true, value: { hasTray: false, holdsShortcut: true } });
  });
});
