// Pairing with a GameStream host, in place on its page: the offer, the digits while they wait, and how it ended.
import { CircleCheck, LayoutGrid, ShieldAlert, X } from 'lucide-react';
import { useState, type ReactNode } from 'react';
import { useTranslation } from 'react-i18next';
import type { GameStreamHostView } from '../../../electron/common/gamestream';
import type { HostId } from '../../../electron/common/ids';
import { assertNever, type Failure } from '../../../electron/common/result';
import { wordsOf } from '../../language/language';
import { FocusGroup } from '../../navigation/FocusGroup';
import { beginPairing, cancelPairing, useGameStreamHost, usePairing, type WebLogIn } from '../../stores/hosts';
import { hostById, useLibrary } from '../../stores/library';
import { openRoute } from '../../stores/route';
import { Button } from '../../ui/Button';
import { nameInSentence } from '../../ui/host-state';
import { StateDisc } from '../../ui/StateDisc';
import { webPageOf } from './host-fields';
import { pairingStage, type PairingStage } from './pairing-stage';
import { PairingOffer } from './PairingOffer';
import { PinWaiting, WebWaiting } from './PinWaiting';
import { useFocusFollows } from './use-focus-follows';

const words = wordsOf('hosts');

/** Nothing for hosts that are paired and stay so. */
export function PairingPanel({ hostId }: { readonly hostId: HostId }): ReactNode {
  const host = useGameStreamHost(hostId);
  const pairing = usePairing(hostId);
  const [watched, setWatched] = useState(false);
  const [refusal, setRefusal] = useState<Failure | null>(null);
  if (pairing?.kind === 'waiting' && !watched) setWatched(true);
  const stage: PairingStage = host === undefined ? { kind: 'none' } : pairingStage(host, pairing, watched, refusal);
  const { panel } = useFocusFollows(stage.kind, mainKeyOf(stage));

  const begin = async (web: WebLogIn | null): Promise<void> => {
    setRefusal(null);
    const begun = await beginPairing(hostId, web);
    if (!begun.ok) setRefusal(begun.failure);
  };

  if (host === undefined) return null;
  return (
    <div ref={panel} className="pairing-frame">
      <p className="only-spoken" role="status" data-voice="pairing">
        {spoken(stage, host)}
      </p>
      {stage.kind !== 'none' && (
        <FocusGroup as="section" className={host.state === 'certificate-changed' && stage.kind === 'offer' ? 'card pairing pairing--changed' : 'card pairing'} focusKey="pairing">
          <Stage stage={stage} host={host} onBegin={begin} onClose={() => setWatched(false)} />
        </FocusGroup>
      )}
    </div>
  );
}

interface StageProps {
  readonly stage: PairingStage;
  readonly host: GameStreamHostView;
  readonly onBegin: (web: WebLogIn | null) => Promise<void>;
  readonly onClose: () => void;
}

function Stage({ stage, host, onBegin, onClose }: StageProps): ReactNode {
  const { t } = useTranslation('hosts');
  const name = useLibrary(({ view }) => nameInSentence(hostById(view, host.hostId)?.record.name ?? ''));
  const page = pageOf(host);
  switch (stage.kind) {
    case 'none':
      return null;
    case 'offer':
      return (
        <>
          <OfferHead name={name} isChanged={host.state === 'certificate-changed'} />
          <PairingOffer failure={stage.failure} isAgain={host.state === 'certificate-changed'} onBegin={onBegin} />
        </>
      );
    case 'waiting':
      return <PinWaiting pin={stage.pin} page={page} onCancel={() => cancelPairing(host.hostId)} />;
    case 'web':
      return <WebWaiting page={page} onCancel={() => cancelPairing(host.hostId)} />;
    case 'paired':
      return (
        <div className="pairing__done" data-tone="good">
          <StateDisc icon={CircleCheck} isWorking={false} />
          <div className="pairing__words">
            <h2 className="pairing__title">{t('pairedTitle', { name })}</h2>
            <p className="quiet">{t('pairedApps', { count: stage.apps })}</p>
          </div>
          <Button label={t('openLibrary')} icon={LayoutGrid} look="primary" focusKey="pairing-library" onPress={() => openRoute({ page: 'library' })} />
          <Button label={t('close')} icon={X} look="quiet" onPress={onClose} />
        </div>
      );
    default:
      return assertNever(stage);
  }
}

function OfferHead({ name, isChanged }: { readonly name: string; readonly isChanged: boolean }): ReactNode {
  const { t } = useTranslation('hosts');
  return (
    <div className="pairing__head" data-tone={isChanged ? 'bad' : undefined}>
      {isChanged && <ShieldAlert size="1.5em" aria-hidden />}
      <div className="pairing__words">
        <h2 className="pairing__title">{isChanged ? t('changedTitle', { name }) : t('offerTitle', { name })}</h2>
        <p className="quiet">{isChanged ? t('changedLead') : t('offerLead')}</p>
      </div>
    </div>
  );
}

function pageOf({ addresses: [address = ''], httpPort }: GameStreamHostView): string {
  return webPageOf(address, httpPort);
}

/** The control that is meant to be pressed next. */
function mainKeyOf(stage: PairingStage): string {
  switch (stage.kind) {
    case 'none':
      return 'page';
    case 'offer':
      return 'pairing-begin';
    case 'waiting':
    case 'web':
      return 'pairing-cancel';
    case 'paired':
      return 'pairing-library';
    default:
      return assertNever(stage);
  }
}

function spoken(stage: PairingStage, host: GameStreamHostView): string {
  switch (stage.kind) {
    case 'none':
      return '';
    case 'offer':
      return stage.failure === null ? '' : `${stage.failure.message} ${stage.failure.advice}`;
    case 'waiting':
      return words('spokenPin', { digits: [...stage.pin].join(' '), page: pageOf(host) });
    case 'web':
      return words('webWaitingTitle');
    case 'paired':
      return words('pairedApps', { count: stage.apps });
    default:
      return assertNever(stage);
  }
}
