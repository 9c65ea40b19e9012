// What the practice client is told, prints and ends with.
import { describe, expect, it } from 'vitest';
import {
  exitCodeOf,
  lineOf,
  PracticeClientReport,
  readClientArguments,
} from '../../../electron/practice/practice-client-report';

describe('practice client arguments', () => {
  it('reads host, port and title, among options of others', () => {
    const args = ['--no-sandbox', '--host', '127.0.0.1', '--port=4711', '--title', 'Practice game', '--enable-logging', 'x'];
    expect(readClientArguments(args)).toEqual({ address: '127.0.0.1', port: 4711, title: 'Practice game' });
  });

  it('has a title of its own', () => {
    expect(readClientArguments(['--host', 'localhost', '--port', '1'])?.title).toBe('Practice');
  });

  it.each([
    ['no host', ['--port', '4711']],
    ['no port', ['--host', 'localhost']],
    ['an empty port', ['--host', 'localhost', '--port', '']],
    ['port 0', ['--host', 'localhost', '--port', '0']],
    ['a port that is too high', ['--host', 'localhost', '--port', '65536']],
    ['a port in words', ['--host', 'localhost', '--port', 'vnc']],
    ['a host that looks like an option', ['--host=-x', '--port', '4711']],
    ['a host without its value', ['--port', '4711', '--host']],
  ])('refuses %s', (_what, args) => {
    expect(readClientArguments(args)).toBeNull();
  });
});

describe('practice client report', () => {
  it('prints each kind of news and end in its own words', () => {
    expect(lineOf({ kind: 'stage', stage: 'handshake' })).toBe('stage handshake');
    expect(lineOf({ kind: 'streaming', widthPx: 640, heightPx: 400 })).toBe('streaming 640x400');
    const ends = ['closed-by-user', 'host-ended', 'connection-lost', 'refused', 'unreachable', 'unknown-host'] as const;
    expect(ends.map((end) => [lineOf({ kind: 'ended', end }), exitCodeOf(end)])).toEqual([
      [null, 0],
      ['end host-ended', 0],
      ['end connection-lost', 3],
      ['error refused', 4],
      ['error unreachable', 4],
      ['error unknown-host', 5],
    ]);
  });

  it('tells the newest frame once a second, and none when none came', () => {
    const lines: string[] = [];
    const report = new PracticeClientReport((line) => lines.push(line));
    const frame = { sequence: 1, gameTicks: 41, companionTicks: 41, blockXPx: 0, blockYPx: 0 };
    report.tellFrame();
    report.tell({ kind: 'frame', frame });
    report.tell({ kind: 'frame', frame: { ...frame, gameTicks: 42 } });
    report.tellFrame();
    report.tellFrame();
    // A paused game sends the same count again: the stream lives.
    report.tell({ kind: 'frame', frame: { ...frame, gameTicks: 42 } });
    report.tellFrame();
    expect(lines).toEqual(['frame 42', 'frame 42']);
  });
});
