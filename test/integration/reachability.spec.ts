// Asks the one question "is the host there now?" of real hosts, through the system's ping.
import { afterEach, describe, expect, it } from 'vitest';
import { checkReachability } from '../../electron/adapters/probes/reachability';

const before = { LANG: process.env.LANG, LC_ALL: process.env.LC_ALL, PATH: process.env.PATH };
afterEach(() => {
  for (const [name, value] of Object.entries(before)) {
    if (value === undefined) delete process.env[name];
    else process.env[name] = value;
  }
});

describe('checkReachability', () => {
  it.each([
    ['127.0.0.1', '127.0.0.1'],
    ['::1', '::1'],
    ['localhost', expect.stringMatching(/^(127\.0\.0\.1|::1)$/) as string],
  ])('finds %s', async (address, asked) => {
    const answer = await checkReachability(address);
    expect(answer).toEqual({ ok: true, value: { alive: true, rttMs: expect.any(Number) as number, address: asked } });
  });

  it('leaves the environment as it was, also when it was not English', async () => {
    process.env.LANG = 'de_DE.UTF-8';
    process.env.LC_ALL = 'de_DE.UTF-8';
    const asking = checkReachability('127.0.0.1');
    expect(process.env).toMatchObject({ LANG: 'de_DE.UTF-8', LC_ALL: 'de_DE.UTF-8' });
    expect(await asking).toMatchObject({ ok: true });
    delete process.env.LANG;
    delete process.env.LC_ALL;
    await checkReachability('127.0.0.1');
    expect(process.env.LANG).toBeUndefined();
    expect(process.env.LC_ALL).toBeUndefined();
  });

  it('says that a name is not known', async () => {
    const answer = await checkReachability('no-such-host.invalid');
    expect(answer).toMatchObject({ ok: false, failure: { kind: 'not-found', advice: expect.stringContaining('spelling') as string } });
  }, 20_000);

  it.each(['-c', '--help', '', 'a b', 'http://x'])('refuses %j without asking anybody', async (address) => {
    expect(await checkReachability(address)).toMatchObject({ ok: false, failure: { kind: 'bad-input' } });
  });

  it('says what to install when there is no ping', async () => {
    process.env.PATH = '/nonexistent';
    expect(await checkReachability('127.0.0.1')).toMatchObject({
      ok: false,
      failure: { kind: 'not-supported', advice: expect.stringContaining('iputils-ping') as string },
    });
  });
});
