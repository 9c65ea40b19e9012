// What hosts write is kept as far as it is needed, and no further.
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { cleanLine, cleanName, quoted } from '../../../../electron/adapters/gamestream/host-text';

describe('names of apps', () => {
  it('keep line breaks, direction marks and joiners: apps are launched by their exact names', () => {
    const name = 'He said "5 > 3"\n\u200Fמשחק\u202E 👨\u200D👩\u200D👧';
    expect(cleanName(name)).toBe(name);
  });

  it('lose what only a terminal would obey', () => {
    expect(cleanName('\u001b[31mred\u0007\u0000\u009b5m\r')).toBe('[31mred5m');
  });

  it('are of bounded length, and never cut through a character', () => {
    expect(cleanName('x'.repeat(600))).toHaveLength(512);
    expect(cleanName(`${'x'.repeat(511)}😀`)).toBe('x'.repeat(511));
  });
});

it('lines are single, whatever comes', () => {
  fc.assert(
    fc.property(fc.string({ unit: 'binary', maxLength: 300 }), (text) => {
      const line = cleanLine(text, 80);
      expect(line.length).toBeLessThanOrEqual(80);
      expect(line).not.toMatch(/[\p{Cc}\u2028-\u202E\u2066-\u2069]/u);
      expect(line).toBe(line.trim());
      expect(quoted(text)).not.toMatch(/[\p{Cc}\p{Cf}]/u);
    }),
  );
});
