// The XML of hosts: what is read, what is refused, and that nothing a host sends makes the reader throw or hang.
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { answerLimitBytes, childText, readStatus, readXmlAnswer } from '../../../../electron/adapters/gamestream/answer-xml';
import type { Result } from '../../../../electron/common/result';
import { writeXml } from '../../../../electron/practice/gamestream/xml-reply';

const place = { address: 'desk', port: 47_989 };
const declaration = '<?xml version="1.0" encoding="utf-8"?>\n';

function read(text: string | Uint8Array, limit = answerLimitBytes): ReturnType<typeof readXmlAnswer> {
  return readXmlAnswer(typeof text === 'string' ? Buffer.from(text) : text, limit, place);
}

function valueOf<T>(result: Result<T>): T {
  if (!result.ok) throw new Error(result.failure.message);
  return result.value;
}

function refused(text: string | Uint8Array, limit?: number): string {
  const result = read(text, limit);
  if (result.ok) throw new Error('it was accepted');
  expect(result.failure.kind).toBe('bad-answer');
  expect(result.failure.advice).not.toBe('');
  return result.failure.message;
}

describe('what a host may answer', () => {
  it('reads status, message and children', () => {
    const { statusCode, statusMessage, root } = valueOf(read(`${declaration}<root status_code="200" status_message="a &amp; b"><hostname>Desk</hostname><empty/></root>`));
    expect({ statusCode, statusMessage }).toEqual({ statusCode: 200, statusMessage: 'a & b' });
    expect(childText(root, 'hostname')).toBe('Desk');
    expect(childText(root, 'empty')).toBe('');
    expect(childText(root, 'absent')).toBeNull();
  });

  it('reads nested elements, comments, CDATA and a byte order mark', () => {
    const text = '\uFEFF<root status_code="200"><!-- <App> --><App><AppTitle><![CDATA[a &amp; <b>]]> &lt;c&gt;</AppTitle></App></root>';
    const [app] = valueOf(read(text)).root.children;
    expect(app && childText(app, 'AppTitle')).toBe('a &amp; <b> <c>');
  });

  it.each([
    ['200', 200],
    ['-1', -1],
    ['4294967295', -1],
    ['2147483648', -2_147_483_648],
    [' 401 ', 401],
    ['99999999999999999999', 1_661_992_959],
  ])('status %s is %d', (text, status) => {
    expect(readStatus(text)).toBe(status);
  });

  it.each(['', ' ', '1.5', '0x10', 'two', '200 OK', '1e3', '9'.repeat(40)])('%j is no status', (text) => {
    expect(readStatus(text)).toBeNull();
    expect(refused(`<root status_code="${text}"/>`)).toMatch(/status that is no number|no proper XML/);
  });

  it('replaces references once, so that nothing is expanded twice', () => {
    const { root } = valueOf(read('<root status_code="200"><a>&amp;lt; &amp;#65; &#65;&#x42; &unknown; &#0; &#xD800; &#x110000; &#13;</a></root>'));
    expect(childText(root, 'a')).toBe('&lt; &#65; AB &unknown; \uFFFD \uFFFD \uFFFD \r');
  });

  it('takes any text that a host can write, unchanged', () => {
    const text = fc.string({ unit: 'grapheme', maxLength: 60 });
    fc.assert(
      fc.property(text, text, fc.integer({ min: -2_147_483_648, max: 2_147_483_647 }), (name, statusMessage, statusCode) => {
        const written = writeXml({ statusCode, statusMessage, children: [['App', [['AppTitle', name]]]] });
        const answer = valueOf(read(written));
        const [app] = answer.root.children;
        expect(answer.statusCode).toBe(statusCode);
        expect(answer.statusMessage).toBe(statusMessage.replace(controls, ''));
        expect(app && childText(app, 'AppTitle')).toBe(name.replace(controls, ''));
      }),
    );
  });
});

/** What the practice host leaves out of its XML. */
const controls = /[\u0000-\u0008\u000b\u000c\u000e-\u001f]/g;

