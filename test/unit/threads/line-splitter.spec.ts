// Lines as a reader gets them, whatever pieces they arrive in.
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { LineSplitter, longestLine } from '../../../electron/threads/line-splitter';

function split(chunks: readonly string[]): string[] {
  const lines: string[] = [];
  const splitter = new LineSplitter((line) => lines.push(line));
  for (const chunk of chunks) splitter.push(chunk);
  splitter.flush();
  return lines;
}

describe('line splitter', () => {
  it('finds the same lines however the text is cut', () => {
    fc.assert(
      fc.property(fc.array(fc.stringMatching(/^[a-z \x1b\[m0-9]{0,30}$/)), fc.array(fc.nat(10), { minLength: 1 }), (lines, cuts) => {
        const text = lines.map((line) => `${line}\r\n`).join('');
        const chunks: string[] = [];
        for (let start = 0, turn = 0; start < text.length; turn += 1) {
          const length = (cuts[turn % cuts.length] ?? 0) + 1;
          chunks.push(text.slice(start, start + length));
          start += length;
        }
        expect(split(chunks)).toEqual(split([text]));
      }),
    );
  });

  it('takes escape sequences out even when they are cut in two', () => {
    expect(split(['\u001b[3', '1mred\u001b[0', 'm\n'])).toEqual(['red']);
  });

  it('cuts a line without end once and finds the next one', () => {
    const lines = split(['x'.repeat(longestLine * 3), 'x'.repeat(longestLine), '\nnext\n']);
    expect(lines).toHaveLength(2);
    expect(lines[0]).toHaveLength(longestLine);
    expect(lines[1]).toBe('next');
  });

  it('shows a prompt that has no line end', () => {
    const splitter = new LineSplitter(() => undefined);
    splitter.push('hello\nPassword: ');
    expect(splitter.partial).toBe('Password: ');
  });
});
