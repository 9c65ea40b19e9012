// The power page: wake a host, leave the couch, end Athena. What a sofa without a keyboard needs of a desk.
import { LoaderCircle, MonitorDown, Power, Sofa, Undo2 } from 'lucide-react';
import { useEffect, useState, type ReactNode } from 'react';
import { useTranslation } from 'react-i18next';
import type { GameStreamHostView } from '../../../electron/common/gamestream';
import type { LibraryView } from '../../../electron/common/library';
import { wordsOf } from '../../language/language';
import { FocusGroup, FocusPage } from '../../navigation/FocusGroup';
import { useCommand, useNavigation } from '../../navigation/navigation-context';
import { quitAthena, setCouch, useCouch } from '../../stores/couch';
import { useHosts, wakeHost } from '../../stores/hosts';
import { hostById } from '../../stores/library';
import { useSessions } from '../../stores/sessions';
import { Button } from '../../ui/Button';
import { Chip } from '../../ui/Chip';
import { hostLook, plainName } from '../../ui/host-state';

const words = wordsOf('power');

const quitKey = 'power-quit';
const couchKey = 'power-couch';

export function PowerPage({ view }: { readonly view: LibraryView }): ReactNode {
  const { t } = useTranslation('power');
  const hosts = useHosts((state) => state.hosts);
  return (
    <FocusPage page="power" preferred={couchKey} className="page">
      <div className="page__inner page__inner--narrow">
        <h1 className="page__title">{t('title')}</h1>
        <AthenaPower />
        <section className="card section" aria-label={t('hosts')}>
          <h2 className="section__title">{t('hosts')}</h2>
          {hosts.length === 0 && <p className="quiet">{t('noHosts')}</p>}
          {hosts.map((host) => (
            <HostPower key={host.hostId} host={host} name={plainName(hostById(view, host.hostId)?.record.name ?? host.hostId)} />
          ))}
        </section>
      </div>
    </FocusPage>
  );
}

function HostPower({ host: { hostId, state, mac }, name }: { readonly host: GameStreamHostView; readonly name: string }): ReactNode {
  const { t } = useTranslation('power');
  const { icon, text, tone } = hostLook(state);
  const unavailable = wakeUnavailable(state, mac);
  return (
    <div className="power__host">
      <span className="power__name">
        <span className="ellipsis" dir="auto">
          {name}
        </span>
        {unavailable === t('wakeNoMac') && <span className="field__hint">{unavailable}</span>}
      </span>
      <Chip icon={icon} text={text} tone={tone} turning={icon === LoaderCircle} plain />
      <Button focusKey={`power-wake:${hostId}`} label={t('wake')} icon={Power} unavailable={unavailable} onPress={() => wakeHost(hostId)} />
    </div>
  );
}

/** A host whose address is in doubt may well sleep: another one answers there. */
function wakeUnavailable(state: GameStreamHostView['state'], mac: string | null): string | undefined {
  if (state === 'online' || state === 'busy' || state === 'paused' || state === 'certificate-changed') return words('wakeAwake');
  return mac === null ? words('wakeNoMac') : undefined;
}

function AthenaPower(): ReactNode {
  const { t } = useTranslation('power');
  const { engine } = useNavigation();
  const isCouch = useCouch((state) => state.isCouch);
  const [isAsked, setAsked] = useState(false);
  const close = (): void => {
    setAsked(false);
    engine.focus(quitKey);
  };
  return (
    <section className="card section" aria-label={t('athena')}>
      <h2 className="section__title">{t('athena')}</h2>
      <FocusGroup className="hero__actions" preferred={couchKey}>
        <Button focusKey={couchKey} label={isCouch ? t('leave') : t('enter')} icon={isCouch ? MonitorDown : Sofa} onPress={() => setCouch(!isCouch)} />
        <Button focusKey={quitKey} label={t('quit')} icon={Power} onPress={() => setAsked(true)} />
      </FocusGroup>
      {isAsked && <QuitQuestion onClose={close} />}
    </section>
  );
}

function QuitQuestion({ onClose }: { readonly onClose: () => void }): ReactNode {
  const { t } = useTranslation('power');
  const { engine } = useNavigation();
  const streams = useSessions(({ sessions }) => sessions.filter(({ link }) => link.kind !== 'ended').length);
  useEffect(() => engine.focus('power-stay'), [engine]);
  useCommand('back', () => {
    onClose();
    return true;
  });
  return (
    <FocusGroup className="question question--wide" role="group" label={t('quitTitle')} focusKey="power-question">
      <h3 className="question__title">{t('quitTitle')}</h3>
      <p>
        {t('quitLead', { count: streams })} {t('quitWatch')}
      </p>
      <FocusGroup className="question__actions">
        <Button label={t('keep')} icon={Undo2} focusKey="power-stay" onPress={onClose} />
        <Button label={t('quitYes')} icon={Power} look="danger" focusKey="power-yes" onPress={quitAthena} />
      </FocusGroup>
    </FocusGroup>
  );
}
