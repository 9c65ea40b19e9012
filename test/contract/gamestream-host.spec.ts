// What every body of GameStreamHost must do: run over HTTP and TLS with the practice host, and on the fake.
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import type { FailureKind, Result } from '../../electron/common/result';
import type { GameStreamAccess, GameStreamHost, PairedHost, PairingRequest, WebLogIn } from '../../electron/domain/hosts/gamestream-host';
import { FakeGameStreamHost } from '../fakes/fake-gamestream-host';
import { startPracticeWorld } from '../integration/gamestream/practice-world';

interface World {
  readonly host: GameStreamHost;
  readonly access: GameStreamAccess;
  readonly web: WebLogIn;
  identity(): { uniqueId: string; name: string; certificatePem: string };
  readonly apps: readonly { readonly id: number; readonly name: string; readonly hdr: boolean }[];
  pinWanted(): Promise<boolean>;
  typePin(pin: string): Promise<void>;
  launch(appId: number): Promise<void>;
  /** From now on the app has a stream, and the host is one that doesn't quit then. */
  streamAsOldHost(): Promise<void>;
  reinstall(): Promise<void>;
  forgetClients(): Promise<void>;
  vanish(): Promise<void>;
  comeBack(): Promise<void>;
  dispose(): Promise<void>;
}

async function realWorld(): Promise<World> {
  const world = await startPracticeWorld();
  const { server, host, access } = world;
  const state = async () => (await server.order({ do: 'state' })).state;
  return {
    host,
    access,
    web: server.web,
    identity: () => ({ uniqueId: server.uniqueId, name: server.name, certificatePem: server.certificatePem }),
    apps: server.apps.map(({ id, name, hdr }) => ({ id, name, hdr })),
    pinWanted: async () => (await state()).waitingForPin > 0,
    typePin: async (pin) => void (await server.order({ do: 'pin', pin })),
    launch: (appId) => world.launch(appId),
    streamAsOldHost: async () => {
      await server.order({ do: 'habits', habits: { cancel: 'refuses' } });
      await world.stream();
    },
    reinstall: async () => void (await server.order({ do: 'reinstall', identity: 'same' })),
    forgetClients: async () => void (await server.order({ do: 'unpair-all' })),
    vanish: async () => void (await server.order({ do: 'vanish', how: 'refused' })),
    comeBack: async () => void (await server.order({ do: 'return' })),
    dispose: () => world.stop(),
  };
}

async function fakeWorld(): Promise<World> {
  const host = new FakeGameStreamHost();
  host.apps_ = [
    { id: 5, name: 'Game', hdr: true },
    { id: -7, name: 'He said "5 > 3"\n\u200Fמשחק', hdr: false },
  ];
  return {
    host,
    access: host.access,
    web: host.web,
    identity: () => ({ uniqueId: host.uniqueId, name: host.name, certificatePem: host.certificatePem }),
    apps: host.apps_,
    pinWanted: async () => host.pinWanted,
    typePin: async (pin) => host.typePin(pin),
    launch: async (appId) => {
      host.running = appId;
    },
    streamAsOldHost: async () => {
      host.streamed = true;
    },
    reinstall: async () => host.reinstall(),
    forgetClients: async () => host.forgetClients(),
    vanish: async () => {
      host.reachable = false;
    },
    comeBack: async () => {
      host.reachable = true;
    },
    dispose: async () => undefined,
  };
}

