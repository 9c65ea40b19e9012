// The bar over the library that stays while it scrolls: search, what is hidden, and what can be added.
import { Download, Eye, EyeOff, MonitorUp, Plus, Server } from 'lucide-react';
import { memo, useState, type ReactNode } from 'react';
import { useTranslation } from 'react-i18next';
import { FocusGroup } from '../../navigation/FocusGroup';
import { setSearch, showHidden, useLibrary } from '../../stores/library';
import { openRoute } from '../../stores/route';
import { Button } from '../../ui/Button';
import { Menu } from '../../ui/Menu';
import { SearchField } from '../../ui/SearchField';

export const headKey = 'library-head';
export const searchKey = 'library-search';
const addKey = 'library-add';

interface LibraryHeadProps {
  readonly isEmpty: boolean;
  readonly hiddenCount: number;
}

export const LibraryHead = memo(function LibraryHead({ isEmpty, hiddenCount }: LibraryHeadProps): ReactNode {
  const { t } = useTranslation('library');
  const withHidden = useLibrary((state) => state.withHidden);
  return (
    <div className="library__bar">
      <FocusGroup as="header" className="page__head" focusKey={headKey} preferred={isEmpty ? addKey : searchKey}>
        <h1 className="page__title">{t('title')}</h1>
        {!isEmpty && <LibrarySearch />}
        {hiddenCount > 0 && (
          <Button
            look="quiet"
            label={withHidden ? t('hideHidden') : t('showHidden', { count: hiddenCount })}
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
  const { t } = useTranslation('library');
  const [isOpen, setOpen] = useState(false);
  return (
    <div className="library__add">
      <Button label={t('add')} icon={Plus} focusKey={addKey} onPress={() => setOpen(true)} />
      {isOpen && (
        <Menu
          label={t('addMenu')}
          opener={addKey}
          onClose={() => setOpen(false)}
          items={[
            { label: t('addHost'), icon: Server, onChoose: () => openRoute({ page: 'add-host' }) },
            { label: t('addEntry'), icon: MonitorUp, onChoose: () => openRoute({ page: 'entry-form', entryId: null }) },
            { label: t('import'), icon: Download, onChoose: () => openRoute({ page: 'import' }) },
          ]}
        />
      )}
    </div>
  );
}

function LibrarySearch(): ReactNode {
  const { t } = useTranslation('library');
  const search = useLibrary((state) => state.search);
  return <SearchField label={t('search')} value={search} onChange={setSearch} focusKey={searchKey} />;
}
