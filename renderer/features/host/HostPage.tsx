// The host page: is it there, how far away, what runs on it, and how Athena reaches into it.
import { ArrowLeft, Radar, TerminalSquare, TriangleAlert } from 'lucide-react';
import { useEffect, useState, type ReactNode } from 'react';
import { portOf } from '../../../electron/common/entry';
import type { HostId } from '../../../electron/common/ids';
import type { ProbeKind } from '../../../electron/common/latency';
import type { LibraryHost, LibraryView } from '../../../electron/common/library';
import type { Mark } from '../../../electron/common/session';
import { FocusGroup, FocusPage } from '../../navigation/FocusGroup';
import { useFocusTarget } from '../../navigation/use-focus-target';
import { checkHost, type HostCheck } from '../../stores/host-keys';
import { loadHistory } from '../../stores/history';
import { useProbeSummary, useProbeTrouble } from '../../stores/latency';
import { hostById } from '../../stores/library';
import { useLiveSamples } from '../../stores/live-samples-context';
import { openRoute } from '../../stores/route';
import { launchEntry, sessionOfEntry, useSessions } from '../../stores/sessions';
import { Button } from '../../ui/Button';
import { Chip } from '../../ui/Chip';
import { EntryArt } from '../../ui/EntryArt';
import { LatencyFigures } from '../../ui/Figures';
import { formatMs } from '../../ui/format';
import { LatencyGraph } from '../../ui/latency-graph/LatencyGraph';
import { reachLooks } from '../../ui/reach';
import { SessionChip } from '../../ui/SessionChip';
import { texts } from './texts';

const graphWindowMs = 60_000;
const noMarks: readonly Mark[] = [];

interface HostPageProps {
  readonly hostId: HostId;
  readonly view: LibraryView;
  /** The question about the host's SSH key, if one is open; another feature's part. */
  readonly keyQuestion: ReactNode;
}

export function HostPage({ hostId, view, keyQuestion }: HostPageProps): ReactNode {
  const host = hostById(view, hostId);
  if (host === undefined) {
    return (
      <FocusPage page={`host/${hostId}`} className="page">
        <div className="page__inner">
          <h1 className="page__title">{texts.unknownTitle}</h1>
          <div>
            <Button label={texts.library} icon={ArrowLeft} look="primary" onPress={() => openRoute({ page: 'library' })} />
          </div>
        </div>
      </FocusPage>
    );
  }
  return (
    <FocusPage page={`host/${hostId}`} preferred="host-check" className="page">
      <div className="page__inner">
        <HostHead host={host} />
        {keyQuestion}
        <HostLatency host={host} />
        <div className="host__lower">
          <HostEntries host={host} view={view} />
          <SshAccessCard host={host} />
        </div>
      </div>
    </FocusPage>
  );
}

function HostHead({ host }: { readonly host: LibraryHost }): ReactNode {
  const { id, name, address } = host.record;
  const [check, setCheck] = useState<HostCheck | null>(null);
  const look = reachLooks[host.reach];
  return (
    <header className="page__head">
      <div className="host__title">
        <h1 className="page__title ellipsis" dir="auto">
          {name}
        </h1>
        <p className="quiet">
          <code>{address}</code>
        </p>
      </div>
      <Chip icon={look.icon} text={look.text} tone={look.tone} />
      <p className="host__check" role="status">
        {check !== null && checkWords(check)}
      </p>
      <Button focusKey="host-check" label={texts.checkNow} icon={Radar} onPress={async () => setCheck(await checkHost(id))} />
    </header>
  );
}

function checkWords(check: HostCheck): string {
  if (!check.ok) return `${check.failure.message} ${check.failure.advice}`;
  const { alive, rttMs, address } = check.value;
  if (!alive) return `${texts.silent} ${texts.silentAdvice}`;
  const answer = texts.alive(rttMs === null ? null : formatMs(rttMs));
  return address === null ? answer : `${answer} ${texts.aliveAt(address)}`;
}

function HostLatency({ host }: { readonly host: LibraryHost }): ReactNode {
  const samples = useLiveSamples();
  const { id, name } = host.record;
  const marks = useSessions((state) => state.sessions.filter(({ hostId }) => hostId === id).at(-1)?.marks ?? noMarks);
  useEffect(() => void loadHistory(samples, id), [samples, id]);
  return (
    <section className="card section" aria-label={texts.latency}>
      <div className="host__probes">
        <ProbeFigures hostId={id} probe="icmp" title={texts.echo} />
        <ProbeFigures hostId={id} probe="tcp" title={texts.port} />
      </div>
      <LatencyGraph source={samples} hostId={id} marks={marks} windowMs={graphWindowMs} label={texts.graph(name)} size="tall" />
    </section>
  );
}

function ProbeFigures({ hostId, probe, title }: { readonly hostId: HostId; readonly probe: ProbeKind; readonly title: string }): ReactNode {
  const summary = useProbeSummary(hostId, probe);
  const trouble = useProbeTrouble(hostId, probe);
  return (
    <div className="host__probe">
      <h2 className="section__title">{title}</h2>
      <LatencyFigures summary={summary} withTail />
      {trouble !== undefined && <Chip plain icon={TriangleAlert} tone="warn" text={trouble} />}
    </div>
  );
}

function HostEntries({ host, view }: { readonly host: LibraryHost; readonly view: LibraryView }): ReactNode {
  const entries = view.entries.filter(({ entry }) => entry.host === host.record.id);
  return (
    <section className="card section" aria-label={texts.entries}>
      <h2 className="section__title">{texts.entries}</h2>
      {entries.length === 0 ? (
        <p className="faint">{texts.noEntries}</p>
      ) : (
        <FocusGroup as="ul" className="rows">
          {entries.map((item) => (
            <EntryRow key={item.entry.id} item={item} />
          ))}
        </FocusGroup>
      )}
    </section>
  );
}

function EntryRow({ item }: { readonly item: LibraryView['entries'][number] }): ReactNode {
  const { entry } = item;
  const target = useFocusTarget<HTMLButtonElement>(`row:${entry.id}`);
  const session = useSessions((state) => sessionOfEntry(state.sessions, entry.id));
  return (
    <li>
      <button {...target} type="button" className="row" onClick={() => void launchEntry(entry.id)}>
        <span className="row__art">
          <EntryArt name={entry.name} />
        </span>
        <span className="row__text ellipsis" dir="auto">
          {entry.name}
        </span>
        {session !== undefined && <SessionChip session={session} />}
        <span className="faint figures">
          {texts.protocols[entry.protocol]} {portOf(entry)}
        </span>
      </button>
    </li>
  );
}

function SshAccessCard({ host }: { readonly host: LibraryHost }): ReactNode {
  const { ssh, address } = host.record;
  return (
    <section className="card section" aria-label={texts.ssh}>
      <h2 className="section__title">{texts.ssh}</h2>
      {ssh === undefined ? (
        <p className="faint">{texts.sshNone}</p>
      ) : (
        <>
          <p className="host__ssh">
            <TerminalSquare size="1.1em" aria-hidden /> <code>{texts.sshAs(ssh.user, address, ssh.port)}</code>
          </p>
          <p className="faint">{ssh.keyFile === undefined ? texts.sshAgent : texts.sshKeyFile(ssh.keyFile)}</p>
        </>
      )}
    </section>
  );
}
