// Listens to keyboard, gamepads and pointer for the whole window and hands what they ask for to the focus engine.
import { useEffect, useState, type ReactNode } from 'react';
import { isTextField } from './focus-engine';
import { GamepadReader } from './gamepad-reader';
import { caretPlaceOf, readKey } from './keyboard';
import { createNavigation, NavigationContext, type Navigation } from './navigation-context';
import { setInputMode } from './input-mode';

const padSearchEveryMs = 1000;
/** Chromium's first look for pads stops the page for some forty milliseconds: after the first picture nobody notices. */
const firstPadSearchMs = 250;

export function NavigationRoot({ children }: { readonly children: ReactNode }): ReactNode {
  const [navigation] = useState(createNavigation);
  useEffect(() => {
    const stops = [navigation.engine.start(), listenToKeys(navigation), listenToPointer(), pollGamepads(navigation)];
    return () => stops.forEach((stop) => stop());
  }, [navigation]);
  return <NavigationContext.Provider value={navigation}>{children}</NavigationContext.Provider>;
}

function listenToKeys({ engine, commands }: Navigation): () => void {
  const onKey = (event: KeyboardEvent): void => {
    if (event.isComposing) return;
    const focused = document.activeElement;
    const wish = readKey(event, isTextField(focused) ? caretPlaceOf(focused) : null);
    if (!event.ctrlKey && !event.altKey && !event.metaKey) setInputMode('keys');
    if (wish.kind === 'none') {
      if (event.key === 'Enter') engine.restore();
      return;
    }
    event.preventDefault();
    if (wish.kind === 'move') engine.move(wish.direction);
    else if (!event.repeat) commands.run(wish.command);
  };
  window.addEventListener('keydown', onKey);
  return () => window.removeEventListener('keydown', onKey);
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
function pollGamepads({ engine, commands }: Navigation): () => void {
  const reader = new GamepadReader();
  const pending = { frame: 0, timer: 0 };
  const poll = (nowMs: number): void => {
    const pads = navigator.getGamepads();
    for (const press of reader.read(pads, nowMs, document.hasFocus())) {
      setInputMode('gamepad');
      if (press.kind === 'move') engine.move(press.direction);
      else if (press.kind === 'select') engine.select();
      else commands.run(press.command);
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
