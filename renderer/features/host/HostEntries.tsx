// What the library has on this host; a long list goes on in the library, narrowed to the host.
import { LayoutGrid } from 'lucide-react';
import type { ReactNode } from 'react';
import { useTranslation } from 'react-i18next';
import { isFormEntry, portOf } from '../../../electron/common/entry';
import type { GameStreamHostView } from '../../../electron/common/gamestream';
import type { LibraryEntry, LibraryHost, LibraryView } from '../../../electron/common/library';
import { FocusGroup } from '../../navigation/FocusGroup';
import { useFocusTarget } from '../../navigation/use-focus-target';
import { setSearch } from '../../stores/library';
import { openRoute } from '../../stores/route';
import { launchEntry, sessionOfEntry, useSessions } from '../../stores/sessions';
import { Button } from '../../ui/Button';
import { Chip } from '../../ui/Chip';
import { EntryArt } from '../../ui/EntryArt';
import { hostLook, plainName } from '../../ui/host-state';
import { protocolNames } from '../../ui/protocol-names';
import { SessionChip } from '../../ui/SessionChip';

/** A host may have thousands of apps; this page is not the place to scroll through them. */
const mostRows = 12;

interface HostEntriesProps {
  readonly host: LibraryHost;
  readonly view: LibraryView;
  readonly gameStream: GameStreamHostView | undefined;
}

export function HostEntries({ host, view, gameStream }: HostEntriesProps): ReactNode {
  const { t } = useTranslation('host');
  const entries = view.entries.filter(({ entry }) => entry.host === host.record.id && !entry.hidden);
  const isOpen = ({ entry }: LibraryEntry): boolean => entry.app !== undefined && entry.app === gameStream?.runningApp;
  // What runs there comes first, however long the list is.
  const shown = [...entries.filter(isOpen), ...entries.filter((item) => !isOpen(item))].slice(0, mostRows);
  const openLibrary = (): void => {
    setSearch(host.record.name);
    openRoute({ page: 'library' });
  };
  return (
    <section className="card section" aria-label={t('entries')}>
      <h2 className="section__title">{t('entries')}</h2>
      {entries.length === 0 ? (
        <p className="faint">{t('noEntries')}</p>
      ) : (
        <FocusGroup as="ul" className="rows">
          {shown.map((item) => (
            <EntryRow key={item.entry.id} item={item} open={isOpen(item) ? gameStream : undefined} />
          ))}
        </FocusGroup>
      )}
      {entries.length > shown.length && (
        <div>
          <Button label={t('moreEntries', { more: entries.length - shown.length })} icon={LayoutGrid} look="quiet" size="small" focusKey="host-more-entries" onPress={openLibrary} />
        </div>
      )}
    </section>
  );
}

/** `open`: the host on which this entry's app runs right now. */
function EntryRow({ item, open }: { readonly item: LibraryEntry; readonly open: GameStreamHostView | undefined }): ReactNode {
  const { entry } = item;
  const target = useFocusTarget<HTMLButtonElement>(`row:${entry.id}`);
  const session = useSessions((state) => sessionOfEntry(state.sessions, entry.id));
  return (
    <li>
      <button {...target} type="button" className="row" onClick={() => void launchEntry(entry.id)}>
        <span className="row__art">
          <EntryArt name={entry.name} url={item.artUrl} />
        </span>
        <span className="row__text ellipsis" dir="auto">
          {plainName(entry.name)}
        </span>
        {session !== undefined && <SessionChip session={session} />}
        {session === undefined && open !== undefined && <RunningChip host={open} />}
        <span className="faint figures">
          {protocolNames[entry.protocol]} {isFormEntry(entry) ? portOf(entry) : ''}
        </span>
      </button>
    </li>
  );
}

function RunningChip({ host: { state } }: { readonly host: GameStreamHostView }): ReactNode {
  const { t } = useTranslation('host');
  if (state !== 'busy' && state !== 'paused') return null;
  const { icon, tone } = hostLook(state);
  return <Chip icon={icon} tone={tone} text={state === 'paused' ? t('pausedHere') : t('runningHere')} />;
}
