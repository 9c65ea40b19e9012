// The bar over the library that stays while it scrolls: search, what is hidden, and what can be added.
import { Eye, EyeOff, MonitorUp, Plus, Search, Server } from 'lucide-react';
import { memo, useState, type ReactNode } from 'react';
import { FocusGroup } from '../../navigation/FocusGroup';
import { useCommand, useNavigation } from '../../navigation/navigation-context';
import { useFocusTarget } from '../../navigation/use-focus-target';
import { setSearch, showHidden, useLibrary } from '../../stores/library';
import { openRoute } from '../../stores/route';
import { Button } from '../../ui/Button';
import { Menu } from '../../ui/Menu';
import { texts } from './texts';

export const headKey = 'library-head';
export const searchKey = 'library-search';
const addKey = 'library-add';

interface LibraryHeadProps {
  readonly isEmpty: boolean;
  readonly hiddenCount: number;
}

export const LibraryHead = memo(function LibraryHead({ isEmpty, hiddenCount }: LibraryHeadProps): ReactNode {
  const withHidden = useLibrary((state) => state.withHidden);
  return (
    <div className="library__bar">
      <FocusGroup as="header" className="page__head" focusKey={headKey} preferred={isEmpty ? addKey : searchKey}>
        <h1 className="page__title">{texts.title}</h1>
        {!isEmpty && <SearchField />}
        {hiddenCount > 0 && (
          <Button
            look="quiet"
            label={withHidden ? texts.hideHidden : texts.showHidden(hiddenCount)}
            icon={withHidden ? EyeOff : Eye}
            focusKey="library-hidden"
            onPress={() => showHidden(!withHidden)}
          />
        )}
        <AddMenu />
      </FocusGroup>
    </div>
  );
});

function AddMenu(): ReactNode {
  const [isOpen, setOpen] = useState(false);
  return (
    <div className="library__add">
      <Button label={texts.add} icon={Plus} focusKey={addKey} onPress={() => setOpen(true)} />
      {isOpen && (
        <Menu
          label={texts.addMenu}
          opener={addKey}
          onClose={() => setOpen(false)}
          items={[
            { label: texts.addHost, icon: Server, onChoose: () => openRoute({ page: 'add-host' }) },
            { label: texts.addEntry, icon: MonitorUp, onChoose: () => openRoute({ page: 'entry-form', entryId: null }) },
          ]}
        />
      )}
    </div>
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
