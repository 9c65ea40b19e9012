// One entry of the library: art, name, host, and what is going on with it.
import { Ellipsis, EyeOff, Star } from 'lucide-react';
import { memo, useState, type CSSProperties, type ReactNode } from 'react';
import type { HostId } from '../../../electron/common/ids';
import type { LibraryEntry, LibraryHost } from '../../../electron/common/library';
import type { SessionView } from '../../../electron/common/session';
import { wordsOf } from '../../language/language';
import { useHostRttWords } from '../../stores/latency';
import { setFavourite } from '../../stores/library';
import type { RunningState } from '../../stores/running-entries';
import { launchEntry } from '../../stores/sessions';
import { Chip } from '../../ui/Chip';
import { EntryFace, MissingClient, ReachLine, RunningChip, TileState } from '../../ui/EntryFace';
import { formatMs } from '../../ui/format';
import { SessionChip } from '../../ui/SessionChip';
import { EntryMenu } from './EntryMenu';

// There is one on every tile, and a hook on each would be too many.
const words = wordsOf('library');

interface EntryTileProps {
  readonly item: LibraryEntry;
  readonly host: LibraryHost | undefined;
  readonly session: SessionView | undefined;
  /** Of its app on the host. */
  readonly running: RunningState | undefined;
  readonly focusKey: string;
  readonly leftPx: number;
  readonly topPx: number;
  readonly widthPx: number;
  readonly heightPx: number;
  readonly isMenuOpen: boolean;
  /** null closes it. */
  readonly onMenu: (focusKey: string | null) => void;
}

export const EntryTile = memo(function EntryTile(props: EntryTileProps): ReactNode {
  const { item, host, session, running, focusKey, isMenuOpen, onMenu } = props;
  const { entry, client } = item;
  /** Under the pointer or with the focus: only then its corner is worth drawing. */
  const [isPointed, setPointed] = useState(false);
  const [isFocused, setFocused] = useState(false);
  const isNear = isPointed || isFocused;
  const place: CSSProperties = { left: props.leftPx, top: props.topPx, width: props.widthPx, height: props.heightPx };
  return (
    <li
      className={isMenuOpen ? 'tile tile--open' : 'tile'}
      style={place}
      onPointerEnter={() => setPointed(true)}
      onPointerLeave={() => setPointed(false)}
      onFocus={() => setFocused(true)}
      onBlur={() => setFocused(false)}
    >
      <button
        data-focus-key={focusKey}
        type="button"
        className={entry.hidden ? 'tile__face tile__face--hidden' : 'tile__face'}
        title={client.found ? undefined : client.advice}
        onClick={() => void launchEntry(entry.id)}
        onContextMenu={(event) => {
          event.preventDefault();
          onMenu(focusKey);
        }}
      >
        <EntryFace
          name={entry.name}
          protocol={entry.protocol}
          artUrl={item.artUrl}
          hostName={host?.record.name ?? entry.host}
          state={<EntryState item={item} host={host} session={session} running={running} />}
          reach={host !== undefined && <HostState hostId={host.record.id} reach={host.reach} />}
        />
        {!client.found && <MissingClient name={client.displayName} advice={client.advice} />}
      </button>
      {(isNear || entry.favourite) && <TileCorner item={item} isNear={isNear} onMenu={() => onMenu(focusKey)} />}
      {isMenuOpen && <EntryMenu item={item} session={session} opener={focusKey} onClose={() => onMenu(null)} />}
    </li>
  );
});

/** Athena's own session tells more than the host, so it comes first. */
function EntryState({ item, host, session, running }: Pick<EntryTileProps, 'item' | 'host' | 'session' | 'running'>): ReactNode {
  if (session === undefined && running === undefined && !item.entry.hidden) return null;
  return (
    <TileState>
      {session !== undefined ? (
        <SessionChip session={session} />
      ) : running !== undefined ? (
        <RunningChip hostName={host?.record.name ?? item.entry.host} isPaused={running === 'paused'} />
      ) : (
        <Chip icon={EyeOff} text={words('hidden')} tone="neutral" />
      )}
    </TileState>
  );
}

/** Star and menu for the pointer; keyboard and pad have keys for both. */
function TileCorner({ item, isNear, onMenu }: { readonly item: LibraryEntry; readonly isNear: boolean; readonly onMenu: () => void }): ReactNode {
  const { entry } = item;
  const favouriteLabel = entry.favourite ? words('dropFavourite') : words('makeFavourite');
  return (
    <div className="tile__corner">
      {isNear && (
        <button type="button" tabIndex={-1} className="tile__corner-button" aria-label={words('options')} title={words('options')} onClick={onMenu}>
          <Ellipsis size="1.05em" aria-hidden />
        </button>
      )}
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

/** Drawn again only when its words change: there is one on every tile. */
function HostState({ hostId, reach }: { readonly hostId: HostId; readonly reach: LibraryHost['reach'] }): ReactNode {
  return <ReachLine reach={reach} rttMs={useHostRttWords(hostId, formatMs)} />;
}
