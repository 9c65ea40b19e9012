import { setTimeout as sleep } from 'node:timers/promises';
import { afterEach, describe, expect, it, vi } from 'vitest';
import type { EchoSample } from '../../../../electron/adapters/probes/echo-tracker';
import { IcmpPing, pingArguments } from '../../../../electron/adapters/probes/icmp-ping';
import { FakeClock } from '../../../fakes/fake-clock';

/** Puts a script in the place of ping; it sees ping's arguments. */
function insteadOfPing(script: string): readonly [string, ...string[]] {
  return [process.execPath, '-e', script, '--'];
}

const hang = 'setInterval(() => {}, 1000);';
const banner = "console.log('PING x (192.0.2.1) 56(84) bytes of data.');";

const started: IcmpPing[] = [];
const beats: NodeJS.Timeout[] = [];
afterEach(async () => {
  for (const beat of beats.splice(0)) clearInterval(beat);
  await Promise.all(started.splice(0).map((ping) => ping.stop()));
});

function start(command: readonly [string, ...string[]], address = '192.0.2.1') {
  const clock = new FakeClock();
  const samples: EchoSample[] = [];
  const troubles: (string | null)[] = [];
  const onDialect = vi.fn();
  const sink = { sample: (sample: EchoSample) => void samples.push(sample), trouble: (message: string | null) => void troubles.push(message) };
  const ping = new IcmpPing({ address, clock, sink, intervalMs: 200, onDialect, command });
  started.push(ping);
  ping.tick();
  // The beat that reads its lines.
  const beat = setInterval(() => ping.tick(), 20);
  beats.push(beat);
  return { ping, clock, samples, troubles, onDialect };
}

describe('pingArguments', () => {
  it('ends its options before the address', () => {
    expect(pingArguments('attic.local', 200)).toEqual(['-n', '-D', '-O', '-i', '0.200', '--', 'attic.local']);
    expect(pingArguments('::1', 1_000)).toContain('1.000');
  });

  it.each([0, 49, -200, 60_001, Number.NaN, Number.POSITIVE_INFINITY])('refuses an interval of %s ms, which would flood', (intervalMs) => {
    expect(() => pingArguments('attic.local', intervalMs)).toThrow(RangeError);
  });
});

describe('IcmpPing', () => {
  it('says what to install when ping is missing, and measures nothing', async () => {
    const { troubles, samples, ping, clock } = start(['/nonexistent/ping']);
    await vi.waitFor(() => expect(troubles).toEqual([expect.stringMatching(/install iputils-ping/)]));
    clock.advance(5_000);
    ping.tick();
    expect(samples).toEqual([]);
  });

  it('speaks plain English to ping and tells its samples', async () => {
    const script = `${banner} console.log('[' + Date.now() / 1000 + '] 64 bytes from 192.0.2.1: icmp_seq=1 ttl=64 time=' + process.env.LC_ALL.length + '.5 ms'); ${hang}`;
    const { samples, troubles } = start(insteadOfPing(script));
    await vi.waitFor(() => expect(samples).toMatchObject([{ rttMs: 1.5 }]));
    expect(troubles).toEqual([null]);
  });

  it('counts questions as lost once a second while the name is not known', async () => {
    const { samples, troubles, ping, clock } = start(
      insteadOfPing("console.error('ping: attic: Temporary failure in name resolution'); process.exitCode = 2;"),
      'attic',
    );
    await vi.waitFor(() => expect(troubles).toEqual([expect.stringMatching(/name attic is not known/)]));
    for (let beat = 0; beat < 30; beat += 1) {
      clock.advance(100);
      ping.tick();
    }
    expect(samples.length).toBeGreaterThanOrEqual(3);
    expect(samples.every(({ rttMs }) => rttMs === null)).toBe(true);
  });

  it('starts ping again when it dies, later and later', async () => {
    const { troubles, ping, clock } = start(insteadOfPing(`${banner} process.kill(process.pid, 'SIGKILL');`));
    const deaths = (): number => troubles.filter((message) => message === 'ping ended unexpectedly').length;
    await vi.waitFor(() => expect(deaths()).toBe(1));
    clock.advance(1_000);
    ping.tick();
    await vi.waitFor(() => expect(deaths()).toBe(2));
    clock.advance(1_000);
    ping.tick();
    await sleep(300);
    expect(deaths()).toBe(2); // two seconds this time
    clock.advance(1_000);
    ping.tick();
    await vi.waitFor(() => expect(deaths()).toBe(3));
  });

  it('ends a ping that says nothing any more, and starts another', async () => {
    const { troubles, ping, clock } = start(insteadOfPing(`${banner} ${hang}`));
    await vi.waitFor(() => expect(troubles).toEqual([null]));
    clock.advance(5_100);
    ping.tick();
    await vi.waitFor(() => expect(troubles.at(-1)).toBe('ping ended unexpectedly'));
    expect(troubles).toContain('ping says nothing any more and is started again');
    clock.advance(1_000);
    ping.tick();
    await vi.waitFor(() => expect(troubles.at(-1)).toBeNull());
  });

  it('looks a name up again when nothing has answered for half a minute', async () => {
    const script = `${banner} setInterval(() => console.log('[' + Date.now() / 1000 + '] no answer yet for icmp_seq=1'), 20);`;
    const { troubles, samples, ping, clock } = start(insteadOfPing(script), 'attic');
    await vi.waitFor(() => expect(troubles).toEqual([null]));
    const before = await waitForPid(ping);
    // Its lines must be heard between the steps: otherwise it would be taken for hung.
    for (let second = 0; second < 32; second += 1) {
      clock.advance(1_000);
      await sleep(45);
      ping.tick();
    }
    const after = await waitForPid(ping, before);
    expect(after).not.toBe(before);
    expect(troubles).toEqual([null]);
    expect(samples.every(({ rttMs }) => rttMs === null)).toBe(true);
  });

  it('tells when this ping is not the one it knows', async () => {
    const { onDialect } = start(insteadOfPing("console.error(\"ping: unrecognized option: D\"); process.exitCode = 1;"));
    await vi.waitFor(() => expect(onDialect).toHaveBeenCalledOnce());
  });

  it('explains an answer that comes too late, once in a burst', async () => {
    const script = `${banner}
      const at = Date.now() / 1000;
      const line = (seq, time) => console.log('[' + at + '] 64 bytes from 192.0.2.1: icmp_seq=' + seq + ' ttl=64 time=' + time + ' ms');
      line(1, 2340); line(2, 2140); line(3, 1.5); ${hang}`;
    const { troubles, samples } = start(insteadOfPing(script));
    await vi.waitFor(() => expect(samples).toHaveLength(5));
    expect(samples.map(({ rttMs, flags }) => [rttMs, flags])).toEqual([[null, undefined], [2_340, 1], [null, undefined], [2_140, 1], [1.5, undefined]]);
    expect(troubles).toEqual([null, 'answers come later than 1000 ms and count as lost (one took 2340 ms)']);
  });

  it('ends a ping that ignores SIGTERM', async () => {
    const { ping, troubles } = start(insteadOfPing(`process.on('SIGTERM', () => {}); ${banner} ${hang}`));
    await vi.waitFor(() => expect(troubles).toEqual([null]));
    const pid = await waitForPid(ping);
    await ping.stop();
    expect(() => process.kill(pid, 0)).toThrow('ESRCH');
  });
});

async function waitForPid(ping: IcmpPing, otherThan?: number): Promise<number> {
  return vi.waitFor(() => {
    const pid = ping.pid;
    if (pid === null || pid === otherThan) throw new Error('no such ping yet');
    ping.tick();
    return pid;
  });
}
