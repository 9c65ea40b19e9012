// Several hosts in a network of a test's own, known to Athena, on a clock that stands still.
import { expect } from 'vitest';
import { hostIdSchema, type HostId } from '../../../../electron/common/ids';
import { failure, success, type Result } from '../../../../electron/common/result';
import type { GameStreamAccess, GameStreamApp, GameStreamHost, PairedHost, PairingRequest, ServerInfo } from '../../../../electron/domain/hosts/gamestream-host';
import { GameStreamHosts } from '../../../../electron/domain/hosts/gamestream-hosts';
import { HostWatch } from '../../../../electron/domain/hosts/host-watch';
import { FakeClock } from '../../../fakes/fake-clock';
import { FakeGameStreamHost } from '../../../fakes/fake-gamestream-host';
import { FakeGameStreamStore } from '../../../fakes/fake-gamestream-store';
import { FakePing } from '../../../fakes/fake-host-network';
import { SilentLog } from '../../../fakes/silent-log';

/** Who answers depends on the address alone; an address may also take a question and never answer it. */
export class FakeNetwork implements GameStreamHost {
  readonly at = new Map<string, FakeGameStreamHost>();
  readonly hanging = new Set<string>();
  /** Questions about state, by address; and how many were under way at once. */
  readonly asked: string[] = [];
  readonly underWay = new Map<string, number>();
  most = 0;

  put(host: FakeGameStreamHost, address = host.address): void {
    this.at.set(address, host);
  }

  async serverInfo(access: GameStreamAccess): Promise<Result<ServerInfo>> {
    const { address } = access;
    this.asked.push(address);
    const count = (this.underWay.get(address) ?? 0) + 1;
    this.underWay.set(address, count);
    this.most = Math.max(this.most, count);
    try {
      return await this.ask(access, (host, own) => host.serverInfo(own));
    } finally {
      this.underWay.set(address, count - 1);
    }
  }

  apps(access: GameStreamAccess): Promise<Result<readonly GameStreamApp[]>> {
    return this.ask(access, (host, own) => host.apps(own));
  }

  art(access: GameStreamAccess, appId: number): Promise<Result<Uint8Array>> {
    return this.ask(access, (host, own) => host.art(own, appId));
  }

  quit(access: GameStreamAccess): Promise<Result<null>> {
    return this.ask(access, (host, own) => host.quit(own));
  }

  pair(request: PairingRequest): Promise<Result<PairedHost>> {
    const host = this.at.get(request.address);
    return host ? host.pair({ ...request, address: host.address }) : Promise.resolve(nobody(request.address));
  }

  private ask<T>(access: GameStreamAccess, use: (host: FakeGameStreamHost, own: GameStreamAccess) => Promise<Result<T>>): Promise<Result<T>> {
    const { address } = access;
    if (this.hanging.has(address)) return new Promise(() => undefined);
    const host = this.at.get(address);
    return host ? use(host, { ...access, address: host.address }) : Promise.resolve(nobody(address));
  }
}

function nobody(address: string): Result<never> {
  return failure('host-unreachable', `Nobody is at ${address}.`, 'Turn it on.');
}

export class HostsWorld {
  readonly clock = new FakeClock();
  readonly network = new FakeNetwork();
  readonly store = new FakeGameStreamStore();
  readonly ping = new FakePing();
  readonly log = new SilentLog();
  readonly gameStream = new GameStreamHosts({
    port: this.network,
    store: this.store,
    book: { ensureHost: (address): Promise<Result<HostId>> => Promise.resolve(success(hostIdSchema.parse(`h-${address.replaceAll(/[.:]/g, '-')}`))) },
    log: this.log,
  });
  readonly watch = new HostWatch(this);

  /** A host that is known, and paired where it has apps. */
  async host(address = '192.0.2.10', uniqueId = 'FAKE-HOST-1', apps: readonly GameStreamApp[] = []): Promise<{ readonly fake: FakeGameStreamHost; readonly hostId: HostId }> {
    const fake = new FakeGameStreamHost(address, uniqueId);
    fake.apps_ = apps;
    this.network.put(fake);
    const added = await this.gameStream.add(address, fake.httpPort);
    if (!added.ok) throw new Error(added.failure.message);
    const { hostId } = added.value.record;
    if (apps.length > 0) {
      expect(await this.gameStream.pair(hostId, { pin: '1234', clientName: 'test', web: fake.web })).toMatchObject({ ok: true });
      fake.calls.length = 0;
    }
    this.network.asked.length = 0;
    return { fake, hostId };
  }

  /** Moves time in small steps, so that every answer is taken before the next question. */
  async pass(ms: number, stepMs = 1_000): Promise<void> {
    await settle();
    for (let passed = 0; passed < ms; passed += stepMs) {
      this.clock.advance(Math.min(stepMs, ms - passed));
      await settle();
    }
  }

  kind(hostId: HostId): string | undefined {
    return this.watch.state(hostId)?.kind;
  }
}

export async function settle(): Promise<void> {
  for (let turn = 0; turn < 4; turn += 1) await new Promise((resolve) => setImmediate(resolve));
}
