// The question about a host's SSH key: in full on the host's page, as a bar that stops nobody everywhere else.
import { ShieldCheck, ShieldQuestionMark, ShieldX } from 'lucide-react';
import type { ReactNode } from 'react';
import { useTranslation } from 'react-i18next';
import type { HostId } from '../../../electron/common/ids';
import type { HostKeyQuestion } from '../../../electron/common/session';
import { FocusGroup } from '../../navigation/FocusGroup';
import { refuseKey, trustKey, useHostKeys } from '../../stores/host-keys';
import { hostById, useLibrary } from '../../stores/library';
import { openRoute } from '../../stores/route';
import { Banner } from '../../ui/Banner';
import { Button } from '../../ui/Button';
import { Fingerprint } from '../../ui/Fingerprint';

/** The whole question for one host; nothing when none is open. */
export function HostKeyPanel({ hostId }: { readonly hostId: HostId }): ReactNode {
  const { t } = useTranslation('questions');
  const question = useHostKeys((state) => state.questions.find((open) => open.hostId === hostId));
  if (question === undefined) return null;
  return (
    <Banner tone="warn" icon={ShieldQuestionMark} title={t('title', { address: question.address })} actions={<Answers question={question} />}>
      <p>{t('lead')}</p>
      <Fingerprint
        rows={[
          [t('keyType'), question.keyType],
          [t('fingerprint'), question.fingerprint],
        ]}
      />
    </Banner>
  );
}

function Answers({ question }: { readonly question: HostKeyQuestion }): ReactNode {
  const { t } = useTranslation('questions');
  return (
    <FocusGroup className="banner__actions" focusKey={`host-key:${question.hostId}`}>
      <Button label={t('trust')} icon={ShieldCheck} look="primary" onPress={() => trustKey(question)} />
      <Button label={t('refuse')} icon={ShieldX} onPress={() => refuseKey(question.hostId)} />
    </FocusGroup>
  );
}

/** One bar for each host that waits for an answer, but for the one whose page is open. */
export function HostKeyBars({ except }: { readonly except: HostId | null }): ReactNode {
  const { t } = useTranslation('questions');
  const questions = useHostKeys((state) => state.questions);
  const view = useLibrary((state) => state.view);
  return questions
    .filter(({ hostId }) => hostId !== except)
    .map((question) => (
      <Banner
        key={question.hostId}
        tone="warn"
        icon={ShieldQuestionMark}
        title={t('bar', { host: hostById(view, question.hostId)?.record.name ?? question.address })}
        actions={
          <FocusGroup className="banner__actions">
            <Button label={t('look')} size="small" onPress={() => openRoute({ page: 'host', hostId: question.hostId })} />
          </FocusGroup>
        }
      >
        {t('barLead')}
      </Banner>
    ));
}
