// What can be done with an entry, and how much it was used.
import { Eye, EyeOff, Gauge, Info, Pause, Pencil, Play, Server, SlidersHorizontal, Star, StarOff, Trash2, X } from 'lucide-react';
import type { ReactNode } from 'react';
import { useTranslation } from 'react-i18next';
import { isFormEntry } from '../../../electron/common/entry';
import type { LibraryEntry } from '../../../electron/common/library';
import type { SessionView } from '../../../electron/common/session';
import { wordsOf } from '../../language/language';
import { forgetLeft, useLeftSessions } from '../../stores/left-sessions';
import { removeEntry, setFavourite, setHidden } from '../../stores/library';
import { openRoute } from '../../stores/route';
import { launchEntry } from '../../stores/sessions';
import { formatAgo, formatPlayed } from '../../ui/format';
import { nameInSentence } from '../../ui/host-state';
import { Menu, type MenuItem } from '../../ui/Menu';
import { useNow } from '../../ui/use-now';

const words = wordsOf('library');

interface EntryMenuProps {
  readonly item: LibraryEntry;
  readonly session: SessionView | undefined;
  readonly opener: string;
  readonly onClose: () => void;
}

const nowEveryMs = 30_000;

export function EntryMenu({ item, session, opener, onClose }: EntryMenuProps): ReactNode {
  const { t } = useTranslation('library');
  const nowMs = useNow(nowEveryMs);
  const wasLeft = useLeftSessions(({ left }) => session === undefined && left.some(({ entryId }) => entryId === item.entry.id));
  return <Menu label={t('menu', { name: nameInSentence(item.entry.name) })} items={menuItems(item, session, wasLeft)} note={noteOf(item, nowMs)} opener={opener} onClose={onClose} />;
}

/** "12 h played. Last used 3 h ago." */
export function noteOf({ playedMs, lastUsedAtMs }: Pick<LibraryEntry, 'playedMs' | 'lastUsedAtMs'>, nowMs: number): string {
  if (lastUsedAtMs === null) return words('neverUsed');
  const used = words('lastUsed', { ago: formatAgo(lastUsedAtMs, nowMs) });
  return playedMs < 60_000 ? used : `${words('played', { time: formatPlayed(playedMs) })}. ${used}`;
}

function menuItems({ entry }: LibraryEntry, session: SessionView | undefined, wasLeft: boolean): MenuItem[] {
  const name = nameInSentence(entry.name);
  return [
    {
      label: session === undefined ? words('launch') : words('openSession'),
      icon: session === undefined ? Play : Gauge,
      onChoose: () => void launchEntry(entry.id),
    },
    { label: words('details'), icon: Info, onChoose: () => openRoute({ page: 'entry', entryId: entry.id }) },
    {
      label: entry.favourite ? words('dropFavourite') : words('makeFavourite'),
      icon: entry.favourite ? StarOff : Star,
      onChoose: () => void setFavourite(entry.id, !entry.favourite),
    },
    ...(entry.protocol === 'gamestream'
      ? [
          { label: words('streamSettings'), icon: SlidersHorizontal, onChoose: () => openRoute({ page: 'profile', entryId: entry.id }) },
          { label: words('whenBroken'), icon: Pause, onChoose: () => openRoute({ page: 'pause-form', entryId: entry.id }) },
        ]
      : []),
    { label: words('openHost'), icon: Server, onChoose: () => openRoute({ page: 'host', hostId: entry.host }) },
    ...(wasLeft ? [{ label: words('forgetLeft'), icon: X, onChoose: () => void forgetLeft(entry.id) }] : []),
    {
      label: entry.hidden ? words('unhide') : words('hide'),
      icon: entry.hidden ? Eye : EyeOff,
      onChoose: () => void setHidden(entry.id, name, !entry.hidden),
    },
    ...(isFormEntry(entry)
      ? [
          { label: words('edit'), icon: Pencil, onChoose: () => openRoute({ page: 'entry-form', entryId: entry.id }) },
          { label: words('remove'), icon: Trash2, danger: true, onChoose: () => void removeEntry(entry.id, name) },
        ]
      : []),
  ];
}
