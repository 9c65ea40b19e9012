// The page of the toast over a stream: shows the words it was opened with, and those it is told later.

interface Words {
  readonly title: string;
  readonly detail: string;
  readonly tone: string;
}

/** They come in the address, which only the main process of Athena sets: this page has no other way in. */
function readWords(): Words {
  const words: unknown = JSON.parse(decodeURIComponent(window.location.hash.slice(1)));
  const { title, detail, tone } = words as Partial<Words>;
  return { title: String(title ?? ''), detail: String(detail ?? ''), tone: String(tone ?? 'warn') };
}

function show(): void {
  const { title, detail, tone } = readWords();
  const place = { title: document.getElementById('title'), detail: document.getElementById('detail') };
  if (place.title !== null) place.title.textContent = title;
  if (place.detail !== null) place.detail.textContent = detail;
  document.body.dataset['tone'] = tone;
}

window.addEventListener('hashchange', show);
show();
