// Whether things may move: as the person has set it, else as the desktop says.

/** Asked each time: both can change while a page is shown. */
export function isCalm(): boolean {
  const { motion } = document.documentElement.dataset;
  return motion === undefined ? window.matchMedia('(prefers-reduced-motion: reduce)').matches : motion === 'reduced';
}
