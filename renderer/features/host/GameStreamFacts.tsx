// What Athena knows about a GameStream host: addresses, hardware address, pairing, identity; and the way to forget it all.
import type { ReactNode } from 'react';
import type { GameStreamHostView } from '../../../electron/common/gamestream';
import type { HostRecord } from '../../../electron/common/host';
import type { LibraryView } from '../../../electron/common/library';
import { ForgetHost } from './ForgetHost';
import { gameStreamTexts as texts } from './texts';

const mostAddresses = 5;

interface GameStreamFactsProps {
  readonly host: GameStreamHostView;
  readonly record: HostRecord;
  readonly view: LibraryView;
}

export function GameStreamFacts({ host, record, view }: GameStreamFactsProps): ReactNode {
  const { addresses, httpPort, mac, paired, uniqueId } = host;
  const apps = view.entries.filter(({ entry }) => entry.host === host.hostId && entry.protocol === 'gamestream').length;
  return (
    <section className="card section" aria-label={texts.facts}>
      <h2 className="section__title">{texts.facts}</h2>
      <dl className="facts">
        <Fact label={texts.addresses}>
          {addresses.slice(0, mostAddresses).map((address) => (
            <code key={address}>{address}</code>
          ))}
          {addresses.length > mostAddresses && <span className="faint">{texts.moreAddresses(addresses.length - mostAddresses)}</span>}
        </Fact>
        <Fact label={texts.httpPort}>
          <code>{httpPort}</code>
        </Fact>
        <Fact label={texts.mac}>{mac === null ? <span className="faint">{texts.noMac}</span> : <code>{mac}</code>}</Fact>
        <Fact label={texts.pairing}>{paired ? texts.isPaired : texts.isNotPaired}</Fact>
        <Fact label={texts.identity}>
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
