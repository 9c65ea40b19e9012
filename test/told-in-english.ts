// Lets a test compare what is told with the English sentence it stands for, however deep both stand in what is compared.
import { expect } from 'vitest';
import { english, isSentence } from '../electron/common/told';

function textOf(value: unknown): string | null {
  return typeof value === 'object' && value !== null && isSentence(value) ? english(value) : null;
}

expect.addEqualityTesters([
  (one: unknown, other: unknown) => {
    if (typeof one === 'string') return textOf(other) === null ? undefined : textOf(other) === one;
    return typeof other === 'string' && textOf(one) !== null ? textOf(one) === other : undefined;
  },
]);
