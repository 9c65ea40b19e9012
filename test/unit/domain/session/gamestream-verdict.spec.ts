// The decision table of a Moonlight's end: what the client said, what the host says, and what follows.
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { ClientEnd } from '../../../../electron/common/session';
import { gameStreamVerdict, type GameStreamEnd, type HostWord } from '../../../../electron/domain/session/gamestream-verdict';

const free: HostWord = { kind: 'free' };
const ours: HostWord = { kind: 'busy', appId: 7 };
const others: HostWord = { kind: 'busy', appId: 8 };
const silent: HostWord = { kind: 'silent' };
const terminated = (code: number): ClientEnd => ({ kind: 'terminated', code });
const refused = (reason: Extract<ClientEnd, { kind: 'launch-refused' }>['reason'], code: number | null = null): ClientEnd => ({ kind: 'launch-refused', reason, code, message: '' });

function verdict(end: ClientEnd, host: HostWord, changes: Partial<GameStreamEnd> = {}) {
  return gameStreamVerdict({ end, host, appId: 7, everStreamed: true, streamedNow: true, ...changes });
}

const early = { everStreamed: false, streamedNow: false };
const onReturn = { everStreamed: true, streamedNow: false };

describe('after a picture', () => {
  it.each<[string, ClientEnd, HostWord, object]>([
    ['the app ended', { kind: 'host-ended' }, free, { kind: 'over', reason: 'host', appRuns: false }],
    ['the app ended, the host is not through with it', { kind: 'host-ended' }, ours, { kind: 'over', reason: 'host', appRuns: true }],
    ['the app ended, somebody runs another', { kind: 'host-ended' }, others, { kind: 'over', reason: 'host', appRuns: false }],
    ['the network went, the app lives', terminated(-1), ours, { kind: 'interrupted', interruption: 'disconnect', waitMs: 0 }],
    ['this machine lost its address', terminated(101), ours, { kind: 'interrupted', interruption: 'disconnect' }],
    ['somebody cancelled', terminated(-1), free, { kind: 'over', reason: 'host', appRuns: false }],
    ['somebody took over', terminated(-1), others, { kind: 'ask-about-other-app', appId: 8 }],
    ['the host is gone', terminated(-1), silent, { kind: 'interrupted', interruption: 'host-gone' }],
    ['another host has its address', terminated(-1), { kind: 'other-host' }, { kind: 'interrupted', interruption: 'host-gone' }],
    ['the user left, the app runs on', { kind: 'ended-by-user' }, ours, { kind: 'over', reason: 'closed', appRuns: true }],
    ['the user left and ended the app', { kind: 'ended-by-user' }, free, { kind: 'over', reason: 'closed', appRuns: false }],
    ['the client crashed', { kind: 'crashed', signal: 'SIGSEGV' }, ours, { kind: 'interrupted', interruption: 'crash' }],
    ['unpaired meanwhile', terminated(-1), { kind: 'not-paired' }, { kind: 'ask-to-pair' }],
    ['reinstalled meanwhile', terminated(-1), { kind: 'certificate-changed' }, { kind: 'ask', question: { kind: 'certificate-changed' } }],
    ['protected content', terminated(-103), ours, { kind: 'ask', question: { kind: 'client-failed', end: terminated(-103) } }],
  ])('%s', (_name, end, host, expected) => {
    expect(verdict(end, host)).toMatchObject(expected);
  });
});

describe('the host’s traps', () => {
  it('a launch whose connection broke still waits there when the host runs the app by now', () => {
    expect(verdict({ kind: 'host-unreachable' }, ours, { everStreamed: false, streamedNow: false })).toMatchObject({ kind: 'interrupted', waitMs: 10_000 });
  });

  it.each([-100, -101, -102])('%i: the launch may still wait for its stream, so the next one waits 10 s', (code) => {
    expect(verdict(terminated(code), ours, onReturn)).toMatchObject({ kind: 'interrupted', waitMs: 10_000 });
  });

  it('the start failed at RTSP: the same wait', () => {
    const end: ClientEnd = { kind: 'stage-failed', stage: 'RTSP handshake', code: 111 };
    expect(verdict(end, ours, onReturn)).toMatchObject({ kind: 'interrupted', waitMs: 10_000 });
    expect(verdict(end, ours, early)).toMatchObject({ kind: 'ask', question: { kind: 'client-failed', end } });
  });

  it('the stream limit heals when the host drops the broken stream', () => {
    expect(verdict(refused('stream-limit'), ours, onReturn)).toMatchObject({ kind: 'interrupted', waitMs: 5_000 });
    expect(verdict(refused('stream-limit'), ours, early)).toMatchObject({ kind: 'interrupted', waitMs: 5_000 });
  });

  it('503 is waited for on the way back, and asked about at first', () => {
    expect(verdict(refused('no-picture', 503), ours, onReturn)).toMatchObject({ kind: 'interrupted', waitMs: 10_000 });
    expect(verdict(refused('no-picture', 503), free, early)).toMatchObject({ kind: 'ask' });
  });

  it('an app that can’t be started is not started again and again', () => {
    expect(verdict(refused('start-failed', -1), free, onReturn)).toMatchObject({ kind: 'ask' });
    expect(verdict(refused('app-unknown', 404), free, early)).toMatchObject({ kind: 'ask' });
  });

  it('another app is neither ended nor resumed unasked', () => {
    expect(verdict(refused('other', 400), others, early)).toEqual({ kind: 'ask-about-other-app', appId: 8 });
  });
});

it('whatever comes together has a verdict, and waits are no longer than the longest trap', () => {
  const ends: fc.Arbitrary<ClientEnd> = fc.oneof(
    fc.integer({ min: -2_000_000_000, max: 20_000 }).map(terminated),
    fc.constantFrom('stream-limit' as const, 'no-picture' as const, 'start-failed' as const, 'app-unknown' as const, 'other' as const).map((reason) => refused(reason)),
    fc.constantFrom<ClientEnd[]>(
      { kind: 'ended-by-user' },
      { kind: 'host-ended' },
      { kind: 'host-unreachable' },
      { kind: 'host-name-unknown' },
      { kind: 'connection-lost' },
      { kind: 'not-paired' },
      { kind: 'display-lost' },
      { kind: 'thread-lost' },
      { kind: 'unexpected', exitCode: 3 },
      { kind: 'crashed', signal: 'SIGKILL' },
      { kind: 'client-misused', detail: '' },
      { kind: 'stage-failed', stage: 'name resolution', code: -1 },
    ),
  );
  const hosts = fc.constantFrom<HostWord[]>(free, ours, others, silent, { kind: 'not-paired' }, { kind: 'certificate-changed' }, { kind: 'other-host' });
  fc.assert(
    fc.property(ends, hosts, fc.boolean(), fc.boolean(), fc.constantFrom(7, null), (end, host, everStreamed, now, appId) => {
      const found = gameStreamVerdict({ end, host, appId, everStreamed, streamedNow: everStreamed && now });
      if (found.kind === 'interrupted') expect(found.waitMs).toBeLessThanOrEqual(10_000);
      // An app that somebody else runs is never started over.
      if (host.kind === 'busy' && appId !== null && host.appId !== appId && end.kind === 'terminated' && end.code > -103) expect(found.kind).toBe('ask-about-other-app');
    }),
  );
});
