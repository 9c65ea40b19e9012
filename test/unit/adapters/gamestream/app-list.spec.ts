// Lists of apps: long, strange, and with ids that nobody could use.
import { describe, expect, it } from 'vitest';
import { readXmlAnswer } from '../../../../electron/adapters/gamestream/answer-xml';
import { appListLimitBytes, readAppList, type AppList } from '../../../../electron/adapters/gamestream/app-list';
import type { Result } from '../../../../electron/common/result';
import { writeXml, type XmlChild } from '../../../../electron/practice/gamestream/xml-reply';

const place = { address: 'desk', port: 47_984 };

function app(id: string | number, name: string, hdr = 0): XmlChild {
  return ['App', [['IsHdrSupported', hdr], ['AppTitle', name], ['ID', id]]];
}

function listOf(...children: readonly XmlChild[]): Result<AppList> {
  const read = readXmlAnswer(Buffer.from(writeXml({ statusCode: 200, children })), appListLimitBytes, place);
  return read.ok ? readAppList(read.value, place) : read;
}

describe('a list of apps', () => {
  it('keeps the order, HDR, and names with everything in them', () => {
    const strange = 'He said "5 > 3 & 2"\n\u200Fמשחק';
    expect(listOf(app(3, 'Game', 1), app(1, 'Desktop'), app(2, strange), app(4, ''))).toEqual({
      ok: true,
      value: {
        leftOut: 0,
        apps: [
          { id: 3, name: 'Game', hdr: true },
          { id: 1, name: 'Desktop', hdr: false },
          { id: 2, name: strange, hdr: false },
          { id: 4, name: '', hdr: false },
        ],
      },
    });
  });

  it('may be empty', () => {
    expect(listOf()).toEqual({ ok: true, value: { apps: [], leftOut: 0 } });
  });

  it('keeps negative ids, which a checksum can give, and the first of two that are alike', () => {
    expect(listOf(app(-2_147_483_648, 'low'), app(7, 'first'), app(7, 'second'))).toMatchObject({
      value: { leftOut: 1, apps: [{ id: -2_147_483_648, name: 'low' }, { id: 7, name: 'first' }] },
    });
  });

  it.each(['', '0', 'x', '1.5', '2147483648', '99999999999999999999', '0x10'])('leaves out an app with the id %j', (id) => {
    expect(listOf(app(id, 'bad'), app(1, 'good'))).toMatchObject({ value: { leftOut: 1, apps: [{ id: 1, name: 'good' }] } });
  });

  it('is refused when no app has a usable id', () => {
    expect(listOf(app('', 'a'), ['App', []])).toMatchObject({ ok: false, failure: { kind: 'bad-answer' } });
  });

  it('holds 20,000 apps', () => {
    const many = listOf(...Array.from({ length: 20_000 }, (_, index) => app(index + 1, `Game & ${index}`)));
    expect(many.ok && many.value.apps.length).toBe(20_000);
    expect(many.ok && many.value.apps.at(-1)).toEqual({ id: 20_000, name: 'Game & 19999', hdr: false });
  });

  it('is refused above 50,000', () => {
    const tooMany = Array.from({ length: 50_001 }, (_, index): XmlChild => ['App', [['ID', index + 1]]]);
    expect(listOf(...tooMany)).toMatchObject({ ok: false, failure: { message: expect.stringContaining('50001 apps') as string } });
  });
});
