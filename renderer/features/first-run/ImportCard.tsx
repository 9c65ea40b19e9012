// What other programs know: a count for each of them, to choose from or to take over at once.
import { Download, FolderOpen, ListChecks } from 'lucide-react';
import type { ReactNode } from 'react';
import { useTranslation } from 'react-i18next';
import type { ImportCandidate, ImportSource } from '../../../electron/common/imports';
import { useFocusTarget } from '../../navigation/use-focus-target';
import { addImports, chooseImportFiles, newCandidates, useImports } from '../../stores/imports';
import { openRoute } from '../../stores/route';
import { Button } from '../../ui/Button';
import { importSourceName, importSources } from '../../ui/import-words';

export function ImportCard(): ReactNode {
  const { t } = useTranslation('firstRun');
  const view = useImports((state) => state.view);
  const candidates = view?.candidates ?? [];
  const fresh = newCandidates(view);
  const present = importSources.filter((source) => candidates.some((candidate) => candidate.source === source));
  return (
    <section className="card first-run__card" aria-label={t('others')}>
      <h3 className="section__title">{t('others')}</h3>
      {present.length === 0 ? (
        <p className="quiet" role="status">
          {view === null ? t('lookingThere') : t('nothingThere')}
        </p>
      ) : (
        <ul className="rows first-run__rows">
          {present.map((source) => (
            <SourceRow key={source} source={source} candidates={candidates.filter((candidate) => candidate.source === source)} />
          ))}
        </ul>
      )}
      <div className="first-run__actions">
        {fresh.length > 0 && <Button label={t('importAll', { count: fresh.length })} icon={Download} look="primary" focusKey="first-import" onPress={() => addImports(fresh)} />}
        <Button label={t('chooseFiles')} icon={FolderOpen} focusKey="first-choose-files" onPress={chooseImportFiles} />
      </div>
    </section>
  );
}

/** Leads to the page where each one can be looked at. */
function SourceRow({ source, candidates }: { readonly source: ImportSource; readonly candidates: readonly ImportCandidate[] }): ReactNode {
  const { t } = useTranslation('firstRun');
  const target = useFocusTarget<HTMLButtonElement>(`first-source:${source}`);
  const count = (kind: ImportCandidate['state']['kind']): number => candidates.filter(({ state }) => state.kind === kind).length;
  const [fresh, known, unusable] = [count('new'), count('known'), count('unusable')];
  const counts = [
    ...(fresh > 0 ? [t('fresh', { count: fresh })] : []),
    ...(known > 0 ? [t('known', { count: known })] : []),
    ...(unusable > 0 ? [t('unusable', { count: unusable })] : []),
  ];
  return (
    <li>
      <button {...target} type="button" className="row found__row" onClick={() => openRoute({ page: 'import' })}>
        <span className="found__words">
          <span className="first-run__name ellipsis">{importSourceName(source)}</span>
          <span className="faint">{counts.join(', ')}</span>
        </span>
        <span className="found__action">
          <ListChecks size="1.1em" aria-hidden />
          {t('choose')}
        </span>
      </button>
    </li>
  );
}
