// Proves with real pings and a real cable that the probe thread measures, survives, and leaves nothing behind.
import { spawn, spawnSync, type ChildProcess } from 'node:child_process';
import { once } from 'node:events';
import { readFileSync, rmSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { createInterface } from 'node:readline';
import { afterEach, beforeAll, describe, expect, it, vi } from 'vitest';
import { SystemClock } from '../../electron/adapters/system-clock';
import { hostIdSchema } from '../../electron/common/ids';
import { sampleFlags, type ProbeKind, type ProbeTrouble, type SampleBatch } from '../../electron/common/latency';
import { hostVantage } from '../../electron/common/vantage';
import { ProbeOwner } from '../../electron/threads/probe-owner';
import { makeFaultyNetwork, whyNoNetwork } from '../faults/matrix/faulty-network';
import { SilentLog } from '../fakes/silent-log';
import { canMakeNetworkPair, makeNetworkPair, type NetworkPair } from '../peers/network-pair';
import { isRunning, processTree, type ProcessIdentity } from '../peers/process-tree';
import { bundleThread } from '../threads-bundle';

const scripts = { thread: '', driver: '' };
beforeAll(async () => {
  scripts.thread = await bundleThread('electron/threads/probe-thread.ts');
  scripts.driver = await bundleThread('test/peers/probe-driver.ts');
});

const ends: (() => unknown)[] = [];
afterEach(async () => {
  for (const end of ends.splice(0).reverse()) await end();
});

interface Sample {
  readonly atMs: number;
  readonly rttMs: number | null;
}

/** Everything a probe told, in order of time. */
class Ear {
  readonly troubles: ProbeTrouble[] = [];
  private readonly batches: SampleBatch[] = [];

  hear(batches: readonly SampleBatch[]): void {
    this.batches.push(...batches);
  }

  samples(host = 'host-0', probe: ProbeKind = 'icmp'): Sample[] {
    return this.batches
      .filter((batch) => batch.vantage === `host/${host}` && batch.probe === probe)
      .flatMap(({ atMs, rttMs }) => atMs.map((at, index) => ({ atMs: at, rttMs: rttMs[index] ?? null })))
      .sort((one, other) => one.atMs - other.atMs);
  }

  answered(host?: string, probe?: ProbeKind): Sample[] {
    return this.samples(host, probe).filter(({ rttMs }) => rttMs !== null);
  }
}

function pingsBelow(pid: number): ProcessIdentity[] {
  return processTree(pid).filter((member) => {
    try {
      return readFileSync(`/proc/${member.pid}/comm`, 'utf8').trim() === 'ping';
    } catch {
      return false; // it has just ended
    }
  });
}

function waitFor(check: () => void, timeout = 15_000): Promise<void> {
  return vi.waitFor(check, { timeout, interval: 50 });
}

describe('in this process', () => {
  function own(thread = scripts.thread): { owner: ProbeOwner; ear: Ear; log: SilentLog } {
    const log = new SilentLog();
    const owner = new ProbeOwner(thread, new SystemClock(), log);
    ends.push(() => owner.dispose());
    const ear = new Ear();
    owner.onSamples((batches) => ear.hear(batches));
    owner.onTrouble((trouble) => ear.troubles.push(trouble));
    return { owner, ear, log };
  }

  const host = (index: number, address: string): Parameters<ProbeOwner['watch']>[0][number] => ({
    vantage: hostVantage(hostIdSchema.parse(`host-${index}`)),
    address,
    port: null,
  });

  it('measures loopback five times a second, on IPv4 and IPv6, and ends its pings', async () => {
    const { owner, ear } = own();
    owner.watch([host(0, '127.0.0.1'), host(1, '::1')]);
    await waitFor(() => expect(ear.samples().length).toBeGreaterThanOrEqual(15));
    const samples = ear.samples();
    expect(samples.every(({ rttMs }) => rttMs !== null && rttMs < 200)).toBe(true);
    const spanMs = (samples.at(-1)?.atMs ?? 0) - (samples[0]?.atMs ?? 0);
    // iputils rounds up to the kernel's tick, and a busy machine adds to it.
    expect(spanMs / (samples.length - 1)).toBeGreaterThan(190);
    expect(spanMs / (samples.length - 1)).toBeLessThan(300);
    expect(ear.answered('host-1').length).toBeGreaterThanOrEqual(10);
    expect(ear.troubles.filter(({ message }) => message !== null)).toEqual([]);

    const pings = pingsBelow(process.pid);
    expect(pings).toHaveLength(2);
    await owner.dispose();
    expect(pings.filter(isRunning)).toEqual([]);
  });

  it('says that a name is not known, and loses the questions to it', async () => {
    const { owner, ear } = own();
    owner.watch([host(0, 'no-such-host.invalid')]);
    await waitFor(() => expect(ear.troubles.some(({ message }) => message?.includes('name no-such-host.invalid is not known'))).toBe(true), 30_000);
    await waitFor(() => expect(ear.samples().length).toBeGreaterThanOrEqual(2));
    expect(ear.answered()).toEqual([]);
  });

  it('starts a dead thread again, and the dead one leaves no ping', async () => {
    // The real thread, which fails for good reasons of its own: once, after half a second.
    const marker = join(dirname(scripts.thread), `died-${process.pid}`);
    const mortal = join(dirname(scripts.thread), `mortal-thread-${process.pid}.cjs`);
    const code = `const fs = require('node:fs');
      require(${JSON.stringify(scripts.thread)});
      if (!fs.existsSync(${JSON.stringify(marker)})) setTimeout(() => { fs.writeFileSync(${JSON.stringify(marker)}, ''); throw new Error('as planned'); }, 700);`;
    writeFileSync(mortal, code);
    ends.push(() => [marker, mortal].forEach((file) => rmSync(file, { force: true })));

    const { owner, ear, log } = own(mortal);
    owner.watch([host(0, '127.0.0.1')]);
    await waitFor(() => expect(ear.answered()).not.toEqual([]));
    const firstPings = pingsBelow(process.pid);
    expect(firstPings).toHaveLength(1);
    await waitFor(() => expect(log.heard.map(({ message }) => message)).toContain('probe thread died and is started again'));
    const diedAt = Date.now();
    await waitFor(() => expect(ear.answered().some(({ atMs }) => atMs > diedAt)).toBe(true));
    await waitFor(() => expect(firstPings.filter(isRunning)).toEqual([]));
    const messages = ear.troubles.map(({ message }) => message);
    expect(messages).toContain('measuring stopped unexpectedly and is started again');
    expect(messages.at(-1)).toBeNull();
  });

  it('does not start a thread that cannot load as fast as the machine can', async () => {
    const { owner, log } = own(join(dirname(scripts.thread), 'no-such-thread.cjs'));
    owner.watch([host(0, '127.0.0.1')]);
    const deaths = (): number => log.heard.filter(({ message }) => message.startsWith('probe thread died')).length;
    await waitFor(() => expect(deaths()).toBe(2));
    await new Promise((resolve) => setTimeout(resolve, 500));
    expect(deaths()).toBe(2);
  });
});

describe('in a process of its own', () => {
  function drive(addresses: readonly string[], leading: readonly string[] = []): { ear: Ear; child: ChildProcess; pid: number; ended: Promise<unknown> } {
    const [file = process.execPath, ...args] = [...leading, process.execPath, scripts.driver, scripts.thread, ...addresses];
    const child = spawn(file, args, { stdio: ['ignore', 'pipe', 'inherit'] });
    const ended = once(child, 'close');
    ends.push(async () => {
      child.kill('SIGKILL');
      await ended;
    });
    const ear = new Ear();
    let rest = '';
    child.stdout.setEncoding('utf8');
    child.stdout.on('data', (chunk: string) => {
      const lines = (rest + chunk).split('\n');
      rest = lines.pop() ?? '';
      for (const line of lines) {
        const told = JSON.parse(line) as { batches?: SampleBatch[]; trouble?: ProbeTrouble };
        ear.hear(told.batches ?? []);
        if (told.trouble) ear.troubles.push(told.trouble);
      }
    });
    return { ear, child, pid: child.pid ?? 0, ended };
  }

  it('leaves no ping when it is killed, also where nobody answers', async () => {
    // 192.0.2.0/24 is nobody's (RFC 5737); where there is no way at all, ping ends by itself and starts again and again.
    const { ear, child, pid, ended } = drive(['127.0.0.1', '::1', '192.0.2.77']);
    await waitFor(() => expect(ear.answered('host-1')).not.toEqual([]));
    await waitFor(() => expect(ear.samples('host-2')).not.toEqual([]));
    const pings = pingsBelow(pid);
    expect(pings.length).toBeGreaterThanOrEqual(2);
    child.kill('SIGKILL');
    await ended;
    await waitFor(() => expect(pings.filter(isRunning)).toEqual([]), 5_000);
  });

  it('ends by itself after its end: no handle holds the process', async () => {
    const { ear, child, ended } = drive(['127.0.0.1']);
    await waitFor(() => expect(ear.answered()).not.toEqual([]));
    child.kill('SIGTERM');
    expect(await ended).toEqual([0, null]);
  });

  it.skipIf(process.getuid?.() !== 0)('measures as an ordinary user', async () => {
    const { ear } = drive(['127.0.0.1'], ['setpriv', '--reuid', '65534', '--regid', '65534', '--clear-groups', '--inh-caps=-all']);
    await waitFor(() => expect(ear.answered().length).toBeGreaterThanOrEqual(5));
    expect(ear.troubles.filter(({ message }) => message !== null)).toEqual([]);
  });

  describe.skipIf(!canMakeNetworkPair())('over a cable', () => {
    function layCable(): NetworkPair {
      const pair = makeNetworkPair();
      ends.push(() => pair.remove());
      return pair;
    }

    it('loses every question while the cable is cut, none twice, and gets answers when it is mended', async () => {
      const pair = layCable();
      const { ear } = drive([pair.farAddress, pair.farAddressV6], pair.inNear);
      for (const host of ['host-0', 'host-1']) await waitFor(() => expect(ear.answered(host).length).toBeGreaterThanOrEqual(5));

      // A new cable loses its first questions for good reasons (neighbour discovery).
      const steadyAt = Date.now() - 300;
      pair.cut();
      const cutAt = Date.now();
      await waitFor(() => expect(ear.samples().filter(({ rttMs }) => rttMs === null).length).toBeGreaterThanOrEqual(8));
      pair.mend();
      const mendedAt = Date.now();
      for (const host of ['host-0', 'host-1']) {
        await waitFor(() => expect(ear.answered(host).filter(({ atMs }) => atMs > mendedAt).length).toBeGreaterThanOrEqual(5));
        const samples = ear.samples(host).filter(({ atMs }) => atMs > steadyAt);
        const during = samples.filter(({ atMs }) => atMs > cutAt + 50 && atMs < mendedAt - 50);
        expect(during.filter(({ rttMs }) => rttMs !== null)).toEqual([]);
        // nft takes a moment: what goes out around the cut and the mending may go either way.
        const lostAt = samples.filter(({ rttMs }) => rttMs === null).map(({ atMs }) => atMs - cutAt);
        expect(Math.min(...lostAt)).toBeGreaterThan(-500);
        expect(Math.max(...lostAt)).toBeLessThan(mendedAt - cutAt + 100);
        const gaps = samples.slice(1).map(({ atMs }, index) => atMs - (samples[index]?.atMs ?? atMs));
        expect(Math.min(...gaps)).toBeGreaterThan(100);
      }
    });

    it('knows the closed port of a host from a host that is gone', async () => {
      const pair = layCable();
      const { ear } = drive([`${pair.farAddress}/9`], pair.inNear);
      await waitFor(() => expect(ear.samples('host-0', 'tcp')).not.toEqual([]));
      expect(ear.answered('host-0', 'tcp')).toEqual([]);
      expect(ear.troubles.map(({ message }) => message).join()).toContain('the host is there, but nothing accepts connections on port 9');
      const heard = ear.troubles.length;
      pair.cut();
      const before = ear.samples('host-0', 'tcp').length;
      await waitFor(() => expect(ear.samples('host-0', 'tcp').length).toBeGreaterThanOrEqual(before + 2));
      expect(ear.troubles.slice(heard).filter(({ probe, message }) => probe === 'tcp' && message !== null)).toEqual([]);
    });
  });
});

describe.skipIf(whyNoNetwork() !== null || spawnSync('python3', ['-V']).status !== 0)('over a slow cable', () => {
  it('tells answers that come too late with their true time, and finds those that overtake others', async () => {
    const network = await makeFaultyNetwork(true);
    ends.push(() => network.remove());
    network.impair({ roundTripMs: 1_400, lossRatio: 0, reorderRatio: 0 });
    const child = spawn(network.inNear[0], [...network.inNear.slice(1), process.execPath, scripts.driver, scripts.thread, network.farAddress], {
      stdio: ['ignore', 'pipe', 'inherit'],
    });
    const ended = once(child, 'close');
    ends.push(async () => {
      child.kill('SIGTERM');
      await ended;
    });
    const told: (readonly [atMs: number, rttMs: number | null, flags: number])[] = [];
    createInterface({ input: child.stdout }).on('line', (line) => {
      for (const { atMs, rttMs, flags } of (JSON.parse(line) as { batches?: SampleBatch[] }).batches ?? []) {
        atMs.forEach((at, index) => told.push([at, rttMs[index] ?? null, flags?.[index] ?? 0]));
      }
    });
    const flagged = (flag: number): typeof told => told.filter(([, , flags]) => (flags & flag) !== 0);
    await waitFor(() => expect(flagged(sampleFlags.late).length).toBeGreaterThanOrEqual(4));
    for (const [at, rttMs] of flagged(sampleFlags.late)) {
      expect(rttMs).toBeGreaterThanOrEqual(1_390);
      const tellings = told.filter(([other]) => other === at);
      // First the loss, then the truth; never a third time.
      expect(tellings.map(([, rtt, flags]) => [rtt === null, flags & sampleFlags.late])).toEqual([[true, 0], [false, sampleFlags.late]]);
    }
    expect(told.filter(([, rttMs, flags]) => rttMs !== null && (flags & sampleFlags.late) === 0)).toEqual([]);

    network.impair({ roundTripMs: 600, lossRatio: 0, reorderRatio: 0.3 });
    await waitFor(() => expect(flagged(sampleFlags.reordered).filter(([, , flags]) => flags === sampleFlags.reordered).length).toBeGreaterThanOrEqual(2));
  }, 45_000);
});
