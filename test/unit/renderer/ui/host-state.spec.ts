// Names that somebody else wrote: whatever is in them, they stay on one line and turn nothing around.
import { describe, expect, it } from 'vitest';
import { nameInSentence, plainName } from '../../../../renderer/ui/host-state';
import { hostileAppName, hostileHostName } from '../../../fakes/fake-host-scenes';

describe('plainName', () => {
  it('leaves an honest name alone, whatever its script', () => {
    for (const name of ['Cyberpunk 2077', 'Büro-PC', 'سطح المكتب', '👩\u200d🚀 Space']) expect(plainName(name)).toBe(name);
  });

  it('takes out line ends, control characters and marks that turn text around', () => {
    expect(plainName(' a\r\n\tb\u0000c\u202ed\u2066e\u200ff ')).toBe('a b cdef');
    for (const name of [hostileHostName, hostileAppName]) expect(plainName(name)).not.toMatch(/[\p{Cc}\u202a-\u202e\u2066-\u2069\u200e\u200f]/u);
  });
});

describe('nameInSentence', () => {
  it('ends a long name at a whole character', () => {
    expect([...nameInSentence(hostileAppName)]).toHaveLength(60);
    expect(nameInSentence('😀'.repeat(80))).toBe(`${'😀'.repeat(59)}…`);
    expect(nameInSentence('x'.repeat(60))).toBe('x'.repeat(60));
  });
});
