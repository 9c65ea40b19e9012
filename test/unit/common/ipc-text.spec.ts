// Values as text and back: nothing is lost on the way, and what lasts is written once.
import { describe, expect, it } from 'vitest';
import { fromText, lasting, toText } from '../../../electron/common/ipc-text';

describe('a value as text', () => {
  it.each([
    ['nothing', undefined],
    ['null', null],
    ['a list', [1, 'two', null]],
    ['an empty object', {}],
    ['every script, and half letters', { name: 'سطح المكتب ゼルダ 🎮 \u2028 \ud800 "quoted"\n' }],
    ['a success without a value', { ok: true }],
  ])('comes back: %s', (_name, value) => {
    expect(fromText(toText(value))).toEqual(value);
  });

  it('has nothing but ASCII in it', () => {
    expect(toText({ 'ключ': 'значение 🎮' })).toMatch(/^[\x20-\x7e]*$/);
  });

  it('is written once for what lasts, alone and as a part of something else', () => {
    const reads = { count: 0 };
    const library = lasting({
      get entries() {
        reads.count += 1;
        return ['ä'];
      },
    });
    expect(fromText(toText({ version: '1', library, sessions: [] }))).toEqual({ version: '1', library: { entries: ['ä'] }, sessions: [] });
    expect(fromText(toText({ library }))).toEqual({ library: { entries: ['ä'] } });
    expect(fromText(toText(library))).toEqual({ entries: ['ä'] });
    expect(reads.count).toBe(1);
  });

  it('has the long lists of what lasts packed, wherever it stands', () => {
    const entries = Array.from({ length: 100 }, (_, number) => ({ entry: { id: `app-${number}`, host: 'rig' }, playedMs: 0 }));
    const library = lasting({ file: 'config.json', entries });
    const plain = JSON.stringify({ library: { file: 'config.json', entries } });
    expect(fromText(toText(library))).toEqual({ file: 'config.json', entries });
    expect(fromText(toText({ library, version: '1' }))).toEqual({ library: { file: 'config.json', entries }, version: '1' });
    expect(toText({ library }).length).toBeLessThan(plain.length / 3);
  });

  it('is written anew for what does not', () => {
    const value = { count: 1 };
    expect(toText(value)).toBe('{"count":1}');
    value.count = 2;
    expect(toText(value)).toBe('{"count":2}');
  });
});
