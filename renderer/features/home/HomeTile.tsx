// A tile of Home: an entry, or something on a host that is to be come back to.
import type { ReactNode } from 'react';
import type { HostId } from '../../../electron/common/ids';
import type { LibraryEntry, LibraryHost } from '../../../electron/common/library';
import { useFocusTarget } from '../../navigation/use-focus-target';
import { useHostRttWords } from '../../stores/latency';
import { EntryFace, MissingClient, ReachLine } from '../../ui/EntryFace';
import { formatMs } from '../../ui/format';

interface HomeTileProps {
  readonly focusKey: string;
  /** undefined: the library does not have it. */
  readonly item: LibraryEntry | undefined;
  readonly name: string;
  readonly hostId: HostId;
  readonly host: LibraryHost | undefined;
  /** A TileState, or nothing. */
  readonly state?: ReactNode;
  readonly onPress: () => unknown;
  readonly onMenu: (tile: HTMLElement) => void;
}

export function HomeTile({ focusKey, item, name, hostId, host, state = null, onPress, onMenu }: HomeTileProps): ReactNode {
  const target = useFocusTarget<HTMLButtonElement>(focusKey);
  const client = item?.client;
  return (
    <li className="home__tile">
      <button
        {...target}
        type="button"
        className="tile__face"
        onClick={() => void onPress()}
        onContextMenu={(event) => {
          event.preventDefault();
          onMenu(event.currentTarget);
        }}
      >
        <EntryFace
          name={name}
          protocol={item?.entry.protocol ?? null}
          artUrl={item?.artUrl ?? null}
          hostName={host?.record.name ?? hostId}
          state={state}
          reach={host !== undefined && <HostState hostId={hostId} reach={host.reach} />}
        />
        {client?.found === false && <MissingClient name={client.displayName} advice={client.advice} />}
      </button>
    </li>
  );
}

function HostState({ hostId, reach }: { readonly hostId: HostId; readonly reach: LibraryHost['reach'] }): ReactNode {
  return <ReachLine isShort reach={reach} rttMs={useHostRttWords(hostId, formatMs)} />;
}