describe.each([
  ['over HTTP, with the practice host', realWorld],
  ['the fake', fakeWorld],
])('a GameStream host: %s', (_name, createWorld) => {
  let world: World;
  let host: GameStreamHost;
  let request: PairingRequest;

  beforeEach(async () => {
    world = await createWorld();
    host = world.host;
    request = { address: world.access.address, httpPort: world.access.httpPort, pin: '0427', clientName: 'Athena' };
  });
  afterEach(() => world.dispose());

  const kindOf = (result: Result<unknown>): FailureKind | 'success' => (result.ok ? 'success' : result.failure.kind);

  async function pairTyping(typed: string): Promise<Result<PairedHost>> {
    const pairing = host.pair(request);
    await expect.poll(() => world.pinWanted(), { timeout: 10_000 }).toBe(true);
    await world.typePin(typed);
    return pairing;
  }

  async function paired(): Promise<GameStreamAccess> {
    const result = await pairTyping(request.pin);
    if (!result.ok) throw new Error(result.failure.message);
    return { ...world.access, certificatePem: result.value.certificatePem };
  }

  it('tells of itself to anybody, but not whether that one is paired, and no MAC', async () => {
    const { uniqueId, name } = world.identity();
    const info = await host.serverInfo(world.access);
    expect(info).toMatchObject({ ok: true, value: { uniqueId, name, paired: null, mac: null, runningAppId: null, isSunshine: true, httpPort: world.access.httpPort } });
  });

  it('tells who is paired that it is, and the MAC', async () => {
    const info = await host.serverInfo(await paired());
    expect(info).toMatchObject({ value: { paired: true, mac: expect.stringMatching(/^[0-9a-f:]{17}$/) as string } });
  });

  it('gives apps and art to who is paired, and quits for them', async () => {
    for (const answer of [await host.apps(world.access), await host.art(world.access, 1), await host.quit(world.access)]) {
      expect(kindOf(answer)).toBe('not-paired');
    }
    const access = await paired();
    expect(await host.apps(access)).toEqual({ ok: true, value: world.apps });
    const art = await host.art(access, world.apps[0]?.id ?? 0);
    expect(art.ok && Buffer.from(art.value.subarray(1, 4)).toString()).toBe('PNG');
    expect((await host.art(access, 123_456)).ok).toBe(true);
  });

  it('tells what runs, and ends it', async () => {
    const access = await paired();
    const id = world.apps[0]?.id ?? 0;
    await world.launch(id);
    expect(await host.serverInfo(access)).toMatchObject({ value: { runningAppId: id } });
    expect(await host.quit(access)).toEqual({ ok: true, value: null });
    expect(await host.serverInfo(access)).toMatchObject({ value: { runningAppId: null } });
    expect(await host.quit(access)).toEqual({ ok: true, value: null });
  });

  it('pairs with what it is', async () => {
    expect(await pairTyping(request.pin)).toEqual({ ok: true, value: world.identity() });
  });

  it('tells a wrong PIN, and pairs with the right one afterwards', async () => {
    expect(kindOf(await pairTyping('9999'))).toBe('wrong-pin');
    expect(kindOf(await pairTyping(request.pin))).toBe('success');
  });

  it('pairs through its web page, with the right log-in only', async () => {
    expect(kindOf(await host.pair({ ...request, web: { ...world.web, password: 'no' } }))).toBe('auth-refused');
    expect(kindOf(await host.pair({ ...request, web: world.web }))).toBe('success');
  });

  it('takes only PINs of four digits', async () => {
    expect(kindOf(await host.pair({ ...request, pin: '12345' }))).toBe('bad-input');
  });

  it('lets go of a pairing that is cancelled', async () => {
    const controller = new AbortController();
    const pairing = host.pair({ ...request, cancel: controller.signal });
    await expect.poll(() => world.pinWanted(), { timeout: 10_000 }).toBe(true);
    controller.abort();
    expect(kindOf(await pairing)).toBe('cancelled');
    await expect.poll(() => world.pinWanted()).toBe(false);
    expect(kindOf(await host.pair({ ...request, cancel: controller.signal }))).toBe('cancelled');
  });

  it('is not asked anything when it shows another certificate, until it is paired again', async () => {
    const access = await paired();
    await world.reinstall();
    expect(kindOf(await host.serverInfo(access))).toBe('certificate-changed');
    expect(kindOf(await host.apps(access))).toBe('certificate-changed');
    expect(kindOf(await host.serverInfo(world.access))).toBe('success');
    expect(kindOf(await host.serverInfo(await paired()))).toBe('success');
  });

  it('says that it has forgotten us', async () => {
    const access = await paired();
    await world.forgetClients();
    expect(await host.serverInfo(access)).toMatchObject({ ok: true, value: { paired: false } });
    expect(kindOf(await host.apps(access))).toBe('not-paired');
    expect(kindOf(await host.quit(access))).toBe('not-paired');
  });

  it('may be gone, and come back', async () => {
    const access = await paired();
    await world.vanish();
    expect(kindOf(await host.serverInfo(access))).toBe('host-unreachable');
    expect(kindOf(await host.serverInfo(world.access))).toBe('host-unreachable');
    expect(kindOf(await host.art(access, 1))).toBe('host-unreachable');
    expect(kindOf(await host.pair(request))).toBe('host-unreachable');
    await world.comeBack();
    expect(kindOf(await host.serverInfo(access))).toBe('success');
  });

  it('of an older release ends no app that is streamed, except through its web page', async () => {
    const access = await paired();
    await world.launch(world.apps[0]?.id ?? 0);
    await world.streamAsOldHost();
    expect(kindOf(await host.quit(access))).toBe('host-busy');
    expect(kindOf(await host.quit(access, { ...world.web, password: 'no' }))).toBe('auth-refused');
    expect(kindOf(await host.quit(access, world.web))).toBe('success');
    expect(await host.serverInfo(access)).toMatchObject({ value: { runningAppId: null } });
  });
});
