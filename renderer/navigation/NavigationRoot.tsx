// Listens to keyboard, gamepads and pointer for the whole window and hands what they ask for to the focus engine.
import { useEffect, useState, type ReactNode } from 'react';
import { isTextField } from './focus-engine';
import { GamepadReader } from './gamepad-reader';
import { caretPlaceOf, readKey } from './keyboard';
import { createNavigation, NavigationContext, type Navigation } from './navigation-context';
import { setInputMode } from './input-mode';
import type { ReadPadOptions } from './pad-options';

const padSearchEveryMs = 1000;
/** Chromium's first look for pads stops the page for some forty milliseconds: after the first picture nobody notices. */
const firstPadSearchMs = 250;

interface NavigationRootProps {
  readonly padOptions: ReadPadOptions;
  readonly children: ReactNode;
}

export function NavigationRoot({ padOptions, children }: NavigationRootProps): ReactNode {
  const [navigation] = useState(createNavigation);
  useEffect(() => {
    const stops = [navigation.engine.start(), listenToKeys(navigation), listenToPointer(), pollGamepads(navigation, padOptions)];
    return () => stops.forEach((stop) => stop());
  }, [navigation, padOptions]);
  return <NavigationContext.Provider value={navigation}>{children}</NavigationContext.Provider>;
}

function listenToKeys({ engine, commands, bell }: Navigation): () => void {
  const onKey = (event: KeyboardEvent): void => {
    if (event.isComposing) return;
    const focused = document.activeElement;
    const wish = readKey(event, isTextField(focused) ? caretPlaceOf(focused) : null);
    if (!event.ctrlKey && !event.altKey && !event.metaKey) setInputMode('keys');
    if (wish.kind === 'none') {
      if (event.key === 'Enter') engine.restore();
      if (isPress(event, focused)) bell.ring('select');
      return;
    }
    event.preventDefault();
    if (wish.kind === 'move') {
      bell.ringWhenMoved();
      engine.move(wish.direction);
    } else if (!event.repeat && commands.run(wish.command) && wish.command === 'back') bell.ring('back');
  };
  window.addEventListener('keydown', onKey);
  return () => window.removeEventListener('keydown', onKey);
}

/** Enter and the space bar press what has the focus; in a text field they write. */
function isPress({ key, repeat, ctrlKey, altKey, metaKey }: KeyboardEvent, focused: Element | null): boolean {
  return (key === 'Enter' || key === ' ') && !repeat && !ctrlKey && !altKey && !metaKey && !isTextField(focused);
}

function listenToPointer(): () => void {
  const onMove = (event: PointerEvent): void => {
    if (event.movementX !== 0 || event.movementY !== 0) setInputMode('pointer');
  };
  const onDown = (): void => setInputMode('pointer');
  window.addEventListener('pointermove', onMove);
  window.addEventListener('pointerdown', onDown);
  return () => {
    window.removeEventListener('pointermove', onMove);
    window.removeEventListener('pointerdown', onDown);
  };
}

/** Polls each frame while a pad is there, and looks for one each second otherwise. */
function pollGamepads({ engine, commands, bell }: Navigation, padOptions: ReadPadOptions): () => void {
  const reader = new GamepadReader(padOptions);
  const pending = { frame: 0, timer: 0 };
  const poll = (nowMs: number): void => {
    const pads = navigator.getGamepads();
    for (const press of reader.read(pads, nowMs, document.hasFocus())) {
      setInputMode('gamepad', reader.isSwapped);
      if (press.kind === 'move') {
        bell.ringWhenMoved();
        engine.move(press.direction);
      } else if (press.kind === 'select') {
        bell.ring('select');
        engine.select();
      } else if (commands.run(press.command) && press.command === 'back') bell.ring('back');
    }
    if (pads.some((pad) => pad !== null)) pending.frame = requestAnimationFrame(poll);
    else pending.timer = window.setTimeout(() => poll(performance.now()), padSearchEveryMs);
  };
  pending.timer = window.setTimeout(() => poll(performance.now()), firstPadSearchMs);
  return () => {
    cancelAnimationFrame(pending.frame);
    clearTimeout(pending.timer);
  };
}
