// How far away the host is: both probes in numbers, and the last minute as a graph.
import { TriangleAlert } from 'lucide-react';
import { useEffect, type ReactNode } from 'react';
import { useTranslation } from 'react-i18next';
import type { HostId } from '../../../electron/common/ids';
import type { ProbeKind } from '../../../electron/common/latency';
import type { LibraryHost } from '../../../electron/common/library';
import type { Mark } from '../../../electron/common/session';
import { loadHistory } from '../../stores/history';
import { useProbeSummary, useProbeTrouble } from '../../stores/latency';
import { useLiveSamples } from '../../stores/live-samples-context';
import { useSessions } from '../../stores/sessions';
import { Chip } from '../../ui/Chip';
import { LatencyFigures } from '../../ui/Figures';
import { LatencyGraph } from '../../ui/latency-graph/LatencyGraph';

const graphWindowMs = 60_000;
const noMarks: readonly Mark[] = [];

export function HostLatency({ host }: { readonly host: LibraryHost }): ReactNode {
  const { t } = useTranslation('host');
  const samples = useLiveSamples();
  const { id, name } = host.record;
  const marks = useSessions((state) => state.sessions.filter(({ hostId }) => hostId === id).at(-1)?.marks ?? noMarks);
  useEffect(() => void loadHistory(samples, id), [samples, id]);
  return (
    <section className="card section" aria-label={t('latency')}>
      <div className="host__probes">
        <ProbeFigures hostId={id} probe="icmp" title={t('echo')} />
        <ProbeFigures hostId={id} probe="tcp" title={t('port')} />
      </div>
      <LatencyGraph source={samples} hostId={id} marks={marks} windowMs={graphWindowMs} label={t('graph', { name })} size="tall" />
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
