// One example of every link state, every question and every app state.
import type { AppState, Interruption, LinkState, Question } from '../../electron/common/session';
import { tell } from '../../electron/common/told';

export function crash(nowMs: number): Interruption {
  return { kind: 'crash', end: { kind: 'crashed', signal: 'SIGSEGV' }, atMs: nowMs - 14_000 };
}

function stall(nowMs: number): Interruption {
  return { kind: 'stall', end: { kind: 'stalled', what: 'network' }, atMs: nowMs - 1_400 };
}

const certificate = '4f:1c:9a:77:20:de:5b:02:c8:3e:91:aa:6d:f0:14:8b:39:e2:55:7c:0d:b6:48:a1:f3:2e:97:64:cc:80:1b:d5';

export const questions: Readonly<Record<string, Question>> = {
  qpassword: { kind: 'password', reason: 'missing' },
  qrefused: { kind: 'password', reason: 'refused' },
  qcertificate: { kind: 'trust-certificate', fingerprint: certificate, subject: 'CN=attic' },
  qchanged: { kind: 'certificate-changed' },
  qname: { kind: 'host-name-unknown' },
  qpair: { kind: 'not-paired' },
  qother: { kind: 'other-app', appName: 'Desktop' },
  qloop: { kind: 'crash-loop', crashes: 5, minutes: 10, end: { kind: 'crashed', signal: 'SIGSEGV' } },
  qclient: { kind: 'client-failed', end: { kind: 'unexpected', exitCode: 3 } },
};

export function linkStates(nowMs: number): Readonly<Record<string, LinkState>> {
  const interruption = crash(nowMs);
  return {
    connecting: { kind: 'connecting', attempt: 1, stage: tell`negotiating security`, sinceMs: nowMs - 400 },
    streaming: { kind: 'streaming', sinceMs: nowMs - 7000 },
    stalled: { kind: 'stalled', interruption: stall(nowMs), attempt: 0, sinceMs: nowMs - 1_400 },
    waiting: { kind: 'waiting', interruption, attempt: 4, nextAtMs: nowMs + 5600 },
    gating: { kind: 'gating', interruption, attempt: 4, sinceMs: nowMs - 900 },
    reconnecting: { kind: 'reconnecting', interruption, attempt: 4, stage: tell`connecting`, sinceMs: nowMs - 300 },
    stopping: { kind: 'stopping', sinceMs: nowMs - 100 },
    ended: { kind: 'ended', atMs: nowMs - 2000, reason: 'stopped' },
    ...Object.fromEntries(
      Object.entries(questions).map(([name, question]) => [`asking-${name}`, { kind: 'asking', question, interruption: null } satisfies LinkState]),
    ),
  };
}

export function appStates(nowMs: number): Readonly<Record<string, AppState>> {
  return {
    unmanaged: { kind: 'unmanaged', why: tell`Workshop has no SSH access, so Athena cannot pause apps there.` },
    running: { kind: 'running' },
    pausing: { kind: 'pausing', by: 'interruption', sinceMs: nowMs - 20 },
    paused: { kind: 'paused', by: 'interruption', method: 'cgroup-freeze', processes: 3, atMs: nowMs - 13_988 },
    user: { kind: 'paused', by: 'user', method: 'sigstop', processes: 1, atMs: nowMs - 13_988 },
    counting: { kind: 'counting-down', endsAtMs: nowMs + 2900, method: 'cgroup-freeze', processes: 3, atMs: nowMs - 13_988 },
    resuming: { kind: 'resuming', sinceMs: nowMs - 20 },
    uncertain: {
      kind: 'uncertain',
      wanted: 'paused',
      by: 'interruption',
      message: tell`No process on Workshop matches “factorio”.`,
      advice: tell`Check the command pattern in the entry.`,
    },
  };
}
