// Presses of a gamepad: edges, repeats, sticks, and silence without the window's focus.
import { beforeEach, describe, expect, it } from 'vitest';
import { defaultSettings } from '../../../../electron/common/settings';
import { GamepadReader, type PadState } from '../../../../renderer/navigation/gamepad-reader';
import { isSwapped, type PadOptions } from '../../../../renderer/navigation/pad-options';

const { repeatDelayMs, repeatEveryMs } = defaultSettings;
const options: { now: PadOptions } = { now: defaultSettings };
const createReader = (): GamepadReader => new GamepadReader(() => options.now);

beforeEach(() => {
  options.now = defaultSettings;
});

const xbox = 'Xbox 360 Controller (STANDARD GAMEPAD Vendor: 045e Product: 028e)';
const switchPro = 'Pro Controller (STANDARD GAMEPAD Vendor: 057e Product: 2009)';

function pad(held: readonly number[], axes: readonly number[] = [0, 0], id = xbox): PadState {
  return { id, connected: true, axes, buttons: Array.from({ length: 17 }, (_, index) => ({ pressed: held.includes(index) })) };
}

const right = { kind: 'move', direction: 'right' };

describe('GamepadReader', () => {
  it('presses once per edge', () => {
    const reader = createReader();
    expect(reader.read([pad([])], 0, true)).toEqual([]);
    expect(reader.read([pad([0])], 16, true)).toEqual([{ kind: 'select' }]);
    expect(reader.read([pad([0])], 5000, true)).toEqual([]);
    expect(reader.read([pad([1, 2, 3, 8])], 5016, true)).toEqual(
      ['back', 'options', 'favourite', 'search'].map((command) => ({ kind: 'command', command })),
    );
  });

  it('takes both sticks pressed in for the couch, and one of them for nothing', () => {
    const reader = createReader();
    reader.read([pad([])], 0, true);
    expect(reader.read([pad([10])], 10, true)).toEqual([]);
    expect(reader.read([pad([10, 11])], 20, true)).toEqual([{ kind: 'command', command: 'couch' }]);
    expect(reader.read([pad([10, 11])], 900, true)).toEqual([]);
  });

  it('repeats a direction after 400 ms, then each 120 ms', () => {
    const reader = createReader();
    reader.read([pad([])], 0, true);
    const pressedAt: number[] = [];
    for (let nowMs = 10; nowMs <= 1000; nowMs += 10) {
      if (reader.read([pad([15])], nowMs, true).length > 0) pressedAt.push(nowMs);
    }
    expect(pressedAt.slice(0, 4)).toEqual([10, 10 + repeatDelayMs, 10 + repeatDelayMs + repeatEveryMs, 10 + repeatDelayMs + 2 * repeatEveryMs]);
    expect([repeatDelayMs, repeatEveryMs]).toEqual([400, 120]);
  });

  it('reads the stick as a direction and does not flutter at the threshold', () => {
    const reader = createReader();
    reader.read([pad([])], 0, true);
    expect(reader.read([pad([], [0.5, 0])], 10, true)).toEqual([]);
    expect(reader.read([pad([], [0.6, 0])], 20, true)).toEqual([right]);
    expect(reader.read([pad([], [0.5, 0])], 30, true)).toEqual([]);
    expect(reader.read([pad([], [0.6, 0])], 40, true)).toEqual([]);
    reader.read([pad([], [0.1, 0])], 50, true);
    expect(reader.read([pad([], [0, -0.9])], 60, true)).toEqual([{ kind: 'move', direction: 'up' }]);
  });

  it('is silent without the focus and swallows what is held on return', () => {
    const reader = createReader();
    reader.read([pad([])], 0, true);
    expect(reader.read([pad([0])], 10, false)).toEqual([]);
    expect(reader.read([pad([0, 15])], 20, true)).toEqual([]);
    expect(reader.read([pad([0, 15])], 900, true)).toEqual([]);
    expect(reader.read([pad([0])], 910, true)).toEqual([]);
    expect(reader.read([pad([0, 15])], 920, true)).toEqual([right]);
  });

  it('reads several pads and empty places as one', () => {
    const reader = createReader();
    reader.read([null, pad([])], 0, true);
    expect(reader.read([null, pad([15]), pad([15])], 10, true)).toEqual([right]);
    expect(reader.read([{ ...pad([0]), connected: false }, null], 20, true)).toEqual([]);
  });

  it('repeats as it is set, from the next repeat on', () => {
    const reader = createReader();
    options.now = { ...defaultSettings, repeatDelayMs: 200, repeatEveryMs: 50 };
    reader.read([pad([])], 0, true);
    const pressedAt: number[] = [];
    for (let nowMs = 10; nowMs <= 600; nowMs += 10) {
      if (nowMs === 400) options.now = { ...defaultSettings, repeatDelayMs: 200, repeatEveryMs: 100 };
      if (reader.read([pad([15])], nowMs, true).length > 0) pressedAt.push(nowMs);
    }
    expect(pressedAt).toEqual([10, 210, 260, 310, 360, 410, 510]);
  });

  it.each([
    ['nintendo', xbox, 0, 'S'],
    ['nintendo', switchPro, 1, 'E'],
    ['always', xbox, 1, 'E'],
    ['never', switchPro, 0, 'S'],
  ] as const)('set to %s selects on %s with button %i', (swapSelect, id, button, place) => {
    options.now = { ...defaultSettings, swapSelect };
    const reader = createReader();
    reader.read([pad([], [0, 0], id)], 0, true);
    expect(reader.read([pad([button], [0, 0], id)], 10, true)).toEqual([{ kind: 'select' }]);
    expect(reader.isSwapped).toBe(place === 'E');
    reader.read([pad([], [0, 0], id)], 20, true);
    expect(reader.read([pad([1 - button], [0, 0], id)], 30, true)).toEqual([{ kind: 'command', command: 'back' }]);
  });

  it('reads each pad by its own make, and tells which was pressed last', () => {
    const reader = createReader();
    const pads = (left: readonly number[], right: readonly number[]): PadState[] => [pad(left), pad(right, [0, 0], switchPro)];
    reader.read(pads([], []), 0, true);
    expect(reader.read(pads([0], []), 10, true)).toEqual([{ kind: 'select' }]);
    reader.read(pads([], []), 20, true);
    expect(reader.read(pads([], [1]), 30, true)).toEqual([{ kind: 'select' }]);
    expect(reader.isSwapped).toBe(true);
  });
});

describe('isSwapped', () => {
  it.each([
    [switchPro, true],
    ['057e-2009-Nintendo Switch Pro Controller', true],
    ['Joy-Con L+R (Vendor: 057e Product: 200e)', true],
    [xbox, false],
    ['DualSense (Vendor: 054c Product: 0ce6)', false],
    ['', false],
  ])('%s: %s', (id, swapped) => {
    expect(isSwapped(id, 'nintendo')).toBe(swapped);
  });
});
