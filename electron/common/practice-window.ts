// What passes between the practice client's main process and its page: one channel, one way.

/** Carries a `PracticePicture`. */
export const practicePictureChannel = 'practice-client:pictured';

/** The picture as the practice host describes it; the page draws it. */
export interface PracticePicture {
  readonly widthPx: number;
  readonly heightPx: number;
  /** Counts what the practice game and its child process did; both stand still while the game is paused. */
  readonly gameTicks: number;
  readonly companionTicks: number;
  readonly blockXPx: number;
  readonly blockYPx: number;
}

/** What preload puts on `window.practice` of that page. */
export interface PracticeWindowBridge {
  onPicture(listener: (picture: PracticePicture) => void): void;
}
