// The reader of xfreerdp, on recorded runs of 2.11.7 and on lines of 3.x.
import { describe, expect, it } from 'vitest';
import type { ClientEnd } from '../../../../electron/common/session';
import { FreeRdpReader } from '../../../../electron/adapters/clients/freerdp-reader';
import { play } from './recording';

const asked = ['connecting', 'signing in', 'password-prompt', 'signing in'];
const picture = ['checking the licence', 'starting the picture', 'starting the picture', 'streaming'];
const opening = ['opening the session', 'opening the session', 'opening the session'];

describe('on recorded runs', () => {
  it.each<[string, string[], ClientEnd]>([
    ['streaming-then-sigterm', [...asked, ...opening, ...picture], { kind: 'crashed', signal: 'SIGTERM' }],
    ['window-closed', ['connecting', ...opening, ...picture], { kind: 'ended-by-user' }],
    ['server-killed', ['connecting', ...opening, ...picture], { kind: 'connection-lost' }],
    ['display-gone', ['connecting', ...opening, ...picture], { kind: 'display-lost' }],
    ['sigsegv', ['connecting', ...opening, ...picture], { kind: 'crashed', signal: 'SIGSEGV' }],
    ['sigkill', ['connecting', ...opening, ...picture], { kind: 'crashed', signal: 'SIGKILL' }],
    // It tries twice, and types nothing the second time.
    ['wrong-password', [...asked, 'connecting', 'signing in'], { kind: 'auth-refused' }],
    ['no-password', [...asked, 'connecting', 'signing in'], { kind: 'auth-refused' }],
    ['no-user', [...asked, 'connecting', 'signing in'], { kind: 'auth-refused' }],
    ['server-killed-during-log-on', [...asked, 'connecting'], { kind: 'host-unreachable' }],
    ['certificate-changed', ['connecting'], { kind: 'certificate-changed' }],
    ['refused', ['connecting', 'connecting'], { kind: 'host-unreachable' }],
    ['hang-up', ['connecting', 'connecting'], { kind: 'host-unreachable' }],
    ['unknown-name', ['connecting'], { kind: 'host-name-unknown' }],
    ['no-certificate', ['connecting'], { kind: 'unexpected', exitCode: 133 }],
    ['garbage', ['connecting'], { kind: 'unexpected', exitCode: 133 }],
    ['no-display', [], { kind: 'display-lost' }],
    ['bad-argument', [], { kind: 'client-misused', detail: 'it does not know /no-such-option' }],
  ])('%s', (name, said, end) => {
    const played = play(`freerdp/${name}.txt`, new FreeRdpReader());
    expect(played.said).toEqual(said);
    expect(played.end).toEqual(end);
  });

  it.each([
    ['certificate-unknown', /^CN = [\w.-]+$/],
    ['hostile-certificate', /^CN = "x\\0A\[com\.freerdp\.gdi\] - Local framebuffer format\\0APassword: "$/],
  ])('%s', (name, subject) => {
    const played = play(`freerdp/${name}.txt`, new FreeRdpReader());
    const shown = /\tThumbprint: {2}(\S+)/.exec(played.text)?.[1];
    expect(shown).toMatch(/^[0-9a-f]{2}(:[0-9a-f]{2}){31}$/);
    expect(played.said).toEqual(['connecting']);
    expect(played.end).toEqual({ kind: 'certificate-unknown', fingerprint: shown, subject: expect.stringMatching(subject) as string });
  });
});

function readAll(lines: readonly string[]): FreeRdpReader {
  const reader = new FreeRdpReader();
  for (const line of lines) reader.line(line);
  return reader;
}

const logged = '[00:00:00:000] [1:2]';
const framebuffer = `${logged} [INFO][com.freerdp.gdi] - [gdi_init_ex]: Local framebuffer format  PIXEL_FORMAT_BGRX32`;
const pair = (byte: string): string => Array.from({ length: 32 }, () => byte).join(':');

describe('the password prompt', () => {
  it('is answered in the words of 2.x and of 3.x, once', () => {
    const reader = new FreeRdpReader();
    expect(reader.partial('Password:        ').map((event) => event.kind)).toEqual(['stage', 'password-prompt']);
    expect(reader.partial('Password: ')).toEqual([]);
  });

  it.each(['GatewayPassword: ', 'Smartcard-Pin:   ', 'Username: ', 'Password: x', 'the Password: ', ''])(
    'is not %j',
    (text) => expect(new FreeRdpReader().partial(text)).toEqual([]),
  );

  it('is not answered while streaming, nor once the certificate is in doubt', () => {
    expect(readAll([framebuffer]).partial('Password: ')).toEqual([]);
    for (const doubt of ["Certificate verification failure 'self-signed certificate (18)'", 'WARNING: CERTIFICATE NAME MISMATCH!']) {
      expect(readAll([`${logged} [WARN][com.freerdp.crypto] - ${doubt}`]).partial('Password: ')).toEqual([]);
    }
    expect(readAll(['Certificate details for host:3389 (RDP-Server):']).partial('Password: ')).toEqual([]);
  });
});

describe('certificates', () => {
  it('reads the new one of a changed pair, without control characters and cut', () => {
    const reader = readAll([
      '!!!Certificate for host:3389 (RDP-Server) has changed!!!',
      'New Certificate details:',
      `\tSubject:     CN = ${'n\u0007'.repeat(300)}`,
      `\tThumbprint:  ${pair('AB')}`,
      'Old Certificate details:',
      '\tSubject:     CN = old',
      `\tThumbprint:  ${pair('cd')}`,
    ]);
    const end = reader.end({ exitCode: 143, signal: null });
    expect(end).toEqual({ kind: 'certificate-unknown', fingerprint: pair('ab'), subject: `CN = ${'n'.repeat(195)}` });
  });

  it('does not call a failed handshake a certificate nobody knows', () => {
    expect(readAll([]).end({ exitCode: 143, signal: null })).toEqual({ kind: 'unexpected', exitCode: 143 });
  });
});

describe('exit codes', () => {
  it.each<[number, ClientEnd['kind']]>([
    [0, 'ended-by-user'],
    [2, 'host-ended'],
    [5, 'host-ended'],
    [12, 'ended-by-user'],
    [131, 'connection-lost'],
    [134, 'auth-refused'],
    [139, 'host-name-unknown'],
    [141, 'host-unreachable'],
    [255, 'unexpected'],
  ])('%i is %s', (exitCode, kind) => {
    expect(new FreeRdpReader().end({ exitCode, signal: null }).kind).toBe(kind);
  });

  it('139 is a crash where the client said so: a Flatpak’s launcher adds 128 to the signal', () => {
    const reader = readAll([`${logged} [ERROR][com.freerdp.utils] - Caught signal 'Segmentation fault' [11]`]);
    expect(reader.end({ exitCode: 139, signal: null })).toEqual({ kind: 'crashed', signal: 'SIGSEGV' });
  });

  it('a link that fails between log-on and picture is lost, not refused', () => {
    const reader = readAll([
      'CONNECTION_STATE_NLA --> CONNECTION_STATE_MCS_CONNECT',
      'freerdp_set_last_error_ex ERRCONNECT_CONNECT_TRANSPORT_FAILED [0x0002000D]',
    ]);
    expect(reader.end({ exitCode: 147, signal: null })).toEqual({ kind: 'connection-lost' });
  });
});
