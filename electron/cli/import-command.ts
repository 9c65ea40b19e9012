// `athena import`: takes over what Remmina, .rdp files and the user's own Moonlight know, and tells of each what came of it.
import { resolve } from 'node:path';
import type { ImportCandidate, ImportDone, ImportView } from '../common/imports';
import { failure } from '../common/result';
import type { Services } from '../domain/services';
import { withServices } from './cli-services';
import { exitCodes } from './exit-codes';
import { exitCodeFor } from './find-host';
import { printFailure, printJson, printLine } from './output';

export interface ImportOptions {
  /** Only tell what there is. */
  readonly list: boolean;
  readonly json: boolean;
  readonly verbose: boolean;
}

/** @param files none: the usual places */
export function importCommand(files: readonly string[], options: ImportOptions): Promise<number> {
  return withServices(options, async ({ imports }) => {
    const view = files.length === 0 ? await imports.look() : await imports.lookInto(files.map((file) => resolve(file)));
    for (const { message, advice } of view.troubles) process.stderr.write(`${message} ${advice}\n`);
    if (view.candidates.length === 0) {
      printFailure(failure('not-found', 'No connections of other programs were found.', 'Name files: `athena import FILE...`, or add hosts in the window.').failure, options.json);
      return exitCodes.negative;
    }
    const done = options.list ? null : await addNew(imports, view);
    if (done && !done.ok) {
      printFailure(done.failure, options.json);
      return exitCodeFor(done.failure.kind);
    }
    const refused = done?.value.refused ?? [];
    for (const candidate of view.candidates) tell(candidate, refused, options);
    if (!options.list) tellCounts(view, refused.length, options.json);
    return exitCodeOf(view, refused.length, files.length > 0);
  });
}

async function addNew(imports: Services['imports'], { candidates }: ImportView): Promise<Awaited<ReturnType<Services['imports']['add']>>> {
  const ids = candidates.flatMap(({ id, state }) => (state.kind === 'new' ? [id] : []));
  return ids.length === 0 ? { ok: true, value: { entryIds: [], hostIds: [], already: 0, refused: [] } } : imports.add(ids);
}

/** Names are other programs' text: on a terminal they stay on their line, and can't steer it. */
function plain(text: string): string {
  return text.replace(/[\p{Cc}\p{Cf}]/gu, ' ');
}

function tell(candidate: ImportCandidate, refused: ImportDone['refused'], { json, list }: ImportOptions): void {
  const { id, state, ...facts } = candidate;
  const refusal = refused.find((one) => one.id === id);
  const event = refusal ? 'refused' : state.kind === 'new' && !list ? 'added' : state.kind;
  const why = refusal ?? (state.kind === 'unusable' ? state : null);
  if (json) {
    printJson({ event, ...facts, ...(state.kind === 'known' && { knownAs: state.name }), ...(why && { message: why.message, advice: why.advice }) });
    return;
  }
  const { protocol, address, port, notes } = candidate;
  const place = protocol === null ? plain(candidate.file) : `${protocol}  ${address ?? ''}${port === null ? '' : `, port ${port}`}`;
  const known = state.kind === 'known' && state.name !== candidate.name ? ` as ${plain(state.name)}` : '';
  printLine(`${event}${known}  ${plain(candidate.name)}  ${place}`);
  if (why) printLine(`  ${plain(why.message)} ${plain(why.advice)}`);
  else if (state.kind === 'new') for (const note of notes) printLine(`  ${plain(note)}`);
}

function tellCounts({ candidates }: ImportView, refused: number, json: boolean): void {
  const count = (kind: ImportCandidate['state']['kind']): number => candidates.filter(({ state }) => state.kind === kind).length;
  const counts = { added: count('new') - refused, known: count('known'), unusable: count('unusable') + refused };
  if (json) printJson({ event: 'done', ...counts });
  else printLine(`Added ${counts.added}; ${counts.known} in the library already, ${counts.unusable} can't be used.`);
}

/** Files that somebody named must all be of use; of what merely lies around, one is enough. */
function exitCodeOf({ candidates }: ImportView, refused: number, named: boolean): number {
  const unusable = candidates.filter(({ state }) => state.kind === 'unusable').length + refused;
  return unusable === 0 || (!named && unusable < candidates.length) ? exitCodes.done : exitCodes.negative;
}
