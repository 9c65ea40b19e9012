import { describe, expect, it } from 'vitest';
import type { EchoSample } from '../../../../electron/adapters/probes/echo-tracker';
import { OneShotPing } from '../../../../electron/adapters/probes/one-shot-ping';
import type { PingAnswer } from '../../../../electron/adapters/probes/ping-once';
import { FakeClock } from '../../../fakes/fake-clock';

const answered: PingAnswer = { alive: true, rttMs: 3, address: '192.0.2.1', output: '' };
const silent: PingAnswer = { alive: false, rttMs: null, address: '192.0.2.1', output: '100% packet loss' };
const unknownName: PingAnswer = { alive: false, rttMs: null, address: null, output: 'ping: attic: Name or service not known' };

function setUp(answers: readonly (PingAnswer | Error)[]) {
  const clock = new FakeClock();
  const samples: EchoSample[] = [];
  const troubles: (string | null)[] = [];
  let asked = 0;
  const ask = async (): Promise<PingAnswer> => {
    const answer = answers[asked];
    asked += 1;
    if (answer === undefined || answer instanceof Error) throw answer ?? new Error('asked too often');
    return answer;
  };
  const sink = { sample: (sample: EchoSample) => void samples.push(sample), trouble: (message: string | null) => void troubles.push(message) };
  const ping = new OneShotPing({ address: 'attic', clock, sink, ask });
  const second = async (): Promise<void> => {
    for (let beat = 0; beat < 10; beat += 1) {
      ping.tick();
      clock.advance(100);
    }
    await new Promise((resolve) => setImmediate(resolve));
  };
  return { clock, ping, samples, troubles, second, asked: () => asked };
}

describe('OneShotPing', () => {
  it('asks once a second and tells each answer at the time of its question', async () => {
    const { clock, samples, troubles, second } = setUp([answered, silent, answered]);
    const beganAt = clock.nowMs();
    await second();
    await second();
    await second();
    expect(samples).toEqual([
      { atMs: beganAt, rttMs: 3 },
      { atMs: beganAt + 1_000, rttMs: null },
      { atMs: beganAt + 2_000, rttMs: 3 },
    ]);
    expect(troubles).toEqual([null]);
  });

  it('loses the question to an unknown name, and ends the trouble when it is known', async () => {
    const { samples, troubles, second } = setUp([unknownName, unknownName, answered]);
    await second();
    await second();
    await second();
    expect(samples.map(({ rttMs }) => rttMs)).toEqual([null, null, 3]);
    expect(troubles).toEqual([expect.stringContaining('not known'), null]);
  });

  it('measures nothing while ping is missing', async () => {
    const { samples, troubles, second } = setUp([new Error('ENOENT')]);
    await second();
    expect(samples).toEqual([]);
    expect(troubles).toEqual([expect.stringContaining('missing')]);
  });

  it('asks no more after its end', async () => {
    const { ping, samples, second, asked } = setUp([answered]);
    ping.tick();
    await ping.stop();
    await second();
    expect(asked()).toBe(1);
    expect(samples).toEqual([]);
  });
});
