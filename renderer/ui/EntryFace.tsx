// What a tile of an entry shows, in the library and on Home: art, name, host, and what goes on.
import { CirclePause, MonitorPlay, TriangleAlert } from 'lucide-react';
import type { ReactNode } from 'react';
import type { Protocol } from '../../electron/common/entry';
import type { HostReach } from '../../electron/common/host';
import { wordsOf } from '../language/language';
import { EntryArt } from './EntryArt';
import { plainName } from './host-state';
import { protocolNames } from './protocol-names';
import { reachLook } from './reach';

const words = wordsOf('ui');

interface EntryFaceProps {
  readonly name: string;
  /** null: not known. */
  readonly protocol: Protocol | null;
  readonly artUrl: string | null;
  readonly hostName: string;
  /** A TileState over the art, or nothing. */
  readonly state: ReactNode;
  /** Beside the host's name. */
  readonly reach: ReactNode;
}

export function EntryFace({ name, protocol, artUrl, hostName, state, reach }: EntryFaceProps): ReactNode {
  return (
    <>
      <span className="tile__art">
        <EntryArt name={name} url={artUrl} />
        {protocol !== null && <span className="tile__protocol">{protocolNames[protocol]}</span>}
        {state}
      </span>
      <span className="tile__name ellipsis" dir="auto">
        {plainName(name)}
      </span>
      <span className="tile__host">
        <span className="ellipsis" dir="auto">
          {plainName(hostName)}
        </span>
        {reach}
      </span>
    </>
  );
}

/** Where a chip stands over the art. */
export function TileState({ children }: { readonly children: ReactNode }): ReactNode {
  return <span className="tile__state">{children}</span>;
}

/** The app runs on its host, whoever looks at it. @param hostName null where it is to be read beside the chip */
export function RunningChip({ hostName, isPaused }: { readonly hostName: string | null; readonly isPaused: boolean }): ReactNode {
  const Icon = isPaused ? CirclePause : MonitorPlay;
  const sentence = hostName === null ? words('entry.open') : words('entry.runningNow', { host: plainName(hostName) });
  return (
    <span className="chip" title={sentence + (isPaused ? words('entry.andPaused') : '')} data-tone={isPaused ? 'hold' : 'good'}>
      <Icon size="1.05em" aria-hidden />
      <span className="tile__running">
        <bdi className="chip__text">{sentence}</bdi>
        {isPaused && <span className="tile__state-end">{words('entry.andPaused')}</span>}
      </span>
    </span>
  );
}

interface ReachLineProps {
  readonly reach: HostReach;
  /** In words. */
  readonly rttMs: string | null;
  /** Where there is room for one of the two: an answer's time says that it is online. */
  readonly isShort?: boolean;
}

/** One element, its icon in the style sheet: there is one on every tile. */
export function ReachLine({ reach, rttMs, isShort = false }: ReachLineProps): ReactNode {
  const look = reachLook(reach);
  const time = rttMs === null || reach !== 'online' ? null : `${rttMs} ms`;
  return (
    <span className="tile__reach figures" data-reach={reach} data-tone={look.tone}>
      {time === null ? look.text : isShort ? time : `${look.text}, ${time}`}
    </span>
  );
}

export function MissingClient({ name, advice }: { readonly name: string; readonly advice: string }): ReactNode {
  return (
    <span className="tile__missing">
      <TriangleAlert size="1em" aria-hidden />
      <span className="tile__missing-text">
        {words('entry.missing', { client: name })}. {advice}
      </span>
    </span>
  );
}
