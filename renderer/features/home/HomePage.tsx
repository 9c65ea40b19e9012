// Home, where the couch begins: what to come back to, favourites, what was used last, and the hosts.
import { History } from 'lucide-react';
import { useMemo, useState, type ReactNode } from 'react';
import { useTranslation } from 'react-i18next';
import type { LibraryEntry, LibraryView } from '../../../electron/common/library';
import { FocusPage } from '../../navigation/FocusGroup';
import { useCommand } from '../../navigation/navigation-context';
import { useHosts } from '../../stores/hosts';
import { comeBack, useLeftSessions } from '../../stores/left-sessions';
import { hostById, setFavourite } from '../../stores/library';
import { openRoute } from '../../stores/route';
import { launchEntry, useSessions } from '../../stores/sessions';
import { Chip } from '../../ui/Chip';
import { RunningChip, TileState } from '../../ui/EntryFace';
import { SessionChip } from '../../ui/SessionChip';
import { continuedKey, homeRows, type Continued } from './home-rows';
import { HomeRow } from './HomeRow';
import { HomeTile } from './HomeTile';
import { AddHostTile, HostTile } from './HostTile';
import { placeMenu, type OpenMenu } from './menu-place';

interface HomePageProps {
  readonly view: LibraryView;
  /** What can be done with an entry; another feature's part. */
  readonly menu: (open: OpenMenu, onClose: () => void) => ReactNode;
  /** What is shown while there is nothing here; another feature's part, whose focus group goes by this key. */
  readonly firstRun: (focusKey: string) => ReactNode;
}

export function HomePage({ view, menu, firstRun }: HomePageProps): ReactNode {
  const { t } = useTranslation('home');
  const { entries, hosts: libraryHosts } = view;
  const sessions = useSessions((state) => state.sessions);
  const left = useLeftSessions((state) => state.left);
  const hosts = useHosts((state) => state.hosts);
  const rows = useMemo(() => homeRows({ entries, sessions, left, hosts }), [entries, sessions, left, hosts]);
  const [open, setOpen] = useState<OpenMenu | null>(null);
  const isEmpty = entries.length === 0 && libraryHosts.length === 0 && rows.continued.length === 0;
  const onMenu = (item: LibraryEntry | undefined, focusKey: string, tile: HTMLElement): void => {
    if (item !== undefined) setOpen({ item, opener: focusKey, ...placeMenu(tile) });
  };
  const itemByKey = new Map<string, LibraryEntry>();
  for (const one of rows.continued) if (one.item !== undefined) itemByKey.set(continuedKey(one), one.item);
  for (const key of entryRows) for (const item of rows[key]) itemByKey.set(`${key}:${item.entry.id}`, item);
  const withFocused = (act: (item: LibraryEntry, focusKey: string, tile: HTMLElement) => void): boolean => {
    const tile = document.activeElement;
    const key = tile instanceof HTMLElement ? tile.dataset['focusKey'] : undefined;
    const item = key === undefined ? undefined : itemByKey.get(key);
    if (key === undefined || item === undefined) return false;
    act(item, key, tile as HTMLElement);
    return true;
  };
  useCommand('options', () => withFocused(onMenu));
  useCommand('favourite', () => withFocused(({ entry }) => void setFavourite(entry.id, !entry.favourite)));

  return (
    <FocusPage page="home" preferred={preferredOf(rows, isEmpty)} className="page page--home">
      <div className="page__inner home">
        <h1 className="only-spoken">{t('title')}</h1>
        {isEmpty && firstRun('home-empty')}
        {rows.continued.length > 0 && (
          <HomeRow title={t('continueRow')} focusKey="home-continue" size="large">
            {rows.continued.map((one) => (
              <ContinueTile key={continuedKey(one)} one={one} view={view} onMenu={(tile) => onMenu(one.item, continuedKey(one), tile)} />
            ))}
          </HomeRow>
        )}
        {entryRows.map(
          (key) =>
            rows[key].length > 0 && (
              <HomeRow key={key} title={t(key)} focusKey={`home-${key}`} size="middle">
                {rows[key].map((item) => (
                  <HomeTile
                    key={item.entry.id}
                    focusKey={`${key}:${item.entry.id}`}
                    item={item}
                    name={item.entry.name}
                    hostId={item.entry.host}
                    host={hostById(view, item.entry.host)}
                    onPress={() => launchEntry(item.entry.id)}
                    onMenu={(tile) => onMenu(item, `${key}:${item.entry.id}`, tile)}
                  />
                ))}
              </HomeRow>
            ),
        )}
        {!isEmpty && (
          <HomeRow title={t('hosts')} focusKey="home-hosts" size="small">
            {libraryHosts.map((host) => (
              <HostTile key={host.record.id} host={host} />
            ))}
            <AddHostTile />
          </HomeRow>
        )}
      </div>
      {open !== null && (
        <div className="home__menu" style={{ left: open.leftPx, top: open.topPx }}>
          {menu(open, () => setOpen(null))}
        </div>
      )}
    </FocusPage>
  );
}

const entryRows = ['favourites', 'recent', 'others'] as const;

/** The first row that is there. */
function preferredOf(rows: ReturnType<typeof homeRows>, isEmpty: boolean): string {
  if (isEmpty) return 'home-empty';
  if (rows.continued.length > 0) return 'home-continue';
  const key = entryRows.find((each) => rows[each].length > 0);
  return key === undefined ? 'home-hosts' : `home-${key}`;
}

interface ContinueTileProps {
  readonly one: Continued;
  readonly view: LibraryView;
  readonly onMenu: (tile: HTMLElement) => void;
}

function ContinueTile({ one, view, onMenu }: ContinueTileProps): ReactNode {
  const { t } = useTranslation('home');
  const common = { focusKey: continuedKey(one), item: one.item, onMenu };
  switch (one.kind) {
    case 'session': {
      const { session } = one;
      const host = hostById(view, session.hostId);
      return (
        <HomeTile {...common} name={session.name} hostId={session.hostId} host={host} state={<TileState><SessionChip session={session} /></TileState>} onPress={() => launchEntry(session.entryId)} />
      );
    }
    case 'left': {
      const { entryId, hostId, name } = one.left;
      const chip = <Chip icon={History} text={t('left')} tone="hold" />;
      return <HomeTile {...common} name={name} hostId={hostId} host={hostById(view, hostId)} state={<TileState>{chip}</TileState>} onPress={() => comeBack(entryId)} />;
    }
    case 'app': {
      const { host: there, app, item } = one;
      const host = hostById(view, there.hostId);
      const chip = <RunningChip hostName={null} isPaused={there.state === 'paused'} />;
      const press = (): unknown => (item === undefined ? openRoute({ page: 'host', hostId: there.hostId }) : launchEntry(item.entry.id));
      return <HomeTile {...common} name={item?.entry.name ?? app} hostId={there.hostId} host={host} state={<TileState>{chip}</TileState>} onPress={press} />;
    }
  }
}
