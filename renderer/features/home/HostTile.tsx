// A host on Home: its name, whether it is there, what it does, and how far away it is. And the tile that adds another one.
import { LoaderCircle, Plus, type LucideIcon } from 'lucide-react';
import type { ReactNode } from 'react';
import { useTranslation } from 'react-i18next';
import type { GameStreamHostView } from '../../../electron/common/gamestream';
import type { LibraryHost } from '../../../electron/common/library';
import { wordsOf } from '../../language/language';
import { useFocusTarget } from '../../navigation/use-focus-target';
import { useGameStreamHost, useHosts } from '../../stores/hosts';
import { useHostRttWords } from '../../stores/latency';
import { openRoute, type Route } from '../../stores/route';
import { formatMs } from '../../ui/format';
import { hostLook, nameInSentence, plainName } from '../../ui/host-state';
import { reachLook } from '../../ui/reach';
import type { Tone } from '../../ui/tone';

const words = wordsOf('home');

export function HostTile({ host: { record, reach } }: { readonly host: LibraryHost }): ReactNode {
  const gameStream = useGameStreamHost(record.id);
  const rtt = useHostRttWords(record.id, formatMs);
  const look = gameStream === undefined ? reachLook(reach) : hostLook(gameStream.state);
  return (
    <PlainTile
      focusKey={`host:${record.id}`}
      route={{ page: 'host', hostId: record.id }}
      icon={look.icon}
      tone={look.tone}
      name={plainName(record.name)}
      state={gameStream === undefined ? look.text : stateWords(gameStream, look.text)}
      // The last answer of a host that is silent now says nothing.
      note={reach === 'online' && rtt !== null ? `${rtt} ms` : ''}
    />
  );
}

/** The app first: it is what people look for. */
function stateWords({ state, runningApp, paired }: GameStreamHostView, usual: string): string {
  const app = runningApp === null ? words('someApp') : nameInSentence(runningApp);
  if (state === 'busy') return words('runningThere', { app });
  if (state === 'paused') return words('pausedThere', { app });
  return state === 'online' && !paired ? words('notPaired') : usual;
}

export function AddHostTile(): ReactNode {
  const { t } = useTranslation('home');
  const found = useHosts((state) => state.found.length);
  return <PlainTile focusKey="host:add" route={{ page: 'add-host' }} icon={Plus} tone="accent" name={t('addHost')} state={found === 0 ? t('noneFound') : t('found', { count: found })} note="" />;
}

interface PlainTileProps {
  readonly focusKey: string;
  readonly route: Route;
  readonly icon: LucideIcon;
  readonly tone: Tone;
  readonly name: string;
  readonly state: string;
  readonly note: string;
}

function PlainTile({ focusKey, route, icon: Icon, tone, name, state, note }: PlainTileProps): ReactNode {
  const target = useFocusTarget<HTMLButtonElement>(focusKey);
  return (
    <li className="home__tile">
      <button {...target} type="button" className="tile__face host-tile" data-tone={tone} onClick={() => openRoute(route)}>
        <span className="host-tile__head">
          <span className="host-tile__icon">
            <Icon size="1.25em" aria-hidden className={Icon === LoaderCircle ? 'turning' : undefined} />
          </span>
          <span className="host-tile__name ellipsis" dir="auto">
            {name}
          </span>
          <span className="host-tile__note figures">{note}</span>
        </span>
        <bdi className="host-tile__state ellipsis">{state}</bdi>
      </button>
    </li>
  );
}
