// The network this machine is in: on the real one, and on machines that a test describes.
import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { localMachine, type Machine } from '../../../../electron/adapters/clients/machine';
import { Router } from '../../../../electron/adapters/network/router';
import { networkSchema } from '../../../../electron/common/profile';
import { FakeClock } from '../../../fakes/fake-clock';
import { fakeMachine, prints } from '../../../fakes/fake-machine';

const place = { directory: '', clock: new FakeClock() };
beforeEach(async () => {
  place.clock = new FakeClock();
  place.directory = await mkdtemp(join(tmpdir(), 'athena-proc-'));
});
afterEach(async () => {
  await rm(place.directory, { recursive: true });
});

async function tables(gateway: string, mac: string): Promise<void> {
  await writeFile(join(place.directory, 'route'), `Iface\tDestination\tGateway\tFlags\tRefCnt\tUse\tMetric\tMask\n eth0\t00000000\t${gateway}\t0003\t0\t0\t0\t00000000\n`);
  await writeFile(join(place.directory, 'arp'), `IP address HW type Flags HW address Mask Device\n192.168.1.1 0x1 0x2 ${mac} * eth0\n`);
}

function linux(run: Machine['run'] = async () => null): Machine {
  return { ...localMachine(), platform: 'linux', run };
}

describe('on Linux', () => {
  it('the router is in the kernel’s tables, and no program is started for it', async () => {
    await tables('0101A8C0', '9c:5c:8e:00:11:22');
    const machine = linux(() => Promise.reject(new Error('nothing is to be run')));
    const router = new Router({ machine, clock: place.clock, procNet: place.directory });
    expect(await router.current()).toEqual({ id: '9c:5c:8e:00:11:22', gateway: '192.168.1.1' });
  });

  it('is remembered for some seconds, then looked for again', async () => {
    await tables('0101A8C0', '9c:5c:8e:00:11:22');
    const router = new Router({ machine: linux(), clock: place.clock, procNet: place.directory });
    await router.current();
    await tables('0101A8C0', '02:00:00:00:00:01');
    place.clock.advance(4_000);
    expect((await router.current())?.id).toBe('9c:5c:8e:00:11:22');
    place.clock.advance(2_000);
    expect((await router.current())?.id).toBe('02:00:00:00:00:01');
  });

  it('is asked of iproute2 where there is IPv6 only', async () => {
    const machine = linux(async (_file, args) => ({
      exitCode: 0,
      text: args.includes('route') ? '[{"dst":"default","gateway":"fe80::1","dev":"eth0"}]' : '[{"dst":"fe80::1","dev":"eth0","lladdr":"9c:5c:8e:00:11:22"}]',
    }));
    expect(await new Router({ machine, clock: place.clock, procNet: place.directory }).current()).toEqual({ id: '9c:5c:8e:00:11:22', gateway: 'fe80::1' });
  });

  it('is none without tables and programs', async () => {
    expect(await new Router({ machine: linux(), clock: place.clock, procNet: place.directory }).current()).toBeNull();
  });
});

describe.runIf(process.platform === 'linux')('on this machine', () => {
  it('there is a network, or none, and it can be saved', async () => {
    const found = await new Router({ machine: localMachine(), clock: place.clock }).current();
    if (found) expect(networkSchema.safeParse({ id: found.id, name: `Network of ${found.gateway}` }).success).toBe(true);
    else expect(found).toBeNull();
  });
});

describe('elsewhere', () => {
  it.each<[NodeJS.Platform, Record<string, ReturnType<typeof prints>>]>([
    ['darwin', { route: prints('    gateway: 192.168.1.1\n  interface: en0\n'), arp: prints('? (192.168.1.1) at 9c:5c:8e:0:11:22 on en0\n') }],
    ['win32', { netstat: prints('  0.0.0.0   0.0.0.0   192.168.1.1   192.168.1.34   25\r\n'), arp: prints('  192.168.1.1   9c-5c-8e-00-11-22   dynamic\r\n') }],
  ])('%s tells it by its programs', async (platform, programs) => {
    expect(await new Router({ machine: fakeMachine({ platform, programs }), clock: place.clock }).current()).toEqual({ id: '9c:5c:8e:00:11:22', gateway: '192.168.1.1' });
    expect(await new Router({ machine: fakeMachine({ platform }), clock: place.clock }).current()).toBeNull();
  });

  it('nothing is known of other systems', async () => {
    expect(await new Router({ machine: fakeMachine({ platform: 'aix' }), clock: place.clock }).current()).toBeNull();
  });
});
