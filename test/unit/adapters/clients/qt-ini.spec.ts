// INI files as Qt writes them: what is written is read back, whatever it holds.
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { formatIni, parseIni, writtenBytes, writtenText } from '../../../../electron/adapters/clients/qt-ini';

describe('an INI file', () => {
  it('is written as Qt does', () => {
    const text = formatIni([
      ['General/uniqueid', writtenText('0123456789ABCDEF')],
      ['General/certificate', writtenBytes('-----BEGIN-----\nab==\n')],
      ['hosts/1\\hostname', writtenText('RIG; "big"')],
      ['hosts/1\\mac', writtenBytes('\u0000\u00aaf\u00bb')],
      ['hosts/size', '1'],
    ]);
    expect(text).toBe(
      '[General]\nuniqueid=0123456789ABCDEF\ncertificate="@ByteArray(-----BEGIN-----\\nab==\\n)"\n\n' +
        '[hosts]\n1\\hostname="RIG; \\"big\\""\n1\\mac=@ByteArray(\\0\\xaa\\x66\\xbb)\nsize=1\n',
    );
  });

  it('is read as Qt reads it', () => {
    const values = parseIni('[General]\r\nkey="@ByteArray(a\\nb)"\r\n; comment=1\r\nname=\\x30c6\\x30b9\\x30c8\r\nat=@@home\r\n=nothing\r\nnothing\r\n[hosts]\r\n1\\hostname=RIG\r\n');
    expect(Object.fromEntries(values)).toEqual({ 'General/key': 'a\nb', 'General/name': 'テスト', 'General/at': '@home', 'hosts/1\\hostname': 'RIG' });
  });

  it('gives back every text and every byte', () => {
    const text = fc.string({ unit: 'binary' });
    const bytes = fc.array(fc.integer({ min: 0, max: 255 })).map((codes) => String.fromCharCode(...codes));
    fc.assert(
      fc.property(text, bytes, (words, raw) => {
        const file = formatIni([
          ['General/words', writtenText(words)],
          ['hosts/1\\raw', writtenBytes(raw)],
        ]);
        expect(file).toMatch(/^[\x20-\x7e\n]*$/);
        const values = parseIni(file);
        expect(values.get('hosts/1\\raw')).toBe(raw);
        if (!/^@ByteArray\(/.test(words)) expect(values.get('General/words')).toBe(words);
      }),
    );
  });

  it('does not stumble over any text', () => {
    fc.assert(
      fc.property(fc.string({ maxLength: 500 }), (text) => {
        expect(parseIni(text).size).toBeLessThanOrEqual(text.split('\n').length);
      }),
    );
  });
});
