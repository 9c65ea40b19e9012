// What the pairing panel shows for every state of a pairing, on hosts that need it and hosts that don't.
import { describe, expect, it } from 'vitest';
import type { HostId } from '../../../../electron/common/ids';
import { failure } from '../../../../electron/common/result';
import { pairingStage } from '../../../../renderer/features/hosts/pairing-stage';

const hostId = 'rig' as HostId;
const unpaired = { paired: false, state: 'online' } as const;
const paired = { paired: true, state: 'online' } as const;
const changed = { paired: true, state: 'certificate-changed' } as const;
const wrong = failure('wrong-pin', 'Another PIN was typed.', 'Pair again.').failure;

describe('pairingStage', () => {
  it('offers to pair where that is needed, and leaves paired hosts alone', () => {
    expect([unpaired, paired, changed].map((host) => pairingStage(host, undefined, false, null).kind)).toEqual(['offer', 'none', 'offer']);
    expect(pairingStage(unpaired, { kind: 'cancelled', hostId }, true, null)).toEqual({ kind: 'offer', failure: null });
  });

  it('shows the digits only when a person has to type them', () => {
    expect(pairingStage(unpaired, { kind: 'waiting', hostId, pin: '0071', byWeb: false }, true, null)).toEqual({ kind: 'waiting', pin: '0071' });
    expect(pairingStage(unpaired, { kind: 'waiting', hostId, pin: '0071', byWeb: true }, true, null)).toEqual({ kind: 'web' });
  });

  it('tells an end that was seen coming; an old success is no news, an old failure is while it still matters', () => {
    const done = { kind: 'paired', hostId, apps: 3 } as const;
    expect(pairingStage(paired, done, true, null)).toEqual({ kind: 'paired', apps: 3 });
    expect(pairingStage(paired, done, false, null)).toEqual({ kind: 'none' });
    const failed = { kind: 'failed', hostId, failure: wrong } as const;
    expect(pairingStage(unpaired, failed, false, null)).toEqual({ kind: 'offer', failure: wrong });
    expect(pairingStage(paired, failed, false, null)).toEqual({ kind: 'none' });
    expect(pairingStage(paired, failed, true, null)).toEqual({ kind: 'offer', failure: wrong });
  });

  it('offers to pair again after an old success, when the certificate has changed since', () => {
    expect(pairingStage(changed, { kind: 'paired', hostId, apps: 3 }, false, null)).toEqual({ kind: 'offer', failure: null });
  });

  it('tells why a pairing could not begin, until the next one waits', () => {
    expect(pairingStage(unpaired, { kind: 'cancelled', hostId }, true, wrong)).toEqual({ kind: 'offer', failure: wrong });
    expect(pairingStage(unpaired, { kind: 'waiting', hostId, pin: '1234', byWeb: false }, true, wrong).kind).toBe('waiting');
  });
});
