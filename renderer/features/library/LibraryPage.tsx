// The library: what can be launched, what runs, and what was used last.
import { FlaskConical, Plus, Search, TriangleAlert } from 'lucide-react';
import { useDeferredValue, type ReactNode } from 'react';
import type { LibraryView } from '../../../electron/common/library';
import { FocusGroup, FocusPage } from '../../navigation/FocusGroup';
import { useCommand, useNavigation } from '../../navigation/navigation-context';
import { useFocusTarget } from '../../navigation/use-focus-target';
import { hostById, setSearch, useLibrary } from '../../stores/library';
import { openRoute } from '../../stores/route';
import { sessionOfEntry, useSessions } from '../../stores/sessions';
import { Banner } from '../../ui/Banner';
import { Button } from '../../ui/Button';
import { OwlMark } from '../../ui/OwlMark';
import { EntryTile } from './EntryTile';
import { librarySections, type LibrarySection } from './library-sections';
import { texts } from './texts';

const searchKey = 'library-search';

export function LibraryPage({ view }: { readonly view: LibraryView }): ReactNode {
  const search = useDeferredValue(useLibrary((state) => state.search));
  const sessions = useSessions((state) => state.sessions);
  const sections = librarySections(view, sessions, search);
  const first = sections[0];
  const firstEntry = first?.entries[0]?.entry;
  const isEmpty = view.entries.length === 0;
  const preferred = first === undefined || firstEntry === undefined ? (isEmpty ? 'library-add-first' : searchKey) : `${first.key}:${firstEntry.id}`;
  return (
    <FocusPage page="library" preferred="library-content" className="page">
      <div className="page__inner">
        <FocusGroup as="header" className="page__head" focusKey="library-head" preferred={searchKey}>
          <h1 className="page__title">{texts.title}</h1>
          {!isEmpty && <SearchField />}
          <Button label={texts.add} icon={Plus} onPress={() => openRoute({ page: 'entry-form', entryId: null })} focusKey="library-add" />
        </FocusGroup>
        <ConfigTroubles view={view} />
        {isEmpty ? (
          <EmptyLibrary />
        ) : sections.every(({ entries }) => entries.length === 0) ? (
          <p className="page__lead">{texts.nothingFound(search)}</p>
        ) : (
          <FocusGroup className="library" focusKey="library-content" preferred={preferred}>
            {sections.map((section) => (
              <Section key={section.key} section={section} view={view} />
            ))}
          </FocusGroup>
        )}
      </div>
    </FocusPage>
  );
}

function Section({ section, view }: { readonly section: LibrarySection; readonly view: LibraryView }): ReactNode {
  const sessions = useSessions((state) => state.sessions);
  return (
    <section className="section" aria-label={section.title}>
      <div className="section__head">
        <h2 className="section__title">{section.title}</h2>
        <span className="section__note figures">{section.entries.length}</span>
      </div>
      <ul className="tiles">
        {section.entries.map((item) => (
          <EntryTile
            key={item.entry.id}
            item={item}
            host={hostById(view, item.entry.host)}
            session={sessionOfEntry(sessions, item.entry.id)}
            focusKey={`${section.key}:${item.entry.id}`}
          />
        ))}
      </ul>
    </section>
  );
}

function SearchField(): ReactNode {
  const { engine } = useNavigation();
  const search = useLibrary((state) => state.search);
  const target = useFocusTarget<HTMLInputElement>(searchKey);
  useCommand('search', () => {
    engine.focus(searchKey);
    return true;
  });
  useCommand('back', () => {
    if (search === '') return false;
    setSearch('');
    return true;
  });
  return (
    <label className="search">
      <Search size="1.1em" aria-hidden />
      <input
        {...target}
        type="search"
        className="search__box"
        value={search}
        placeholder={texts.search}
        aria-label={texts.search}
        spellCheck={false}
        onChange={(event) => setSearch(event.target.value)}
      />
      {search === '' && (
        <kbd className="keycap" aria-hidden>
          /
        </kbd>
      )}
    </label>
  );
}

function ConfigTroubles({ view }: { readonly view: LibraryView }): ReactNode {
  if (view.troubles.length === 0) return null;
  return (
    <Banner tone="warn" icon={TriangleAlert} title={texts.troubleTitle}>
      {view.troubles.map((trouble) => (
        <p key={`${trouble.file}:${trouble.line ?? 0}:${trouble.message}`} className="selectable">
          <code>{texts.troubleLine(trouble.file, trouble.line)}</code>: {trouble.message}{' '}
          {trouble.keptAs !== null && texts.kept(trouble.keptAs)}
        </p>
      ))}
    </Banner>
  );
}

function EmptyLibrary(): ReactNode {
  return (
    <FocusGroup className="empty" focusKey="library-content" preferred="library-add-first">
      <OwlMark state="idle" size="5.5rem" />
      <h2 className="empty__title">{texts.emptyTitle}</h2>
      <p className="page__lead">{texts.emptyLead}</p>
      <div className="empty__actions">
        <Button
          label={texts.emptyAdd}
          icon={Plus}
          look="primary"
          focusKey="library-add-first"
          onPress={() => openRoute({ page: 'entry-form', entryId: null })}
        />
        <Button label={texts.emptyPractice} icon={FlaskConical} onPress={() => openRoute({ page: 'practice' })} />
      </div>
    </FocusGroup>
  );
}
