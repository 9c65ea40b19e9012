// The host page: is it there, how far away, what runs on it, and how Athena reaches into it.
import { ArrowLeft } from 'lucide-react';
import type { ReactNode } from 'react';
import { useTranslation } from 'react-i18next';
import type { GameStreamHostView } from '../../../electron/common/gamestream';
import type { HostId } from '../../../electron/common/ids';
import type { LibraryView } from '../../../electron/common/library';
import { FocusGroup, FocusPage } from '../../navigation/FocusGroup';
import { useGameStreamHost, usePairing } from '../../stores/hosts';
import { hostById } from '../../stores/library';
import { openRoute } from '../../stores/route';
import { Button } from '../../ui/Button';
import { GameStreamCard } from './GameStreamCard';
import { GameStreamFacts } from './GameStreamFacts';
import { HostEntries } from './HostEntries';
import { HostHead } from './HostHead';
import { HostLatency } from './HostLatency';
import { SshAccessCard } from './SshAccessCard';

interface HostPageProps {
  readonly hostId: HostId;
  readonly view: LibraryView;
  /** The question about the host's SSH key, if one is open; another feature's part. */
  readonly keyQuestion: ReactNode;
  /** Pairing with a GameStream host; another feature's part. */
  readonly pairing: ReactNode;
}

export function HostPage({ hostId, view, keyQuestion, pairing }: HostPageProps): ReactNode {
  const { t } = useTranslation('host');
  const host = hostById(view, hostId);
  const gameStream = useGameStreamHost(hostId);
  const isPairing = usePairing(hostId)?.kind === 'waiting';
  if (host === undefined) {
    return (
      <FocusPage page={`host/${hostId}`} className="page">
        <div className="page__inner">
          <h1 className="page__title">{t('unknownTitle')}</h1>
          <div>
            <Button label={t('library')} icon={ArrowLeft} look="primary" onPress={() => openRoute({ page: 'library' })} />
          </div>
        </div>
      </FocusPage>
    );
  }
  return (
    <FocusPage page={`host/${hostId}`} preferred={isPairing ? 'pairing-cancel' : preferredOf(gameStream)} className="page">
      <div className="page__inner">
        <HostHead host={host} gameStream={gameStream} />
        {gameStream !== undefined && <GameStreamCard host={gameStream} name={host.record.name} />}
        {pairing}
        {keyQuestion}
        <HostLatency host={host} />
        <div className="host__lower">
          <HostEntries host={host} view={view} gameStream={gameStream} />
          <FocusGroup className="host__side">
            {gameStream !== undefined && <GameStreamFacts host={gameStream} record={host.record} view={view} />}
            <SshAccessCard host={host} />
          </FocusGroup>
        </div>
      </div>
    </FocusPage>
  );
}

/** What is most likely wanted: to pair, to wake, else to look anew. */
function preferredOf(gameStream: GameStreamHostView | undefined): string {
  if (gameStream === undefined) return 'host-check';
  if (gameStream.state === 'asleep' && gameStream.mac !== null) return 'host-wake';
  return gameStream.paired ? 'host-check' : 'pairing-begin';
}
