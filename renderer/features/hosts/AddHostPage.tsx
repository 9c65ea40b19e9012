// Adding a GameStream host: the ones that announce themselves as rows, and a field for every other.
import { LoaderCircle, MonitorSmartphone, Plus, Radar, Server } from 'lucide-react';
import { useState, type ReactNode } from 'react';
import { useTranslation } from 'react-i18next';
import type { FoundHost } from '../../../electron/common/gamestream';
import { gameStreamHttpPort } from '../../../electron/common/host-argument';
import type { HostId } from '../../../electron/common/ids';
import type { Failure, Result } from '../../../electron/common/result';
import { FocusGroup, FocusPage } from '../../navigation/FocusGroup';
import { useNavigation } from '../../navigation/navigation-context';
import { useFocusTarget } from '../../navigation/use-focus-target';
import { addFoundHost, addHost, useHosts } from '../../stores/hosts';
import { goBack, openRoute, useRoute } from '../../stores/route';
import { Button } from '../../ui/Button';
import { FailureNote } from '../../ui/FailureNote';
import { Field } from '../../ui/Field';
import { plainName } from '../../ui/host-state';
import { checkHostFields, hostInWords, type HostFields } from './host-fields';

export function AddHostPage(): ReactNode {
  const { t } = useTranslation('hosts');
  const found = useHosts((state) => state.found);
  const [first] = found;
  return (
    <FocusPage page="add-host" preferred={first === undefined ? 'add-host-address' : foundKey(first)} className="page">
      <div className="page__inner page__inner--narrow">
        <header className="section">
          <h1 className="page__title">{t('addTitle')}</h1>
          <p className="page__lead">{t('addLead')}</p>
        </header>
        <FoundHosts found={found} />
        <AddressForm />
        <div className="add-host__other">
          <span className="quiet">{t('otherTitle')}</span>
          <Button label={t('other')} icon={MonitorSmartphone} look="quiet" focusKey="add-host-other" onPress={() => openRoute({ page: 'entry-form', entryId: null })} />
        </div>
      </div>
    </FocusPage>
  );
}

/** The host's page takes this one's place: from there, back leads to where the adding began. Who has left meanwhile stays where they are. */
function openAdded(hostId: HostId): void {
  if (useRoute.getState().route.page !== 'add-host') return;
  goBack();
  openRoute({ page: 'host', hostId });
}

function foundKey({ addresses, httpPort }: FoundHost): string {
  return `found:${addresses[0] ?? ''}:${httpPort}`;
}

function FoundHosts({ found }: { readonly found: readonly FoundHost[] }): ReactNode {
  const { t } = useTranslation('hosts');
  return (
    <section className="card form__card" aria-label={t('found')}>
      <h2 className="section__title add-host__found-title">
        {t('found')}
        <Radar size="1.1em" aria-hidden />
      </h2>
      {found.length === 0 ? (
        <p className="faint">{t('looking')}</p>
      ) : (
        <FocusGroup as="ul" className="rows">
          {found.map((host) => (
            <FoundRow key={foundKey(host)} host={host} />
          ))}
        </FocusGroup>
      )}
    </section>
  );
}

function FoundRow({ host }: { readonly host: FoundHost }): ReactNode {
  const { t } = useTranslation('hosts');
  const target = useFocusTarget<HTMLButtonElement>(foundKey(host));
  const [state, setState] = useState<{ readonly isBusy: boolean; readonly failure: Failure | null }>({ isBusy: false, failure: null });
  const [address = '', ...others] = host.addresses;
  const add = async (): Promise<void> => {
    if (state.isBusy) return;
    setState({ isBusy: true, failure: null });
    const added = await addFoundHost(host);
    if (added.ok) openAdded(added.value);
    else setState({ isBusy: false, failure: added.failure });
  };
  return (
    <li className="found">
      <button {...target} type="button" className="row found__row" aria-busy={state.isBusy || undefined} onClick={() => void add()}>
        <Server size="1.5em" aria-hidden />
        <span className="found__words">
          <span className="found__name ellipsis" dir="auto">
            {plainName(host.name)}
          </span>
          <span className="faint ellipsis">
            <code>{hostInWords(address, host.httpPort)}</code>
            {others.length > 0 && ` ${t('moreAddresses', { count: others.length })}`}
          </span>
        </span>
        <span className="found__action">
          {state.isBusy ? <LoaderCircle size="1.1em" className="turning" aria-hidden /> : <Plus size="1.1em" aria-hidden />}
          {t('add')}
        </span>
      </button>
      <div role="status" className="told">{state.failure !== null && <FailureNote failure={state.failure} />}</div>
    </li>
  );
}

function AddressForm(): ReactNode {
  const { t } = useTranslation('hosts');
  const { engine } = useNavigation();
  const [fields, setFields] = useState<HostFields>({ address: '', port: '' });
  const [errors, setErrors] = useState<Partial<HostFields>>({});
  const [failure, setFailure] = useState<Failure | null>(null);
  const [isAdding, setAdding] = useState(false);

  const change = (part: Partial<HostFields>): void => {
    const next = { ...fields, ...part };
    setFields(next);
    setFailure(null);
    // Once there are errors they are kept true while typing; before that nobody is corrected.
    if (Object.keys(errors).length === 0) return;
    const checked = checkHostFields(next);
    setErrors(checked.ok ? {} : checked.errors);
  };

  const add = async (): Promise<void> => {
    if (isAdding) return;
    const checked = checkHostFields(fields);
    setErrors(checked.ok ? {} : checked.errors);
    if (!checked.ok) {
      engine.focus(checked.errors.address === undefined ? 'add-host-port' : 'add-host-address');
      return;
    }
    setAdding(true);
    setFailure(null);
    const added: Result<HostId> = await addHost(checked.address, checked.httpPort);
    setAdding(false);
    if (added.ok) openAdded(added.value);
    else setFailure(added.failure);
  };

  return (
    <form
      className="card form__card"
      noValidate
      aria-label={t('byAddress')}
      onSubmit={(event) => {
        event.preventDefault();
        void add();
      }}
    >
      <h2 className="section__title">{t('byAddress')}</h2>
      <div className="add-host__fields">
        <Field label={t('address')} hint={t('addressHint')} value={fields.address} error={errors.address} onChange={(address) => change({ address })} focusKey="add-host-address" />
        <Field
          label={t('port')}
          hint={t('portHint', { usual: gameStreamHttpPort })}
          placeholder={String(gameStreamHttpPort)}
          numeric
          value={fields.port}
          error={errors.port}
          onChange={(port) => change({ port })}
          focusKey="add-host-port"
        />
        <Button label={t('addHost')} icon={Plus} look="primary" type="submit" focusKey="add-host-submit" isBusy={isAdding} />
      </div>
      <div role="status" className="told">{failure !== null && <FailureNote failure={failure} />}</div>
    </form>
  );
}
