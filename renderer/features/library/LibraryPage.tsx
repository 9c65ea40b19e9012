// The library: what can be launched, what runs, and what was used last.
import { TriangleAlert } from 'lucide-react';
import { useDeferredValue, useEffect, useMemo, type ReactNode } from 'react';
import { useTranslation } from 'react-i18next';
import type { LibraryView } from '../../../electron/common/library';
import { wordsOf } from '../../language/language';
import { FocusPage } from '../../navigation/FocusGroup';
import { useHosts } from '../../stores/hosts';
import { useLibrary } from '../../stores/library';
import { runningEntries } from '../../stores/running-entries';
import { useSessions } from '../../stores/sessions';
import { Banner } from '../../ui/Banner';
import { GridLayout } from './grid-layout';
import { useGridPlace } from './grid-place';
import { LibraryGrid } from './LibraryGrid';
import { headKey, LibraryHead } from './LibraryHead';
import { LibrarySearch } from './library-search';
import { entriesByName, librarySections, type LibrarySection } from './library-sections';

const words = wordsOf('library');

interface LibraryPageProps {
  readonly view: LibraryView;
  /** What is shown while there is nothing in it; another feature's part, whose focus group goes by this key. */
  readonly firstRun: (focusKey: string) => ReactNode;
}

export function LibraryPage({ view, firstRun }: LibraryPageProps): ReactNode {
  const { t } = useTranslation('library');
  const [placeRef, place] = useGridPlace();
  const isEmpty = view.entries.length === 0 && view.entriesToCome === undefined;
  const hiddenCount = useMemo(() => view.entries.reduce((count, { entry }) => count + Number(entry.hidden), 0), [view.entries]);
  const { sections, search, running } = useSections(view);
  const layout = useLayout(sections, place?.widthPx ?? null, place?.remPx ?? 0);
  const isShown = sections.length > 0;
  // A search that finds nothing keeps the grid, empty: the next key finds it and its tiles there.
  const isSearching = search !== '';
  return (
    <FocusPage page="library" preferred={isShown || isEmpty ? 'library-content' : headKey} className="page page--library" isReady={place !== null}>
      <div className="page__inner">
        <LibraryHead isEmpty={isEmpty} hiddenCount={hiddenCount} />
        <ConfigTroubles view={view} />
        <div ref={placeRef}>
          {isEmpty && firstRun('library-content')}
          {!isEmpty && !isShown && <p className="page__lead">{isSearching ? t('nothingFound', { search }) : t('allHidden')}</p>}
          {(isShown || isSearching) && layout !== null && place !== null && <LibraryGrid layout={layout} place={place} hosts={view.hosts} running={running} headKey={headKey} search={search} />}
        </div>
      </div>
    </FocusPage>
  );
}

function useLayout(sections: readonly LibrarySection[], widthPx: number | null, remPx: number): GridLayout | null {
  return useMemo(() => (widthPx === null ? null : new GridLayout(sections, { widthPx, remPx })), [sections, widthPx, remPx]);
}

interface ShownSections {
  readonly sections: readonly LibrarySection[];
  /** What they were searched for; lags behind the typing when that is faster. */
  readonly search: string;
  readonly running: ReturnType<typeof runningEntries>;
}

/** Of what is found: who sees more types on. To lay out ten thousand at each key takes as long as to find them. */
const mostShown = 200;

/** The page is drawn by then, and nobody has begun to type. */
const prepareAfterMs = 400;

/** Each step is made anew only when what it is made of has changed: a key pressed costs one search. */
function useSections({ entries, entriesToCome, hosts }: LibraryView): ShownSections {
  const search = useDeferredValue(useLibrary((state) => state.search)).trim();
  const withHidden = useLibrary((state) => state.withHidden);
  const sessions = useSessions((state) => state.sessions);
  const gameStreamHosts = useHosts((state) => state.hosts);
  const byName = useMemo(() => entriesByName(entries, withHidden), [entries, withHidden]);
  const running = useMemo(() => runningEntries(entries, gameStreamHosts), [entries, gameStreamHosts]);
  const finder = useMemo(() => new LibrarySearch(byName, hosts), [byName, hosts]);
  useEffect(() => {
    const timer = setTimeout(() => finder.prepare(), prepareAfterMs);
    return () => clearTimeout(timer);
  }, [finder]);
  const isStart = entriesToCome !== undefined;
  const all = useMemo(() => librarySections(byName, { sessions, running }, isStart), [byName, sessions, running, isStart]);
  const found = useMemo<readonly LibrarySection[]>(() => {
    if (search === '') return [];
    const { entries: list, count } = finder.find(search, mostShown);
    return count === 0 ? [] : [{ key: 'found', title: words('found'), entries: list, count }];
  }, [finder, search]);
  return { sections: search === '' ? all : found, search, running };
}

function ConfigTroubles({ view }: { readonly view: LibraryView }): ReactNode {
  const { t } = useTranslation('library');
  if (view.troubles.length === 0) return null;
  return (
    <Banner tone="warn" icon={TriangleAlert} title={t('troubleTitle')}>
      {view.troubles.map((trouble) => (
        <p key={`${trouble.file}:${trouble.line ?? 0}:${trouble.message}`} className="selectable">
          <code>{trouble.line === null ? trouble.file : t('troubleLine', { file: trouble.file, line: trouble.line })}</code>: {trouble.message}{' '}
          {trouble.keptAs !== null && t('kept', { file: trouble.keptAs })}
        </p>
      ))}
    </Banner>
  );
}
