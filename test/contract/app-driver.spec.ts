// What every way of pausing must do that can tell what became of it: one body, run on each with its real part or stand-in.
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import type { Result } from '../../electron/common/result';
import type { ControlFailure } from '../../electron/domain/pause/host-control';
import { libvirtWorld, linuxWorld, ownCommandWorld, proxmoxWorld, webhookWorld, windowsWorld, type DriverWorld } from './app-driver/worlds';

const worlds: readonly (readonly [string, () => Promise<DriverWorld>])[] = [
  ['processes on Linux, real', linuxWorld],
  ['processes on Windows, PowerShell stand-in over a real sshd', windowsWorld],
  ['a machine of libvirt, real virsh over a real sshd', libvirtWorld],
  ['a machine of Proxmox, stand-in of its API', proxmoxWorld],
  ['a webhook, real HTTP', webhookWorld],
  ['commands of the user, real sshd', ownCommandWorld],
];

function valueOf<T>(result: Result<T, ControlFailure>): T {
  if (!result.ok) throw new Error(`${result.failure.kind}: ${result.failure.message} ${result.failure.advice}`);
  return result.value;
}

function failureOf(result: Result<unknown, ControlFailure>): ControlFailure {
  if (result.ok) throw new Error(`expected a failure, got ${JSON.stringify(result.value)}`);
  expect(result.failure.message).toMatch(/^[A-Z].*\.$/s);
  expect(result.failure.advice).toMatch(/^[A-Z].*\.$/s);
  return result.failure;
}

describe.each(worlds)('%s', (_name, create) => {
  let world: DriverWorld;
  beforeEach(async () => {
    world = await create();
  });
  afterEach(() => world.dispose());

  it('pauses, tells what it read back, and lets it run on', async () => {
    const { driver, host, target } = world;
    valueOf(await driver.warm(host, target));
    expect(valueOf(await driver.read(host, target)).state).toBe('running');
    const paused = valueOf(await driver.pause(host, target));
    expect(paused.verified).not.toBe(false);
    expect(paused.tries).toBe(1);
    expect(await world.state()).toBe('paused');
    expect(valueOf(await driver.read(host, target))).toMatchObject({ state: 'paused', method: paused.method });
    valueOf(await driver.resume(host, target));
    expect(await world.state()).toBe('running');
    expect(valueOf(await driver.read(host, target)).state).toBe('running');
  });

  it('takes a second pause, and a resume without a pause, as done already', async () => {
    const { driver, host, target } = world;
    valueOf(await driver.resume(host, target));
    expect(await world.state()).toBe('running');
    valueOf(await driver.pause(host, target));
    valueOf(await driver.pause(host, target));
    expect(await world.state()).toBe('paused');
    valueOf(await driver.resume(host, target));
    expect(await world.state()).toBe('running');
  });

  it('carries out orders that were given at once in their order', async () => {
    const { driver, host, target } = world;
    const done = await Promise.all([driver.pause(host, target), driver.resume(host, target), driver.pause(host, target)]);
    for (const one of done) valueOf(one);
    expect(await world.state()).toBe('paused');
    valueOf(await driver.resume(host, target));
  });

  it('tells an app that has ended', async () => {
    const { driver, host, target, endApp } = world;
    if (endApp === null) return;
    await endApp();
    expect(valueOf(await driver.read(host, target)).state).toBe('gone');
    expect(failureOf(await driver.pause(host, target)).kind).toBe('app-not-found');
  });

  it('says so when nothing is there to carry out the order', async () => {
    const { driver, host, target } = world;
    await world.takeDown();
    expect(['host-unreachable', 'io']).toContain(failureOf(await driver.pause(host, target)).kind);
    expect(['host-unreachable', 'io']).toContain(failureOf(await driver.read(host, target)).kind);
    expect(await world.state()).toBe('running');
  });

  it('settles an order that is cancelled, and takes the next', async () => {
    const { driver, host, target } = world;
    const under = driver.pause(host, target);
    driver.close(host);
    const settled = await under;
    if (!settled.ok) failureOf(settled);
    valueOf(await driver.pause(host, target));
    expect(await world.state()).toBe('paused');
    valueOf(await driver.resume(host, target));
    expect(await world.state()).toBe('running');
  });
});
