// What the practice host says of itself: its name on the network, its XML, its log, and its ports.
import { describe, expect, it } from 'vitest';
import { instanceName } from '../../../../electron/practice/gamestream/announcement';
import { SunshineLog, wordsFor, type HostEvent } from '../../../../electron/practice/gamestream/host-events';
import { readTarget, replyBytes } from '../../../../electron/practice/gamestream/nvhttp-wire';
import { portsFrom, portsFromSecure } from '../../../../electron/practice/gamestream/port-set';
import { lineCutter, proofOf, provesKey } from '../../../../electron/practice/gamestream/stream-link';
import { writeXml } from '../../../../electron/practice/gamestream/xml-reply';

describe('the name in the network', () => {
  it.each([
    ['Living room', 'Living-room'],
    ['pc_1', 'pc'],
    ['ächzer', 'Sunshine'],
    ['', 'Sunshine'],
    ['x'.repeat(80), 'x'.repeat(63)],
  ])('of %j is %j', (name, instance) => {
    expect(instanceName(name)).toBe(instance);
  });
});

describe('XML', () => {
  it('is one line after its declaration, escaped, without a newline at its end', () => {
    expect(writeXml({ statusCode: -1, statusMessage: 'a "b" <c>', children: [['resume', 0]] })).toBe(
      '<?xml version="1.0" encoding="utf-8"?>\n<root status_code="-1" status_message="a &quot;b&quot; &lt;c&gt;"><resume>0</resume></root>',
    );
    expect(writeXml({ statusCode: 200, children: [['App', [['AppTitle', ''], ['ID', 1]]]] })).toContain('<App><AppTitle/><ID>1</ID></App>');
    expect(writeXml({ statusCode: 200, children: [['AppTitle', 'a\u0000\u0007b\rc']] })).toContain('<AppTitle>ab&#13;c</AppTitle>');
  });
});

describe('requests', () => {
  it('are GETs, and names of parameters are in any case', () => {
    expect(readTarget('GET /pair?UniqueID=A&uniqueid=B&x=a%20b HTTP/1.1\r\nHost: h')).toEqual({
      path: '/pair',
      parameters: new Map([
        ['uniqueid', 'A'],
        ['x', 'a b'],
      ]),
    });
    for (const head of ['POST /pair HTTP/1.1', 'GET pair HTTP/1.1', 'GET / SPDY/1', '']) expect(readTarget(head)).toBeNull();
  });

  it('are answered without a content type, except for pictures', () => {
    expect(replyBytes({ kind: 'png', bytes: Buffer.from('p') }, true).toString()).toBe('HTTP/1.1 200 OK\r\nContent-Length: 1\r\nContent-Type: image/png\r\n\r\np');
    expect(replyBytes({ kind: 'xml', xml: { statusCode: 200 } }, true).toString()).not.toContain('Content-Type');
  });
});

describe('ports', () => {
  it('follow from one', () => {
    expect(portsFrom(47_989)).toEqual({ http: 47_989, https: 47_984, web: 47_990, stream: 48_010 });
    expect(portsFromSecure(47_984)).toEqual(portsFrom(47_989));
  });
});

describe('the stream link', () => {
  it('is opened by who holds the key', () => {
    expect(provesKey(proofOf('00ff'), '00FF')).toBe(true);
    expect(provesKey(proofOf('00fe'), '00ff')).toBe(false);
    expect(provesKey('', '00ff')).toBe(false);
  });

  it('is cut into lines, however it arrives', () => {
    const cut = lineCutter(10);
    expect(cut(Buffer.from('a\nb'))).toEqual(['a']);
    expect(cut(Buffer.from('c\n'))).toEqual(['bc']);
    expect(cut(Buffer.alloc(11, 'x'))).toEqual([]);
    expect(cut(Buffer.from('y\n'))).toEqual(['y']);
  });
});

describe('the log', () => {
  it('has the lines that supervisors look for', () => {
    const log = new SunshineLog();
    const now = new Date(Date.UTC(2026, 0, 2, 3, 4, 5, 6));
    const events: HostEvent[] = [
      { event: 'app-started', id: 1, name: 'Game', pid: 7, processes: [] },
      { event: 'pin-wanted', uniqueId: 'x' },
      { event: 'stream-opened', streams: 1, mode: '1x1x1' },
      { event: 'stream-closed', streams: 0, why: 'vanished' },
      { event: 'app-ended', id: 1, name: 'Game' },
    ];
    for (const event of events) {
      log.add(event, now);
      expect(wordsFor(event)).not.toBe('');
    }
    const at = '[2026-01-02 03:04:05.006]: Info: ';
    const lines = ['Executing: [Game]', 'New streaming session started [active sessions: 1]', 'CLIENT CONNECTED', 'CLIENT DISCONNECTED', 'Process terminated'];
    expect(log.text).toBe(lines.map((line) => `${at}${line}\n`).join(''));
  });
});
