// The power page: wake a host, leave the couch, end Athena. What a sofa without a keyboard needs of a desk.
import { LoaderCircle, MonitorDown, Power, Sofa, Undo2 } from 'lucide-react';
import { useEffect, useState, type ReactNode } from 'react';
import type { GameStreamHostView } from '../../../electron/common/gamestream';
import type { LibraryView } from '../../../electron/common/library';
import { FocusGroup, FocusPage } from '../../navigation/FocusGroup';
import { useCommand, useNavigation } from '../../navigation/navigation-context';
import { quitAthena, setCouch, useCouch } from '../../stores/couch';
import { useHosts, wakeHost } from '../../stores/hosts';
import { hostById } from '../../stores/library';
import { useSessions } from '../../stores/sessions';
import { Button } from '../../ui/Button';
import { Chip } from '../../ui/Chip';
import { hostLook, plainName } from '../../ui/host-state';
import { texts } from './texts';

const quitKey = 'power-quit';
const couchKey = 'power-couch';

export function PowerPage({ view }: { readonly view: LibraryView }): ReactNode {
  const hosts = useHosts((state) => state.hosts);
  return (
    <FocusPage page="power" preferred={couchKey} className="page">
      <div className="page__inner page__inner--narrow">
        <h1 className="page__title">{texts.title}</h1>
        <AthenaPower />
        <section className="card section" aria-label={texts.hosts}>
          <h2 className="section__title">{texts.hosts}</h2>
          {hosts.length === 0 && <p className="quiet">{texts.noHosts}</p>}
          {hosts.map((host) => (
            <HostPower key={host.hostId} host={host} name={plainName(hostById(view, host.hostId)?.record.name ?? host.hostId)} />
          ))}
        </section>
      </div>
    </FocusPage>
  );
}

function HostPower({ host: { hostId, state, mac }, name }: { readonly host: GameStreamHostView; readonly name: string }): ReactNode {
  const { icon, text, tone } = hostLook(state);
  const unavailable = wakeUnavailable(state, mac);
  return (
    <div className="power__host">
      <span className="power__name">
        <span className="ellipsis" dir="auto">
          {name}
        </span>
        {unavailable === texts.wakeNoMac && <span className="field__hint">{unavailable}</span>}
      </span>
      <Chip icon={icon} text={text} tone={tone} turning={icon === LoaderCircle} plain />
      <Button focusKey={`power-wake:${hostId}`} label={texts.wake} icon={Power} unavailable={unavailable} onPress={() => wakeHost(hostId)} />
    </div>
  );
}

/** A host whose address is in doubt may well sleep: another one answers there. */
function wakeUnavailable(state: GameStreamHostView['state'], mac: string | null): string | undefined {
  if (state === 'online' || state === 'busy' || state === 'paused' || state === 'certificate-changed') return texts.wakeAwake;
  return mac === null ? texts.wakeNoMac : undefined;
}

function AthenaPower(): ReactNode {
  const { engine } = useNavigation();
  const isCouch = useCouch((state) => state.isCouch);
  const [isAsked, setAsked] = useState(false);
  const close = (): void => {
    setAsked(false);
    engine.focus(quitKey);
  };
  return (
    <section className="card section" aria-label={texts.athena}>
      <h2 className="section__title">{texts.athena}</h2>
      <FocusGroup className="hero__actions" preferred={couchKey}>
        <Button focusKey={couchKey} label={isCouch ? texts.leave : texts.enter} icon={isCouch ? MonitorDown : Sofa} onPress={() => setCouch(!isCouch)} />
        <Button focusKey={quitKey} label={texts.quit} icon={Power} onPress={() => setAsked(true)} />
      </FocusGroup>
      {isAsked && <QuitQuestion onClose={close} />}
    </section>
  );
}

function QuitQuestion({ onClose }: { readonly onClose: () => void }): ReactNode {
  const { engine } = useNavigation();
  const streams = useSessions(({ sessions }) => sessions.filter(({ link }) => link.kind !== 'ended').length);
  useEffect(() => engine.focus('power-stay'), [engine]);
  useCommand('back', () => {
    onClose();
    return true;
  });
  return (
    <FocusGroup className="question question--wide" role="group" label={texts.quitTitle} focusKey="power-question">
      <h3 className="question__title">{texts.quitTitle}</h3>
      <p>
        {texts.quitLead(streams)} {texts.quitWatch}
      </p>
      <FocusGroup className="question__actions">
        <Button label={texts.keep} icon={Undo2} focusKey="power-stay" onPress={onClose} />
        <Button label={texts.quitYes} icon={Power} look="danger" focusKey="power-yes" onPress={quitAthena} />
      </FocusGroup>
    </FocusGroup>
  );
}
