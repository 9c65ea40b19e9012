// What Athena knows about a GameStream host: addresses, hardware address, pairing, identity; and the way to forget it all.
import type { ReactNode } from 'react';
import { useTranslation } from 'react-i18next';
import type { GameStreamHostView } from '../../../electron/common/gamestream';
import type { HostRecord } from '../../../electron/common/host';
import type { LibraryView } from '../../../electron/common/library';
import { ForgetHost } from './ForgetHost';

const mostAddresses = 5;

interface GameStreamFactsProps {
  readonly host: GameStreamHostView;
  readonly record: HostRecord;
  readonly view: LibraryView;
}

export function GameStreamFacts({ host, record, view }: GameStreamFactsProps): ReactNode {
  const { t } = useTranslation('host');
  const { addresses, httpPort, mac, paired, uniqueId } = host;
  const apps = view.entries.filter(({ entry }) => entry.host === host.hostId && entry.protocol === 'gamestream').length;
  return (
    <section className="card section" aria-label={t('gameStream.facts')}>
      <h2 className="section__title">{t('gameStream.facts')}</h2>
      <dl className="facts">
        <Fact label={t('gameStream.addresses')}>
          {addresses.slice(0, mostAddresses).map((address) => (
            <code key={address}>{address}</code>
          ))}
          {addresses.length > mostAddresses && <span className="faint">{t('gameStream.moreAddresses', { more: addresses.length - mostAddresses })}</span>}
        </Fact>
        <Fact label={t('gameStream.httpPort')}>
          <code>{httpPort}</code>
        </Fact>
        <Fact label={t('gameStream.mac')}>{mac === null ? <span className="faint">{t('gameStream.noMac')}</span> : <code>{mac}</code>}</Fact>
        <Fact label={t('gameStream.pairing')}>{paired ? t('gameStream.isPaired') : t('gameStream.isNotPaired')}</Fact>
        <Fact label={t('gameStream.identity')}>
          <code>{uniqueId}</code>
        </Fact>
      </dl>
      <ForgetHost hostId={host.hostId} name={record.name} apps={apps} />
    </section>
  );
}

function Fact({ label, children }: { readonly label: string; readonly children: ReactNode }): ReactNode {
  return (
    <div className="facts__row">
      <dt>{label}</dt>
      <dd>{children}</dd>
    </div>
  );
}
