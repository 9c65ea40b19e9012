// The practice client's reader, on the lines and exit codes that the practice client documents.
import { describe, expect, it } from 'vitest';
import type { ClientEnd } from '../../../../electron/common/session';
import { createPracticeClient, PracticeReader } from '../../../../electron/adapters/clients/practice';
import { exitCodeOf, lineOf } from '../../../../electron/practice/practice-client-report';
import type { StreamEnd } from '../../../../electron/practice/practice-stream-client';

function endOf(lines: readonly string[], exitCode: number, signal: string | null = null): ClientEnd {
  const reader = new PracticeReader();
  for (const line of lines) reader.line(line);
  return reader.end({ exitCode, signal });
}

describe('practice client', () => {
  it('is always there', async () => {
    const client = createPracticeClient({ command: ['/usr/bin/node', 'client.cjs'], env: {} });
    expect(await client.find()).toMatchObject({ found: true, origin: 'built-in', command: ['/usr/bin/node', 'client.cjs'] });
    expect(client.protocols).toEqual(['practice']);
  });

  it('tells its stages and its picture', () => {
    const reader = new PracticeReader();
    expect(['stage connecting', 'stage handshake', 'streaming 640x360', 'frame 30'].flatMap((line) => reader.line(line))).toEqual([
      { kind: 'stage', stage: 'connecting' },
      { kind: 'stage', stage: 'signing in' },
      { kind: 'streaming' },
    ]);
    expect(reader.partial()).toEqual([]);
  });

  it.each<[string[], number, ClientEnd]>([
    [['streaming 640x360'], 0, { kind: 'ended-by-user' }],
    [['streaming 640x360', 'end host-ended'], 0, { kind: 'host-ended' }],
    [['end connection-lost'], 3, { kind: 'connection-lost' }],
    [['error refused'], 4, { kind: 'host-unreachable' }],
    [['error unreachable'], 4, { kind: 'host-unreachable' }],
    [['error unknown-host'], 5, { kind: 'host-name-unknown' }],
    [[], 3, { kind: 'connection-lost' }],
    [[], 4, { kind: 'host-unreachable' }],
    [[], 5, { kind: 'host-name-unknown' }],
    [[], 7, { kind: 'unexpected', exitCode: 7 }],
  ])('%j and exit code %i', (lines, exitCode, end) => {
    expect(endOf(lines, exitCode)).toEqual(end);
  });

  it.each<[StreamEnd, ClientEnd['kind']]>([
    ['closed-by-user', 'ended-by-user'],
    ['host-ended', 'host-ended'],
    ['connection-lost', 'connection-lost'],
    ['refused', 'host-unreachable'],
    ['unreachable', 'host-unreachable'],
    ['unknown-host', 'host-name-unknown'],
  ])('what the practice client prints for %s is read as %s', (end, kind) => {
    const line = lineOf({ kind: 'ended', end });
    expect(endOf(line === null ? [] : [line], exitCodeOf(end)).kind).toBe(kind);
  });

  it('has crashed when a signal ended it, whatever it said', () => {
    expect(endOf(['end host-ended'], 0, 'SIGKILL')).toEqual({ kind: 'crashed', signal: 'SIGKILL' });
  });

  it('has been misused with wrong arguments, or when it is not there', () => {
    expect(endOf([], 64)).toMatchObject({ kind: 'client-misused' });
    expect(endOf(['execvp(3) failed.: No such file or directory'], 1)).toMatchObject({ kind: 'client-misused' });
  });
});
