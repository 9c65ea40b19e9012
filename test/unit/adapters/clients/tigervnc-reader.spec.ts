// The reader of TigerVNC's viewer, on recorded runs of 1.12.0 and on lines of later versions.
import { describe, expect, it } from 'vitest';
import { TigerVncReader } from '../../../../electron/adapters/clients/tigervnc-reader';
import { play } from './recording';

const connecting = ['connecting', 'greeting the host'];
const signingIn = [...connecting, 'signing in'];
const streaming = [...signingIn, 'streaming'];

describe('on recorded runs', () => {
  it.each([
    ['streaming-then-sigterm', streaming, { kind: 'crashed', signal: 'SIGTERM' }],
    ['window-closed', streaming, { kind: 'ended-by-user' }],
    ['server-killed', streaming, { kind: 'connection-lost' }],
    ['taken-over', streaming, { kind: 'connection-lost' }],
    ['display-gone', streaming, { kind: 'display-lost' }],
    ['wrong-password', signingIn, { kind: 'auth-refused' }],
    ['no-password', signingIn, { kind: 'auth-refused' }],
    ['refused', ['connecting'], { kind: 'host-unreachable' }],
    ['unknown-name', ['connecting'], { kind: 'host-name-unknown' }],
    ['garbage', connecting, { kind: 'unexpected', exitCode: 0 }],
    ['hostile-reason', connecting, { kind: 'auth-refused' }],
    ['no-display', [], { kind: 'display-lost' }],
  ])('%s', (name, said, end) => {
    const played = play(`tigervnc/${name}.txt`, new TigerVncReader());
    expect(played.said).toEqual(said);
    expect(played.end).toEqual(end);
  });

  it('bad-parameter', () => {
    const played = play('tigervnc/bad-parameter.txt', new TigerVncReader());
    expect(played.said).toEqual([]);
    expect(played.end).toMatchObject({ kind: 'client-misused' });
  });
});

function endAfter(lines: readonly string[], exitCode = 0) {
  const reader = new TigerVncReader();
  for (const line of lines) reader.line(line);
  return reader.end({ exitCode, signal: null });
}

const picture = ' CConn:       Using pixel format depth 24 (32bpp) little-endian rgb888';

describe('on single lines', () => {
  it.each([
    [' CConn:       Authentication failed: Too many tries', 'auth-refused'],
    [' CConn:       Authentication cancelled', 'ended-by-user'],
    [' CConn:       unable to connect to socket: No route to host (113)', 'host-unreachable'],
    [' CConn:       unable to connect to socket: Network is unreachable (101)', 'host-unreachable'],
    [' CConn:       read: Connection reset by peer (104)', 'connection-lost'],
    [' CConn:       write: Broken pipe (32)', 'connection-lost'],
  ])('%s', (line, kind) => {
    expect(endAfter([line])).toEqual({ kind });
  });

  it.each([' CConn:       SetDesktopSize failed: 1', ' CConn:       Throughput 20000 kbit/s - changing to quality 8'])(
    'a remark is no fault: %s',
    (line) => expect(endAfter([picture, line])).toEqual({ kind: 'ended-by-user' }),
  );

  it('an unknown last word of the connection is a fault, unless the connection went on', () => {
    const unknown = ' CConn:       unknown rect encoding';
    expect(endAfter([picture, unknown])).toEqual({ kind: 'connection-lost' });
    expect(endAfter([picture, unknown, picture])).toEqual({ kind: 'ended-by-user' });
  });

  it('an end before any picture is never taken for a window that was closed', () => {
    expect(endAfter([' CConn:       Connected to host 127.0.0.1 port 5900'])).toEqual({ kind: 'unexpected', exitCode: 0 });
  });

  it('the viewer may change its pixel format while it streams', () => {
    const reader = new TigerVncReader();
    expect(reader.line(picture)).toEqual([{ kind: 'streaming' }]);
    expect(reader.line(picture)).toEqual([]);
  });

  it('never asks for a password on the terminal', () => {
    expect(new TigerVncReader().partial()).toEqual([]);
  });
});