describe('what a host must not answer', () => {
  it.each([
    ['nothing', '', /answered nothing/],
    ['blanks', ' \n ', /answered nothing/],
    ['a web page', '<!DOCTYPE html><html><body>It works!</body></html>', /web page/],
    ['a careless web page', '<html><body><p>It works!<br></body></html>', /web page/],
    ['a proper web page', '<html><body>It works!</body></html>', /web page/],
    ['JSON', '{"status":true}', /no proper XML/],
    ['XML of another kind', '<rss version="2.0"><channel/></rss>', /another kind \(<rss>\)/],
    ['no status', '<root><a/></root>', /without a status/],
    ['XML cut off', '<root status_code="200"><hostname>Des', /no proper XML/],
    ['XML cut off in a tag', '<root status_code="200"', /no proper XML/],
    ['tags crossed', '<root status_code="200"><a><b></a></b></root>', /no proper XML/],
    ['two roots', '<root status_code="200"/><root status_code="401"/>', /no proper XML/],
    ['reserved names', '<root status_code="200"><__proto__>x</__proto__></root>', /no proper XML/],
    ['UTF-16', Buffer.from('<root status_code="200"/>', 'utf16le'), /no proper XML/],
    ['nested too deep', '<root status_code="200">' + '<a>'.repeat(50) + '</a>'.repeat(50) + '</root>', /no proper XML/],
  ])('%s', (_name, text, message) => {
    expect(refused(text)).toMatch(message);
  });

  it('entities of its own: a bomb, a file, or an innocent one', () => {
    const bomb = Array.from({ length: 9 }, (_, index) => `<!ENTITY e${index + 1} "${`&e${index};`.repeat(10)}">`).join('');
    expect(refused(`<!DOCTYPE root [<!ENTITY e0 "ha">${bomb}]><root status_code="200">&e9;</root>`)).toContain('document type');
    expect(refused('<!doctype root [<!ENTITY x SYSTEM "file:///etc/passwd">]><root status_code="200">&x;</root>')).toContain('document type');
  });

  it('more than fits, said with the limit', () => {
    const text = `<root status_code="200"><a>${'x'.repeat(answerLimitBytes)}</a></root>`;
    expect(refused(text)).toContain('more than 128 KiB');
    expect(read(text, answerLimitBytes * 2).ok).toBe(true);
  });

  it('words that would turn the message around or break its line', () => {
    const message = refused('<\u202Eevil\nname status_code="200"/>');
    expect(message).not.toMatch(/[\u202E\n]/);
  });

  it('never throws, whatever the bytes', () => {
    const piece = fc.constantFrom('<', '>', '&', '"', "'", '/', '!', '?', '[', ']', '-', '#', ';', 'root', 'status_code="200"', '<root', '<![CDATA[', '<!--', ' ', '\0', ':@', '#text', '&amp;', '<a>', '</a>');
    const nearlyXml = fc.array(fc.oneof(piece, fc.string({ unit: 'binary', maxLength: 5 })), { maxLength: 40 }).map((parts) => Buffer.from(parts.join('')));
    fc.assert(
      fc.property(fc.oneof(fc.uint8Array({ maxLength: 400 }), nearlyXml), (bytes) => {
        const result = read(bytes);
        if (!result.ok) expect(result.failure.kind).toBe('bad-answer');
      }),
      { numRuns: 2_000 },
    );
  });

  it('never throws when a good answer is damaged anywhere', () => {
    const good = Buffer.from(writeXml({ statusCode: 200, children: [['App', [['AppTitle', 'a<b>&"c'], ['ID', 5]]], ['paired', 1]] }));
    fc.assert(
      fc.property(fc.nat({ max: good.length - 1 }), fc.integer({ min: 0, max: 255 }), fc.nat({ max: good.length }), (at, byte, length) => {
        const damaged = Buffer.from(good);
        damaged[at] = byte;
        const result = read(damaged.subarray(0, length));
        if (!result.ok) expect(result.failure.kind).toBe('bad-answer');
      }),
      { numRuns: 2_000 },
    );
  });
});
