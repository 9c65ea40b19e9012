// Theme, zoom and motion on the root element, where the styles read them; what is drawn on canvases is told of each change.
import type { Settings } from '../../electron/common/settings';

export type Appearance = Pick<Settings, 'theme' | 'zoomPercent' | 'motion'>;

const changed = 'athena-appearance';

/** CSS pixels that a page has at 100 %: below these, its parts stand under each other, and below the last the sidebar shows icons only. */
const rooms = [
  ['wide', 1_200],
  ['medium', 1_000],
  ['narrow', 860],
] as const;

function roomFor(widthPx: number): string {
  return rooms.find(([, fromPx]) => widthPx > fromPx)?.[0] ?? 'tight';
}

/** Also after the window's size changed: zoom takes room as a smaller window does, which no media query knows. */
export function putAppearance({ theme, zoomPercent, motion }: Appearance): void {
  const root = document.documentElement;
  const zoom = String(zoomPercent / 100);
  const room = roomFor((window.innerWidth * 100) / zoomPercent);
  const wanted = motion === 'system' ? undefined : motion;
  if (root.dataset['theme'] === theme && root.dataset['room'] === room && root.dataset['motion'] === wanted && root.style.getPropertyValue('--zoom') === zoom) return;
  root.dataset['theme'] = theme;
  root.dataset['room'] = room;
  if (wanted === undefined) delete root.dataset['motion'];
  else root.dataset['motion'] = wanted;
  root.style.setProperty('--zoom', zoom);
  window.dispatchEvent(new Event(changed));
}

/** Returns the way to stop listening. */
export function onAppearance(listener: () => void): () => void {
  window.addEventListener(changed, listener);
  return () => window.removeEventListener(changed, listener);
}
