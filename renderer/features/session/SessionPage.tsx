// The session page: what the stream and the app are doing, what happened, and the hands on both.
import { ArrowLeft } from 'lucide-react';
import { useCallback, useEffect, type ReactNode } from 'react';
import { useTranslation } from 'react-i18next';
import type { SessionId } from '../../../electron/common/ids';
import type { SessionView } from '../../../electron/common/session';
import { FocusGroup, FocusPage } from '../../navigation/FocusGroup';
import { loadHistory } from '../../stores/history';
import { useProbeSummary } from '../../stores/latency';
import { hostById, useLibrary } from '../../stores/library';
import { useLiveSamples } from '../../stores/live-samples-context';
import { openRoute } from '../../stores/route';
import { followOutput } from '../../stores/session-output';
import { useSessions } from '../../stores/sessions';
import { Button } from '../../ui/Button';
import { LatencyFigures } from '../../ui/Figures';
import { LatencyGraph } from '../../ui/latency-graph/LatencyGraph';
import { Terminal } from '../../ui/Terminal';
import { GateLine } from './GateLine';
import { Journey } from './Journey';
import { isRecovery } from './recovery';
import { SessionHero } from './SessionHero';

const graphWindowMs = 60_000;

export function SessionPage({ sessionId }: { readonly sessionId: SessionId }): ReactNode {
  const session = useSessions((state) => state.sessions.find(({ id }) => id === sessionId));
  return session === undefined ? <UnknownSession sessionId={sessionId} /> : <KnownSession session={session} />;
}

function KnownSession({ session }: { readonly session: SessionView }): ReactNode {
  const { t } = useTranslation('session');
  const feed = useCallback((write: (text: string) => void) => followOutput(session.id, write), [session.id]);
  return (
    <FocusPage page={`session/${session.id}`} preferred={preferredGroup(session)} className="page page--session">
      <div className={isRecovery(session) ? 'page__inner session session--recovery' : 'page__inner session'}>
        <div className="session__upper">
          <SessionHero session={session} />
          <SessionLatency session={session} />
        </div>
        <div className="session__lower">
          <section className="card session__journey" aria-label={t('journey')}>
            <h2 className="section__title">{t('journey')}</h2>
            <Journey marks={session.marks} />
          </section>
          <FocusGroup as="section" className="card session__output" label={t('output')}>
            <h2 className="section__title">{t('output')}</h2>
            <Terminal feed={feed} label={t('outputLabel', { client: session.clientName })} />
          </FocusGroup>
        </div>
      </div>
    </FocusPage>
  );
}

/** What waits for an answer gets the focus first. */
function preferredGroup({ link, app }: SessionView): string {
  if (link.kind === 'asking') return 'session-question';
  return link.kind === 'streaming' && app.kind === 'counting-down' ? 'session-countdown' : 'session-actions';
}

function SessionLatency({ session }: { readonly session: SessionView }): ReactNode {
  const { t } = useTranslation('session');
  const samples = useLiveSamples();
  const { hostId, gate } = session;
  const host = useLibrary((state) => hostById(state.view, hostId)?.record.name ?? hostId);
  const icmp = useProbeSummary(hostId, 'icmp');
  const tcp = useProbeSummary(hostId, 'tcp');
  useEffect(() => void loadHistory(samples, hostId), [samples, hostId]);
  return (
    <section className="card session__latency" aria-label={t('latency')}>
      <div className="session__latency-head">
        <div className="session__way">
          <h2 className="section__title">{gate === undefined ? t('latency') : t('gateTitle', { host })}</h2>
          {gate !== undefined && <GateLine gate={gate} />}
        </div>
        <LatencyFigures summary={icmp !== undefined && icmp.p50Ms !== null ? icmp : (tcp ?? icmp)} />
      </div>
      <LatencyGraph source={samples} hostId={hostId} marks={session.marks} windowMs={graphWindowMs} label={t('graph', { name: host })} limitMs={gate?.limitMs ?? null} />
    </section>
  );
}

function UnknownSession({ sessionId }: { readonly sessionId: SessionId }): ReactNode {
  const { t } = useTranslation('session');
  return (
    <FocusPage page={`session/${sessionId}`} className="page">
      <div className="page__inner">
        <h1 className="page__title">{t('unknownSession')}</h1>
        <p className="page__lead">{t('unknownSessionLead')}</p>
        <div>
          <Button label={t('library')} icon={ArrowLeft} look="primary" onPress={() => openRoute({ page: 'library' })} />
        </div>
      </div>
    </FocusPage>
  );
}
