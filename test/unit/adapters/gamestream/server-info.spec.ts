// What a host tells of itself: full answers, sparse ones of other kinds of host, and nonsense.
import { describe, expect, it } from 'vitest';
import { readXmlAnswer, type XmlAnswer } from '../../../../electron/adapters/gamestream/answer-xml';
import { readServerInfo } from '../../../../electron/adapters/gamestream/server-info';
import type { Result } from '../../../../electron/common/result';
import type { ServerInfo } from '../../../../electron/domain/hosts/gamestream-host';
import { writeXml } from '../../../../electron/practice/gamestream/xml-reply';

const place = { address: 'desk', port: 47_989 };
const sunshine: Readonly<Record<string, string>> = {
  hostname: 'Desk',
  appversion: '7.1.431.-1',
  GfeVersion: '3.23.0.74',
  uniqueid: 'CECB7648-626F-44F7-B570-46C84DCD9ED2',
  HttpsPort: '48984',
  ExternalPort: '48989',
  mac: '02:00:00:41:54:48',
  LocalIP: '192.0.2.10',
  ServerCodecModeSupport: '197377',
  PairStatus: '1',
  currentgame: '881448767',
  state: 'SUNSHINE_SERVER_BUSY',
};

function answerWith(said: Readonly<Record<string, string>>): XmlAnswer {
  const read = readXmlAnswer(Buffer.from(writeXml({ statusCode: 200, children: Object.entries(said) })), 1_000_000, place);
  if (!read.ok) throw new Error(read.failure.message);
  return read.value;
}

function infoOf(change: Readonly<Record<string, string>> = {}, secure = true): Result<ServerInfo> {
  return readServerInfo(answerWith({ ...sunshine, ...change }), { place, httpPort: 47_989, secure });
}

function good(change: Readonly<Record<string, string>> = {}, secure = true): ServerInfo {
  const info = infoOf(change, secure);
  if (!info.ok) throw new Error(info.failure.message);
  return info.value;
}

describe('a Sunshine host', () => {
  it('is read whole', () => {
    expect(good()).toEqual({
      name: 'Desk',
      uniqueId: 'CECB7648-626F-44F7-B570-46C84DCD9ED2',
      appVersion: '7.1.431.-1',
      generation: 7,
      isSunshine: true,
      httpPort: 47_989,
      httpsPort: 48_984,
      mac: '02:00:00:41:54:48',
      localAddress: '192.0.2.10',
      codecModes: 197_377,
      paired: true,
      runningAppId: 881_448_767,
    });
  });

  it('tells nothing about pairing over plain HTTP', () => {
    expect(good({ PairStatus: '0' }, false).paired).toBeNull();
    expect(good({ PairStatus: '0' }, true).paired).toBe(false);
  });
});

describe('what hosts leave out or fill with placeholders', () => {
  it.each([
    ['mac', '00:00:00:00:00:00', 'mac', null],
    ['mac', '02-00-00-41-54-4F', 'mac', '02:00:00:41:54:4f'],
    ['mac', 'nonsense', 'mac', null],
    ['LocalIP', '127.0.0.1', 'localAddress', null],
    ['LocalIP', '::1', 'localAddress', null],
    ['HttpsPort', '', 'httpsPort', 47_984],
    ['HttpsPort', '0', 'httpsPort', 47_984],
    ['HttpsPort', '65536', 'httpsPort', 47_984],
    ['HttpsPort', '-5', 'httpsPort', 47_984],
    ['ServerCodecModeSupport', '', 'codecModes', 1],
    ['ServerCodecModeSupport', '-1', 'codecModes', 1],
    ['ServerCodecModeSupport', '4294967295', 'codecModes', 4_294_967_295],
    ['currentgame', '0', 'runningAppId', null],
    ['currentgame', '-1', 'runningAppId', null],
    ['currentgame', '99999999999', 'runningAppId', null],
    ['state', 'SUNSHINE_SERVER_FREE', 'runningAppId', null],
    ['state', 'MJOLNIR_STATE_SERVER_BUSY', 'runningAppId', 881_448_767],
    ['hostname', '', 'name', 'GameStream host'],
    ['hostname', ' two\nlines\u0085[2J ', 'name', 'two lines [2J'],
    ['hostname', 'x'.repeat(300), 'name', 'x'.repeat(80)],
  ] as const)('%s %j: %s is %j', (element, text, field, value) => {
    expect(good({ [element]: text })[field]).toBe(value);
  });

  it.each([
    ['3.23.0.74', 3, false],
    ['7.1.431.0', 7, false],
    ['7.1.431.-1', 7, true],
    ['6.0', 6, false],
  ])('version %s', (appversion, generation, isSunshine) => {
    expect(good({ appversion })).toMatchObject({ generation, isSunshine });
  });

  it('needs no more than identity and version', () => {
    const info = readServerInfo(answerWith({ uniqueid: 'abc', appversion: '7.1.431.-1' }), { place, httpPort: 1, secure: false });
    expect(info).toMatchObject({ ok: true, value: { name: 'GameStream host', httpsPort: 47_984, codecModes: 1, runningAppId: null } });
  });
});

it.each([
  ['uniqueid', '', /without an identity/],
  ['uniqueid', 'two words', /unusable identity/],
  ['uniqueid', '../../etc/passwd', /unusable identity/],
  ['uniqueid', '..', /unusable identity/],
  ['uniqueid', 'x'.repeat(129), /unusable identity/],
  ['uniqueid', '\u202Eabc', /unusable identity/],
  ['appversion', '', /without a version/],
  ['appversion', 'seven', /unreadable version/],
  ['appversion', '7.1.431.-1.5', /unreadable version/],
])('%s %j is refused', (element, text, message) => {
  const info = infoOf({ [element]: text });
  expect(info).toMatchObject({ ok: false, failure: { kind: 'bad-answer', message: expect.stringMatching(message) as string } });
});
