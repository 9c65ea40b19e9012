// The import page: everything that other programs know, to be chosen from and added to the library.
import { Download, FolderOpen, Square, SquareCheck } from 'lucide-react';
import { useEffect, type ReactNode } from 'react';
import { useTranslation } from 'react-i18next';
import type { ImportCandidate, ImportView } from '../../../electron/common/imports';
import { FocusPage } from '../../navigation/FocusGroup';
import { addImports, chooseImportFiles, leaveOut, lookForImports, newCandidates, useImports } from '../../stores/imports';
import { openRoute } from '../../stores/route';
import { Button } from '../../ui/Button';
import { importSourceName, importSources } from '../../ui/import-words';
import { ImportRow } from './ImportRow';

const addKey = 'import-add';

export function ImportPage(): ReactNode {
  const { t } = useTranslation('imports');
  const view = useImports((state) => state.view);
  useEffect(() => void lookForImports(), []);
  return (
    <FocusPage page="import" preferred={addKey} className="page">
      <div className="page__inner import">
        <header className="section">
          <h1 className="page__title">{t('title')}</h1>
          <p className="page__lead">{t('lead')}</p>
          <Actions view={view} />
        </header>
        {view === null && <p className="quiet">{t('looking')}</p>}
        {view?.candidates.length === 0 && <p className="quiet">{t('nothing')}</p>}
        {importSources.map((source) => {
          const candidates = (view?.candidates ?? []).filter((candidate) => candidate.source === source);
          return candidates.length > 0 && <Source key={source} name={importSourceName(source)} candidates={candidates} />;
        })}
        {view?.troubles.map(({ source, message, advice }) => (
          <p key={`${source} ${message}`} className="faint">
            {message} {advice}
          </p>
        ))}
      </div>
    </FocusPage>
  );
}

function Actions({ view }: { readonly view: ImportView | null }): ReactNode {
  const { t } = useTranslation('imports');
  const leftOut = useImports((state) => state.leftOut);
  const fresh = newCandidates(view);
  const wanted = fresh.filter(({ id }) => !leftOut.has(id));
  const ids = fresh.map(({ id }) => id);
  const add = async (): Promise<void> => {
    if (await addImports(wanted)) openRoute({ page: 'library' });
  };
  return (
    <div className="import__actions">
      <Button label={wanted.length === 0 ? t('addNothing') : t('add', { count: wanted.length })} icon={Download} look="primary" focusKey={addKey} unavailable={wanted.length === 0 ? t('nothingToAdd') : undefined} onPress={add} />
      <Button label={t('chooseFiles')} icon={FolderOpen} focusKey="import-choose-files" onPress={chooseImportFiles} />
      {fresh.length > 1 && (
        <Button
          label={wanted.length === 0 ? t('all') : t('none')}
          icon={wanted.length === 0 ? SquareCheck : Square}
          look="quiet"
          focusKey="import-all"
          onPress={() => leaveOut(ids, wanted.length > 0)}
        />
      )}
    </div>
  );
}

const places: Readonly<Record<ImportCandidate['state']['kind'], number>> = { new: 0, known: 1, unusable: 2 };

function Source({ name, candidates }: { readonly name: string; readonly candidates: readonly ImportCandidate[] }): ReactNode {
  const { t } = useTranslation('imports');
  const sorted = [...candidates].sort((one, other) => places[one.state.kind] - places[other.state.kind]);
  return (
    <section className="section" aria-label={name}>
      <div className="section__head">
        <h2 className="section__title">{name}</h2>
        <span className="section__note">{t('found', { count: candidates.length })}</span>
      </div>
      <ul className="card rows import__rows">
        {sorted.map((candidate) => (
          <ImportRow key={candidate.id} candidate={candidate} />
        ))}
      </ul>
    </section>
  );
}
