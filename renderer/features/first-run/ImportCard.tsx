// What other programs know: a count for each of them, to choose from or to take over at once.
import { Download, FolderOpen, ListChecks } from 'lucide-react';
import type { ReactNode } from 'react';
import type { ImportCandidate, ImportSource } from '../../../electron/common/imports';
import { useFocusTarget } from '../../navigation/use-focus-target';
import { addImports, chooseImportFiles, newCandidates, useImports } from '../../stores/imports';
import { openRoute } from '../../stores/route';
import { Button } from '../../ui/Button';
import { importSourceName, importSources } from '../../ui/import-words';
import { texts } from './texts';

export function ImportCard(): ReactNode {
  const view = useImports((state) => state.view);
  const candidates = view?.candidates ?? [];
  const fresh = newCandidates(view);
  const present = importSources.filter((source) => candidates.some((candidate) => candidate.source === source));
  return (
    <section className="card first-run__card" aria-label={texts.others}>
      <h3 className="section__title">{texts.others}</h3>
      {present.length === 0 ? (
        <p className="quiet" role="status">
          {view === null ? texts.lookingThere : texts.nothingThere}
        </p>
      ) : (
        <ul className="rows first-run__rows">
          {present.map((source) => (
            <SourceRow key={source} source={source} candidates={candidates.filter((candidate) => candidate.source === source)} />
          ))}
        </ul>
      )}
      <div className="first-run__actions">
        {fresh.length > 0 && <Button label={texts.importAll(fresh.length)} icon={Download} look="primary" focusKey="first-import" onPress={() => addImports(fresh)} />}
        <Button label={texts.chooseFiles} icon={FolderOpen} focusKey="first-choose-files" onPress={chooseImportFiles} />
      </div>
    </section>
  );
}

/** Leads to the page where each one can be looked at. */
function SourceRow({ source, candidates }: { readonly source: ImportSource; readonly candidates: readonly ImportCandidate[] }): ReactNode {
  const target = useFocusTarget<HTMLButtonElement>(`first-source:${source}`);
  const count = (kind: ImportCandidate['state']['kind']): number => candidates.filter(({ state }) => state.kind === kind).length;
  return (
    <li>
      <button {...target} type="button" className="row found__row" onClick={() => openRoute({ page: 'import' })}>
        <span className="found__words">
          <span className="first-run__name ellipsis">{importSourceName(source)}</span>
          <span className="faint">{texts.counts(count('new'), count('known'), count('unusable'))}</span>
        </span>
        <span className="found__action">
          <ListChecks size="1.1em" aria-hidden />
          {texts.choose}
        </span>
      </button>
    </li>
  );
}
