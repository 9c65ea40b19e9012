// One view for all who ask, until it changes.
import { describe, expect, it } from 'vitest';
import { SharedView } from '../../../../electron/domain/library/shared-view';

describe('a shared view', () => {
  it('is made when somebody asks, and once', () => {
    const made: object[] = [];
    const view = new SharedView(() => {
      const value = {};
      made.push(value);
      return value;
    });
    expect(made).toEqual([]);
    expect(view.get()).toBe(view.get());
    expect(made).toHaveLength(1);
  });

  it('is made anew after a change, and told to those who listen', () => {
    const state = { count: 1 };
    const view = new SharedView(() => state.count);
    const heard: number[] = [];
    expect(view.get()).toBe(1);
    view.onChange((value) => heard.push(value));
    state.count = 2;
    expect(view.get()).toBe(1);
    view.changed();
    expect([view.get(), heard]).toEqual([2, [2]]);
  });
});
