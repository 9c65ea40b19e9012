// Every end of a client, before and after the first picture.
import { describe, expect, it } from 'vitest';
import { clientEndSchema, type ClientEnd } from '../../../../electron/common/session';
import { verdictOf } from '../../../../electron/domain/session/end-verdict';

const refused = (reason: 'stream-limit' | 'no-picture' | 'start-failed' | 'app-unknown' | 'other'): ClientEnd => ({
  kind: 'launch-refused',
  reason,
  code: 503,
  message: 'no',
});

/** What the end means: "before the first picture" and "after it". Words are an interruption's or a question's kind, or why it is over. */
const rows: readonly (readonly [ClientEnd, before: string, after: string])[] = [
  [{ kind: 'ended-by-user' }, 'over: closed', 'over: closed'],
  [{ kind: 'host-ended' }, 'over: host', 'over: host'],
  [{ kind: 'auth-refused' }, 'ask: password', 'ask: password'],
  [{ kind: 'certificate-unknown', fingerprint: 'aa', subject: 'CN=rig' }, 'ask: trust-certificate', 'ask: trust-certificate'],
  [{ kind: 'certificate-changed' }, 'ask: certificate-changed', 'ask: certificate-changed'],
  [{ kind: 'host-name-unknown' }, 'ask: host-name-unknown', 'interrupted: host-gone'],
  [{ kind: 'host-unreachable' }, 'interrupted: host-gone', 'interrupted: host-gone'],
  [{ kind: 'connection-lost' }, 'interrupted: disconnect', 'interrupted: disconnect'],
  [{ kind: 'terminated', code: -1 }, 'interrupted: disconnect', 'interrupted: disconnect'],
  [{ kind: 'terminated', code: -103 }, 'ask: client-failed', 'ask: client-failed'],
  [{ kind: 'stage-failed', stage: 'RTSP handshake', code: 111 }, 'ask: client-failed', 'interrupted: host-gone'],
  [refused('stream-limit'), 'interrupted: disconnect', 'interrupted: disconnect'],
  [refused('no-picture'), 'ask: client-failed', 'interrupted: disconnect'],
  [refused('start-failed'), 'ask: client-failed', 'ask: client-failed'],
  [refused('app-unknown'), 'ask: client-failed', 'ask: client-failed'],
  [refused('other'), 'ask: client-failed', 'ask: client-failed'],
  [{ kind: 'not-paired' }, 'ask: not-paired', 'ask: not-paired'],
  [{ kind: 'stalled', what: 'picture' }, 'interrupted: stall', 'interrupted: stall'],
  [{ kind: 'crashed', signal: 'SIGSEGV' }, 'interrupted: crash', 'interrupted: crash'],
  [{ kind: 'slept', forMs: 60_000 }, 'interrupted: disconnect', 'interrupted: disconnect'],
  [{ kind: 'thread-lost' }, 'interrupted: crash', 'interrupted: crash'],
  [{ kind: 'unexpected', exitCode: 255 }, 'ask: client-failed', 'interrupted: crash'],
  [{ kind: 'client-misused', detail: '/bad' }, 'ask: client-failed', 'ask: client-failed'],
  [{ kind: 'display-lost' }, 'ask: client-failed', 'ask: client-failed'],
];

function inWords(end: ClientEnd, everStreamed: boolean): string {
  const verdict = verdictOf(end, everStreamed);
  switch (verdict.kind) {
    case 'over':
      return `over: ${verdict.reason}`;
    case 'interrupted':
      return `interrupted: ${verdict.interruption}`;
    case 'ask':
      return `ask: ${verdict.question.kind}`;
  }
}

describe('an end', () => {
  it.each(rows)('%j: first "%s", later "%s"', (end, before, after) => {
    expect([inWords(end, false), inWords(end, true)]).toEqual([before, after]);
  });

  it('of every kind stands in this table', () => {
    const kinds = clientEndSchema.options.map(({ shape }) => shape.kind.value);
    expect(kinds.filter((kind) => !rows.some(([end]) => end.kind === kind))).toEqual([]);
  });
});

describe('the question', () => {
  it('tells a wrong password from a missing one', () => {
    const ask = (hadPassword?: boolean): unknown => verdictOf({ kind: 'auth-refused' }, false, hadPassword);
    expect(ask(true)).toEqual({ kind: 'ask', question: { kind: 'password', reason: 'refused' } });
    expect(ask()).toEqual(ask(true));
    expect(ask(false)).toEqual({ kind: 'ask', question: { kind: 'password', reason: 'missing' } });
  });

  it('shows the certificate that is to be vouched for', () => {
    const verdict = verdictOf({ kind: 'certificate-unknown', fingerprint: 'aa:bb', subject: 'CN=rig' }, false);
    expect(verdict).toEqual({ kind: 'ask', question: { kind: 'trust-certificate', fingerprint: 'aa:bb', subject: 'CN=rig' } });
  });

  it('shows how a client failed', () => {
    const end: ClientEnd = { kind: 'unexpected', exitCode: 255 };
    expect(verdictOf(end, false)).toEqual({ kind: 'ask', question: { kind: 'client-failed', end } });
  });
});
