// Which programs this machine has to show streams with, and what to install where one is missing.
import { CircleAlert, CircleCheck } from 'lucide-react';
import type { ReactNode } from 'react';
import { useTranslation } from 'react-i18next';
import type { ProtocolClient } from '../../../electron/common/library';
import { useClients } from '../../stores/clients';

const order = ['gamestream', 'rdp', 'vnc'] as const;

export function ClientsCard(): ReactNode {
  const { t } = useTranslation('firstRun');
  const clients = useClients((state) => state.clients);
  return (
    <section className="card first-run__card" aria-label={t('clients')}>
      <h3 className="section__title">{t('clients')}</h3>
      {clients === null ? (
        <p className="quiet">{t('clientsLooking')}</p>
      ) : (
        <ul className="first-run__clients">
          {order.flatMap((protocol) => clients.filter((one) => one.protocol === protocol)).map((one) => (
            <Client key={one.protocol} one={one} />
          ))}
        </ul>
      )}
    </section>
  );
}

function Client({ one: { protocol, client } }: { readonly one: ProtocolClient }): ReactNode {
  const { t } = useTranslation('firstRun');
  const Icon = client.found ? CircleCheck : CircleAlert;
  return (
    <li className="first-run__client" data-tone={client.found ? 'good' : 'warn'}>
      <Icon size="1.2em" aria-hidden />
      <span className="first-run__client-words">
        <span>
          <span className="first-run__name">{client.found ? client.displayName : t('missing', { client: client.displayName })}</span>{' '}
          <span className="faint">{t(`forProtocol.${protocol}`)}</span>
        </span>
        {!client.found && <span className="quiet selectable">{client.advice}</span>}
      </span>
    </li>
  );
}
