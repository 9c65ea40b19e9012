// One entry of the library: art, name, host, and what is going on with it.
import { CirclePause, Ellipsis, EyeOff, MonitorPlay, Star, TriangleAlert } from 'lucide-react';
import { memo, useState, type CSSProperties, type ReactNode } from 'react';
import type { HostId } from '../../../electron/common/ids';
import type { LibraryEntry, LibraryHost } from '../../../electron/common/library';
import type { SessionView } from '../../../electron/common/session';
import { useHostRttWords } from '../../stores/latency';
import { setFavourite } from '../../stores/library';
import { launchEntry } from '../../stores/sessions';
import { Chip } from '../../ui/Chip';
import { EntryArt } from '../../ui/EntryArt';
import { formatMs } from '../../ui/format';
import { plainName } from '../../ui/host-state';
import { reachLooks } from '../../ui/reach';
import { SessionChip } from '../../ui/SessionChip';
import { EntryMenu } from './EntryMenu';
import type { RunningState } from './library-sections';
import { texts } from './texts';

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
        <span className="tile__art">
          <EntryArt name={entry.name} url={item.artUrl} />
          <span className="tile__protocol">{texts.protocols[entry.protocol]}</span>
          <TileState item={item} host={host} session={session} running={running} />
        </span>
        <span className="tile__name ellipsis" dir="auto">
          {plainName(entry.name)}
        </span>
        <span className="tile__host">
          <span className="ellipsis" dir="auto">
            {host === undefined ? entry.host : plainName(host.record.name)}
          </span>
          {host !== undefined && <HostState hostId={host.record.id} reach={host.reach} />}
        </span>
        {!client.found && (
          <span className="tile__missing">
            <TriangleAlert size="1em" aria-hidden />
            <span className="tile__missing-text">
              {texts.missing(client.displayName)}. {client.advice}
            </span>
          </span>
        )}
      </button>
      {(isNear || entry.favourite) && <TileCorner item={item} isNear={isNear} onMenu={() => onMenu(focusKey)} />}
      {isMenuOpen && <EntryMenu item={item} session={session} opener={focusKey} onClose={() => onMenu(null)} />}
    </li>
  );
});

/** Athena's own session tells more than the host, so it comes first. */
function TileState({ item, host, session, running }: Pick<EntryTileProps, 'item' | 'host' | 'session' | 'running'>): ReactNode {
  if (session !== undefined) {
    return (
      <span className="tile__state">
        <SessionChip session={session} />
      </span>
    );
  }
  if (running !== undefined) {
    const isPaused = running === 'paused';
    const Icon = isPaused ? CirclePause : MonitorPlay;
    return (
      <span className="tile__state">
        <span className="chip" title={texts.runningNow(plainName(host?.record.name ?? item.entry.host)) + (isPaused ? texts.andPaused : '')} data-tone={isPaused ? 'hold' : 'good'}>
          <Icon size="1.05em" aria-hidden />
          <span className="tile__running">
            <bdi className="chip__text">{texts.runningNow(plainName(host?.record.name ?? item.entry.host))}</bdi>
            {isPaused && <span className="tile__state-end">{texts.andPaused}</span>}
          </span>
        </span>
      </span>
    );
  }
  if (!item.entry.hidden) return null;
  return (
    <span className="tile__state">
      <Chip icon={EyeOff} text={texts.hidden} tone="neutral" />
    </span>
  );
}

/** Star and menu for the pointer; keyboard and pad have keys for both. */
function TileCorner({ item, isNear, onMenu }: { readonly item: LibraryEntry; readonly isNear: boolean; readonly onMenu: () => void }): ReactNode {
  const { entry } = item;
  const favouriteLabel = entry.favourite ? texts.dropFavourite : texts.makeFavourite;
  return (
    <div className="tile__corner">
      {isNear && (
        <button type="button" tabIndex={-1} className="tile__corner-button" aria-label={texts.options} title={texts.options} onClick={onMenu}>
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

/** One element, its icon in the style sheet: there is one on every tile. */
function HostState({ hostId, reach }: { readonly hostId: HostId; readonly reach: LibraryHost['reach'] }): ReactNode {
  const rtt = useHostRttWords(hostId, formatMs);
  const look = reachLooks[reach];
  return (
    <span className="tile__reach figures" data-reach={reach} data-tone={look.tone}>
      {rtt === null || reach !== 'online' ? look.text : `${look.text}, ${rtt} ms`}
    </span>
  );
}
