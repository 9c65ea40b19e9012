// Reading what the watchdog on a Linux host prints.
import { describe, expect, it } from 'vitest';
import { WatchdogReader, type WatchdogSaying } from '../../../../electron/adapters/pause/linux-lease-answer';

const mark = '0123abcd';

function readAll(lines: readonly string[], nowMs = 1_000_000): WatchdogSaying[] {
  const reader = new WatchdogReader(mark, () => nowMs);
  return lines.map((line) => reader.read(line)).filter((saying) => saying !== null);
}

const reportLines = [
  '5000', 'boot abc-def', 'watchdog 00ff.2', 'paused-at 4000', 'method sigstop', 'outcome resumed 4900', 'paused 12 345 13 346', 'moving 14 347', 'end',
];
const asReport = (lines: readonly string[]): string[] => lines.map((line) => `${mark} report ${line}`);

it('knows the short answers, and nothing that lacks the mark', () => {
  const said = ['shell bash', 'ready 77', 'ok 3', 'fired', 'left', 'replaced', 'something new'].map((line) => `${mark} ${line}`);
  expect(readAll(['Welcome to Desk!', 'left', ...said])).toEqual([
    { kind: 'shell', name: 'bash' }, { kind: 'ready', pid: 77 }, { kind: 'answered', beat: 3 }, { kind: 'fired' }, { kind: 'left' }, { kind: 'replaced' },
  ]);
});

describe('a report', () => {
  it("counts back from Athena's clock: ages are in hundredths of a second of the host's uptime", () => {
    expect(readAll(asReport(reportLines))).toEqual([
      {
        kind: 'told',
        report: {
          watchdog: '00ff.2', pausedAtMs: 990_000, method: 'sigstop', paused: [{ pid: 12, startTicks: '345' }, { pid: 13, startTicks: '346' }],
          notPaused: [{ pid: 14, startTicks: '347' }], outcome: 'resumed', outcomeAtMs: 999_000,
        },
      },
    ]);
  });

  it('of nothing that could be paused has no method and no processes', () => {
    const lines = reportLines.map((line) => line.replace('sigstop', 'none').replace(/^(paused|moving) .*/, '$1'));
    expect(readAll(asReport(lines))).toMatchObject([{ report: { method: null, paused: [], notPaused: [] } }]);
  });

  it.each([
    ['an unknown outcome', reportLines.map((line) => line.replace('resumed', 'eaten'))],
    ['no time', reportLines.filter((line) => !line.startsWith('paused-at'))],
    ['words for numbers', reportLines.map((line) => line.replace('4000', 'noon'))],
    ['no beginning', reportLines.slice(1)],
    ['no end', reportLines.slice(0, -1)],
    ['too many facts', ['5000', ...Array.from({ length: 50 }, (_, at) => `fact${at} x`), ...reportLines.slice(1)]],
  ])('with %s is dropped', (_what, lines) => {
    expect(readAll(asReport(lines))).toEqual([]);
  });

  it('that broke off does not spoil the next one', () => {
    expect(readAll(asReport([...reportLines.slice(0, 4), ...reportLines]))).toHaveLength(1);
  });
});
