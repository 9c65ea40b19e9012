// What other programs know, as main last found it, and which of it a person wants.
import { create } from 'zustand';
import type { ImportCandidate, ImportDone, ImportView } from '../../electron/common/imports';
import { wordsOf } from '../language/language';
import { request } from './request';
import { useToasts } from './toasts';

const words = wordsOf('stores');

interface ImportsState {
  /** null until main has looked. */
  readonly view: ImportView | null;
  /** New, but not wanted: what is found later is wanted until somebody says no. */
  readonly leftOut: ReadonlySet<string>;
}

export const useImports = create<ImportsState>()(() => ({ view: null, leftOut: new Set() }));

export function newCandidates(view: ImportView | null): readonly ImportCandidate[] {
  return view?.candidates.filter(({ state }) => state.kind === 'new') ?? [];
}

/** Anew each time: files come and go, and what was added is in the library by now. */
export async function lookForImports(): Promise<void> {
  const looked = await request('import:look', undefined);
  if (looked.ok) useImports.setState({ view: looked.value });
}

/** Opens the system's file dialog. */
export async function chooseImportFiles(): Promise<void> {
  const chosen = await request('import:choose-files', undefined);
  if (chosen.ok) useImports.setState({ view: chosen.value });
}

export function leaveOut(ids: readonly string[], isOut: boolean): void {
  useImports.setState(({ leftOut }) => {
    const next = new Set(leftOut);
    for (const id of ids) {
      if (isOut) next.add(id);
      else next.delete(id);
    }
    return { leftOut: next };
  });
}

/** @returns whether anything was added; what became of it is told at the edge of the window */
export async function addImports(candidates: readonly ImportCandidate[]): Promise<boolean> {
  if (candidates.length === 0) return false;
  const added = await request('import:add', { ids: candidates.map(({ id }) => id) });
  if (!added.ok) return false;
  tell(added.value);
  await lookForImports();
  return added.value.entryIds.length + added.value.hostIds.length > 0;
}

function tell({ entryIds, hostIds, refused }: ImportDone): void {
  const { show } = useToasts.getState();
  for (const { name, message, advice } of refused) show({ tone: 'bad', title: `${name}: ${message}`, advice, action: null });
  const count = entryIds.length + hostIds.length;
  if (count === 0) return;
  show({
    tone: 'neutral',
    title: words('imported', { count }),
    advice: hostIds.length > 0 ? words('stillToPair') : words('passwordsLater'),
    action: { label: words('undo'), run: () => void undo() },
  });
}

async function undo(): Promise<void> {
  const undone = await request('import:undo', undefined);
  if (undone.ok) await lookForImports();
}
