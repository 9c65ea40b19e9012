// Puts a line of text into the clipboard. The newer clipboard API asks for a permission, and this window grants none.

/** @returns whether it is there; it is refused when no key or click asked for it (a gamepad's press is none) */
export function copyText(text: string): boolean {
  const fill = (event: ClipboardEvent): void => {
    event.clipboardData?.setData('text/plain', text);
    event.preventDefault();
  };
  document.addEventListener('copy', fill);
  try {
    return document.execCommand('copy');
  } finally {
    document.removeEventListener('copy', fill);
  }
}
