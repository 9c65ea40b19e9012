// Matching command lines in bounded time.
import { expect, it } from 'vitest';
import { CommandMatcher } from '../../../../electron/adapters/pause/command-match';

it('searches anywhere in the command line', () => {
  const matcher = new CommandMatcher();
  expect(matcher.match('game\\.exe', ['wine C:\\game.exe -x', 'gamexexe', ''])).toEqual([true, false, false]);
  expect(matcher.match('^Ü.e$', ['Ü\u{1F3AE}e'])).toEqual([true]);
  expect(matcher.match('a', [])).toEqual([]);
});

it('gives up on a pattern that takes for ever, and works on', () => {
  const matcher = new CommandMatcher(100);
  expect(matcher.match('^(a+)+$', [`${'a'.repeat(40)}!`])).toBeNull();
  expect(matcher.match('b', ['abc'])).toEqual([true]);
});

it('gives up on what is no regular expression', () => {
  expect(new CommandMatcher().match('(', ['('])).toBeNull();
});
