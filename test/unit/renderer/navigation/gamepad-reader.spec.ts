// Presses of a gamepad: edges, repeats, sticks, and silence without the window's focus.
import { describe, expect, it } from 'vitest';
import { GamepadReader, repeatDelayMs, repeatEveryMs, type PadState } from '../../../../renderer/navigation/gamepad-reader';

function pad(held: readonly number[], axes: readonly number[] = [0, 0]): PadState {
  return { connected: true, axes, buttons: Array.from({ length: 17 }, (_, index) => ({ pressed: held.includes(index) })) };
}

const right = { kind: 'move', direction: 'right' };

describe('GamepadReader', () => {
  it('presses once per edge', () => {
    const reader = new GamepadReader();
    expect(reader.read([pad([])], 0, true)).toEqual([]);
    expect(reader.read([pad([0])], 16, true)).toEqual([{ kind: 'select' }]);
    expect(reader.read([pad([0])], 5000, true)).toEqual([]);
    expect(reader.read([pad([1, 2, 3, 8])], 5016, true)).toEqual(
      ['back', 'options', 'favourite', 'search'].map((command) => ({ kind: 'command', command })),
    );
  });

  it('takes both sticks pressed in for the couch, and one of them for nothing', () => {
    const reader = new GamepadReader();
    reader.read([pad([])], 0, true);
    expect(reader.read([pad([10])], 10, true)).toEqual([]);
    expect(reader.read([pad([10, 11])], 20, true)).toEqual([{ kind: 'command', command: 'couch' }]);
    expect(reader.read([pad([10, 11])], 900, true)).toEqual([]);
  });

  it('repeats a direction after 400 ms, then each 120 ms', () => {
    const reader = new GamepadReader();
    reader.read([pad([])], 0, true);
    const pressedAt: number[] = [];
    for (let nowMs = 10; nowMs <= 1000; nowMs += 10) {
      if (reader.read([pad([15])], nowMs, true).length > 0) pressedAt.push(nowMs);
    }
    expect(pressedAt.slice(0, 4)).toEqual([10, 10 + repeatDelayMs, 10 + repeatDelayMs + repeatEveryMs, 10 + repeatDelayMs + 2 * repeatEveryMs]);
    expect([repeatDelayMs, repeatEveryMs]).toEqual([400, 120]);
  });

  it('reads the stick as a direction and does not flutter at the threshold', () => {
    const reader = new GamepadReader();
    reader.read([pad([])], 0, true);
    expect(reader.read([pad([], [0.5, 0])], 10, true)).toEqual([]);
    expect(reader.read([pad([], [0.6, 0])], 20, true)).toEqual([right]);
    expect(reader.read([pad([], [0.5, 0])], 30, true)).toEqual([]);
    expect(reader.read([pad([], [0.6, 0])], 40, true)).toEqual([]);
    reader.read([pad([], [0.1, 0])], 50, true);
    expect(reader.read([pad([], [0, -0.9])], 60, true)).toEqual([{ kind: 'move', direction: 'up' }]);
  });

  it('is silent without the focus and swallows what is held on return', () => {
    const reader = new GamepadReader();
    reader.read([pad([])], 0, true);
    expect(reader.read([pad([0])], 10, false)).toEqual([]);
    expect(reader.read([pad([0, 15])], 20, true)).toEqual([]);
    expect(reader.read([pad([0, 15])], 900, true)).toEqual([]);
    expect(reader.read([pad([0])], 910, true)).toEqual([]);
    expect(reader.read([pad([0, 15])], 920, true)).toEqual([right]);
  });

  it('reads several pads and empty places as one', () => {
    const reader = new GamepadReader();
    reader.read([null, pad([])], 0, true);
    expect(reader.read([null, pad([15]), pad([15])], 10, true)).toEqual([right]);
    expect(reader.read([{ ...pad([0]), connected: false }, null], 20, true)).toEqual([]);
  });
});
