// What keys ask for, inside text fields and outside, and who answers a command.
import { describe, expect, it } from 'vitest';
import { CommandStack } from '../../../../renderer/navigation/command-stack';
import { readKey, type CaretPlace } from '../../../../renderer/navigation/keyboard';

function press(key: string, caret: CaretPlace | null = null, held: object = {}): ReturnType<typeof readKey> {
  return readKey({ key, ctrlKey: false, altKey: false, metaKey: false, ...held }, caret);
}

const middle: CaretPlace = { atStart: false, atEnd: false };

describe('readKey', () => {
  it('moves by arrows and leaves chords alone', () => {
    expect(press('ArrowLeft')).toEqual({ kind: 'move', direction: 'left' });
    expect(press('ArrowLeft', null, { altKey: true })).toEqual({ kind: 'none' });
    expect(press('f', null, { ctrlKey: true })).toEqual({ kind: 'none' });
    expect(press('Enter')).toEqual({ kind: 'none' });
    expect(press(',', middle, { ctrlKey: true })).toEqual({ kind: 'command', command: 'settings' });
    expect(press(',', null, { metaKey: true })).toEqual({ kind: 'command', command: 'settings' });
    expect(press(',')).toEqual({ kind: 'none' });
  });

  it('lets the caret have left and right until its end, never up and down', () => {
    expect(press('ArrowLeft', middle)).toEqual({ kind: 'none' });
    expect(press('ArrowRight', middle)).toEqual({ kind: 'none' });
    expect(press('ArrowUp', middle)).toEqual({ kind: 'move', direction: 'up' });
    expect(press('ArrowRight', { atStart: false, atEnd: true })).toEqual({ kind: 'move', direction: 'right' });
    expect(press('ArrowLeft', { atStart: false, atEnd: true })).toEqual({ kind: 'none' });
  });

  it('types letters into fields and reads them as commands elsewhere', () => {
    expect(press('/')).toEqual({ kind: 'command', command: 'search' });
    expect(press('/', middle)).toEqual({ kind: 'none' });
    expect(press('Escape', middle)).toEqual({ kind: 'command', command: 'back' });
  });
});

describe('CommandStack', () => {
  it('asks the newest first, the fallback last, and stops at the first that answers', () => {
    const stack = new CommandStack();
    const asked: string[] = [];
    const answer = (name: string, does: boolean) => () => {
      asked.push(name);
      return does;
    };
    stack.add('back', answer('page', true));
    stack.add('back', answer('window', true), 'fallback');
    const closeMenu = stack.add('back', answer('menu', false));
    stack.add('search', answer('search', true));
    expect(stack.run('back')).toBe(true);
    expect(asked).toEqual(['menu', 'page']);
    closeMenu();
    stack.run('back');
    expect(asked).toEqual(['menu', 'page', 'page']);
    expect(stack.run('options')).toBe(false);
  });
});
