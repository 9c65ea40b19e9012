// The lines of an entry's page, and how its broken streams are counted.
import { describe, expect, it } from 'vitest';
import type { IncidentId, IncidentSummary } from '../../../../electron/common/incident';
import type { EntryId } from '../../../../electron/common/ids';
import { profileDefaults } from '../../../../electron/common/profile-defaults';
import { tell } from '../../../../electron/common/told';
import { desktopLine, entryTrouble, profileLine, usedLine } from '../../../../renderer/features/entry/entry-words';

const nowMs = Date.UTC(2026, 10, 23, 20);
const dayMs = 86_400_000;
const entryId = 'factorio' as EntryId;

function incident(part: Partial<IncidentSummary>): IncidentSummary {
  return {
    id: '20261123-200000-7f3a' as IncidentId,
    kind: 'interruption',
    beganAtMs: nowMs,
    endedAtMs: nowMs,
    hostId: null,
    hostName: 'Workshop',
    entryId,
    entryName: 'Factorio',
    sessionId: null,
    headline: tell`It broke`,
    cause: null,
    ...part,
  };
}

describe('the lines', () => {
  const plain = (line: string): string => line.replaceAll('\u00a0', ' ');
  it('tell how a stream is set', () => {
    const values = { ...profileDefaults, widthPx: 1920, heightPx: 1080, fps: 60, codec: 'hevc', bitrateKbps: 20_000, hdr: false } as const;
    expect(plain(profileLine(values))).toBe('1920 × 1080 at 60 fps · HEVC · 20 Mbit/s');
    expect(plain(profileLine({ ...values, hdr: true, codec: 'auto' }))).toBe('1920 × 1080 at 60 fps · automatic codec · 20 Mbit/s · HDR');
  });

  it('tell of a desktop whether its app is paused', () => {
    const pause = { by: 'command', pattern: 'factorio' } as const;
    expect(plain(desktopLine({ fullScreen: true, pause, resumeCountdownS: 3 }))).toBe('Full screen · paused when the stream is lost · 3 s count-down before it runs on');
    expect(desktopLine({ fullScreen: false, pause: { by: 'never', because: 'online' }, resumeCountdownS: 3 })).toBe('In a window · plays on when the stream is lost');
  });

  it('tell how much it was used', () => {
    expect(usedLine({ playedMs: 0, lastUsedAtMs: null }, nowMs)).toBe('Never used');
    expect(usedLine({ playedMs: 0, lastUsedAtMs: nowMs - 3 * 3_600_000 }, nowMs)).toBe('Last used 3 h ago.');
    expect(usedLine({ playedMs: 12 * 3_600_000, lastUsedAtMs: nowMs - 3 * 3_600_000 }, nowMs)).toBe('12 h played. Last used 3 h ago.');
  });
});

describe('what went wrong', () => {
  it('counts broken and frozen streams of this entry in thirty days', () => {
    const list = [
      incident({}),
      incident({ kind: 'stall', beganAtMs: nowMs - dayMs }),
      incident({ kind: 'spike', beganAtMs: nowMs - 2 * dayMs }),
      incident({ entryId: 'blender' as EntryId, beganAtMs: nowMs - 3 * dayMs }),
      incident({ entryId: null, beganAtMs: nowMs - 4 * dayMs }),
      incident({ beganAtMs: nowMs - 31 * dayMs }),
    ];
    const trouble = entryTrouble(list, entryId, nowMs);
    expect(trouble).toMatchObject({ broke: 2, days: 30 });
    expect(trouble.incidents.map(({ kind }) => kind)).toEqual(['interruption', 'stall', 'spike']);
  });

  it('speaks of no more days than a full list reaches back', () => {
    const list = Array.from({ length: 500 }, (_, index) => incident({ beganAtMs: nowMs - (index * 7 * dayMs) / 499 }));
    expect(entryTrouble(list, entryId, nowMs)).toMatchObject({ broke: 500, days: 7 });
  });
});
