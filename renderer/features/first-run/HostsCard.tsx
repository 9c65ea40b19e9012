// The hosts that announce themselves, and those that are known but not paired yet: each one press from its pairing.
import { KeyRound, LoaderCircle, Plus, Radar, Server } from 'lucide-react';
import { useState, type ReactNode } from 'react';
import { useTranslation } from 'react-i18next';
import type { FoundHost } from '../../../electron/common/gamestream';
import type { HostId } from '../../../electron/common/ids';
import type { Failure } from '../../../electron/common/result';
import { useFocusTarget } from '../../navigation/use-focus-target';
import { addFoundHost, useHosts } from '../../stores/hosts';
import { hostById, useLibrary } from '../../stores/library';
import { openRoute, routeKey, useRoute } from '../../stores/route';
import { Button } from '../../ui/Button';
import { FailureNote } from '../../ui/FailureNote';
import { plainName } from '../../ui/host-state';

export const addHostKey = 'first-add-host';

/** As many as stand beside the other cards; the rest is on the page for adding. */
const mostShown = 4;

export function foundKey({ addresses, httpPort }: FoundHost): string {
  return `first-found:${addresses[0] ?? ''}:${httpPort}`;
}

export function HostsCard(): ReactNode {
  const { t } = useTranslation('firstRun');
  const found = useHosts((state) => state.found);
  const hosts = useHosts((state) => state.hosts);
  const unpaired = hosts.filter(({ paired }) => !paired);
  const count = found.length + unpaired.length;
  const shownFound = found.slice(0, mostShown);
  const shownUnpaired = unpaired.slice(0, mostShown - shownFound.length);
  const hiddenCount = count - shownFound.length - shownUnpaired.length;
  return (
    <section className="card first-run__card" aria-label={t('hosts')}>
      <h3 className="section__title add-host__found-title">
        {t('hosts')}
        <Radar size="1.1em" aria-hidden />
      </h3>
      {count === 0 ? (
        <p className="quiet">{t('looking')}</p>
      ) : (
        <ul className="rows first-run__rows">
          {shownFound.map((host) => (
            <FoundRow key={foundKey(host)} host={host} />
          ))}
          {shownUnpaired.map(({ hostId, addresses }) => (
            <UnpairedRow key={hostId} hostId={hostId} address={addresses[0] ?? ''} />
          ))}
        </ul>
      )}
      {hiddenCount > 0 && <p className="faint">{t('more', { count: hiddenCount })}</p>}
      <div className="first-run__actions">
        <Button label={t('addHost')} icon={Plus} focusKey={addHostKey} onPress={() => openRoute({ page: 'add-host' })} />
      </div>
    </section>
  );
}

function FoundRow({ host }: { readonly host: FoundHost }): ReactNode {
  const [isBusy, setBusy] = useState(false);
  const [failure, setFailure] = useState<Failure | null>(null);
  const pair = async (): Promise<void> => {
    if (isBusy) return;
    const from = routeKey(useRoute.getState().route);
    setBusy(true);
    setFailure(null);
    const added = await addFoundHost(host);
    setBusy(false);
    if (!added.ok) setFailure(added.failure);
    // Who has left meanwhile stays where they are.
    else if (routeKey(useRoute.getState().route) === from) openRoute({ page: 'host', hostId: added.value });
  };
  return (
    <li className="found">
      <HostRow focusKey={foundKey(host)} name={host.name} under={host.addresses[0] ?? ''} isBusy={isBusy} onPress={() => void pair()} />
      <div role="status" className="told">
        {failure !== null && <FailureNote failure={failure} />}
      </div>
    </li>
  );
}

function UnpairedRow({ hostId, address }: { readonly hostId: HostId; readonly address: string }): ReactNode {
  const { t } = useTranslation('firstRun');
  const name = useLibrary(({ view }) => hostById(view, hostId)?.record.name) ?? hostId;
  return (
    <li className="found">
      <HostRow focusKey={`first-unpaired:${hostId}`} name={name} under={`${address} · ${t('stillToPair')}`} isBusy={false} onPress={() => openRoute({ page: 'host', hostId })} />
    </li>
  );
}

interface HostRowProps {
  readonly focusKey: string;
  readonly name: string;
  readonly under: string;
  readonly isBusy: boolean;
  readonly onPress: () => void;
}

function HostRow({ focusKey, name, under, isBusy, onPress }: HostRowProps): ReactNode {
  const { t } = useTranslation('firstRun');
  const target = useFocusTarget<HTMLButtonElement>(focusKey);
  return (
    <button {...target} type="button" className="row found__row" aria-busy={isBusy || undefined} onClick={onPress}>
      <Server size="1.4em" aria-hidden />
      <span className="found__words">
        <span className="first-run__name ellipsis" dir="auto">
          {plainName(name)}
        </span>
        <span className="faint ellipsis">{under}</span>
      </span>
      <span className="found__action">
        {isBusy ? <LoaderCircle size="1.1em" className="turning" aria-hidden /> : <KeyRound size="1.1em" aria-hidden />}
        {t('pair')}
      </span>
    </button>
  );
}
