// One entry of the library: art, name, host, and what is going on with it.
import { Ellipsis, Gauge, Pencil, Play, Server, Star, StarOff, Trash2, TriangleAlert } from 'lucide-react';
import { useState, type ReactNode } from 'react';
import { isFormEntry } from '../../../electron/common/entry';
import type { LibraryEntry, LibraryHost } from '../../../electron/common/library';
import type { SessionView } from '../../../electron/common/session';
import { useCommand } from '../../navigation/navigation-context';
import { useFocusTarget } from '../../navigation/use-focus-target';
import { useHostSummary } from '../../stores/latency';
import { removeEntry, setFavourite } from '../../stores/library';
import { openRoute } from '../../stores/route';
import { launchEntry } from '../../stores/sessions';
import { Chip } from '../../ui/Chip';
import { EntryArt } from '../../ui/EntryArt';
import { formatMs } from '../../ui/format';
import { Menu, type MenuItem } from '../../ui/Menu';
import { reachLooks } from '../../ui/reach';
import { SessionChip } from '../../ui/SessionChip';
import { texts } from './texts';

interface EntryTileProps {
  readonly item: LibraryEntry;
  readonly host: LibraryHost | undefined;
  readonly session: SessionView | undefined;
  readonly focusKey: string;
}

export function EntryTile({ item, host, session, focusKey }: EntryTileProps): ReactNode {
  const { entry, client } = item;
  const target = useFocusTarget<HTMLButtonElement>(focusKey);
  const [isMenuOpen, setMenuOpen] = useState(false);
  const hasFocus = (): boolean => document.activeElement === target.ref.current;
  useCommand('options', () => {
    if (!hasFocus()) return false;
    setMenuOpen(true);
    return true;
  });
  useCommand('favourite', () => {
    if (!hasFocus()) return false;
    void setFavourite(entry.id, !entry.favourite);
    return true;
  });
  return (
    <li className="tile">
      <button
        {...target}
        type="button"
        className="tile__face"
        title={client.found ? undefined : client.advice}
        onClick={() => void launchEntry(entry.id)}
        onContextMenu={(event) => {
          event.preventDefault();
          setMenuOpen(true);
        }}
      >
        <span className="tile__art">
          <EntryArt name={entry.name} />
          <span className="tile__protocol">{texts.protocols[entry.protocol]}</span>
          {session !== undefined && (
            <span className="tile__state">
              <SessionChip session={session} />
            </span>
          )}
        </span>
        <span className="tile__name ellipsis" dir="auto">
          {entry.name}
        </span>
        <span className="tile__host">
          <span className="ellipsis" dir="auto">
            {host?.record.name ?? entry.host}
          </span>
          <HostState host={host} />
        </span>
        {!client.found && (
          <span className="tile__missing">
            <TriangleAlert size="1em" aria-hidden />
            <span>
              {texts.missing(client.displayName)}. {client.advice}
            </span>
          </span>
        )}
      </button>
      <TileCorner item={item} onMenu={() => setMenuOpen(true)} />
      {isMenuOpen && (
        <Menu label={texts.menu(entry.name)} items={menuItems(item, session)} opener={focusKey} onClose={() => setMenuOpen(false)} />
      )}
    </li>
  );
}

/** Star and menu for the pointer; keyboard and pad have keys for both. */
function TileCorner({ item, onMenu }: { readonly item: LibraryEntry; readonly onMenu: () => void }): ReactNode {
  const { entry } = item;
  const favouriteLabel = entry.favourite ? texts.dropFavourite : texts.makeFavourite;
  return (
    <div className="tile__corner">
      <button type="button" tabIndex={-1} className="tile__corner-button" aria-label={texts.options} title={texts.options} onClick={onMenu}>
        <Ellipsis size="1.05em" aria-hidden />
      </button>
      <button
        type="button"
        tabIndex={-1}
        className={entry.favourite ? 'tile__corner-button tile__corner-button--on' : 'tile__corner-button'}
        aria-label={favouriteLabel}
        aria-pressed={entry.favourite}
        title={favouriteLabel}
        onClick={() => void setFavourite(entry.id, !entry.favourite)}
      >
        <Star size="1.05em" aria-hidden fill={entry.favourite ? 'currentColor' : 'none'} />
      </button>
    </div>
  );
}

function HostState({ host }: { readonly host: LibraryHost | undefined }): ReactNode {
  const summary = useHostSummary((host?.record.id ?? '') as LibraryHost['record']['id']);
  if (host === undefined) return null;
  const look = reachLooks[host.reach];
  const rtt = host.reach === 'online' ? (summary?.p50Ms ?? null) : null;
  return (
    <span className="tile__reach figures">
      <Chip plain icon={look.icon} text={rtt === null ? look.text : `${look.text}, ${formatMs(rtt)} ms`} tone={look.tone} />
    </span>
  );
}

function menuItems({ entry }: LibraryEntry, session: SessionView | undefined): MenuItem[] {
  return [
    {
      label: session === undefined ? texts.launch : texts.openSession,
      icon: session === undefined ? Play : Gauge,
      onChoose: () => void launchEntry(entry.id),
    },
    {
      label: entry.favourite ? texts.dropFavourite : texts.makeFavourite,
      icon: entry.favourite ? StarOff : Star,
      onChoose: () => void setFavourite(entry.id, !entry.favourite),
    },
    { label: texts.openHost, icon: Server, onChoose: () => openRoute({ page: 'host', hostId: entry.host }) },
    ...(isFormEntry(entry)
      ? [
          { label: texts.edit, icon: Pencil, onChoose: () => openRoute({ page: 'entry-form', entryId: entry.id }) },
          { label: texts.remove, icon: Trash2, danger: true, onChoose: () => void removeEntry(entry.id, entry.name) },
        ]
      : []),
  ];
}
