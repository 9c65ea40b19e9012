// What can be done with an incident: hand it on, or look at the host.
import { Braces, Copy, FileText, List, Server } from 'lucide-react';
import { useState, type ReactNode } from 'react';
import { useTranslation } from 'react-i18next';
import type { IncidentSummary } from '../../../electron/common/incident';
import { FocusGroup } from '../../navigation/FocusGroup';
import { exportIncident } from '../../stores/incidents';
import { hostById, useLibrary } from '../../stores/library';
import { openRoute } from '../../stores/route';
import { Button } from '../../ui/Button';
import { copyText } from '../../ui/copy-text';

export function IncidentActions({ summary: { id, hostId } }: { readonly summary: IncidentSummary }): ReactNode {
  const { t } = useTranslation('incidents');
  const [copied, setCopied] = useState<'no' | 'yes' | 'refused'>('no');
  const isKnownHost = useLibrary(({ view }) => hostId !== null && hostById(view, hostId) !== undefined);
  return (
    <FocusGroup className="incident__actions" focusKey="incident-actions">
      <Button focusKey="incident-html" label={t('saveHtml')} icon={FileText} onPress={() => exportIncident(id, 'html')} />
      <Button focusKey="incident-json" label={t('saveJson')} icon={Braces} look="quiet" onPress={() => exportIncident(id, 'json')} />
      <Button focusKey="incident-trace" label={t('saveTrace')} icon={List} look="quiet" onPress={() => exportIncident(id, 'trace')} />
      <Button
        focusKey="incident-copy"
        label={copied === 'no' ? t('copyId') : copied === 'yes' ? t('copied') : t('notCopied')}
        icon={Copy}
        look="quiet"
        onPress={() => setCopied(copyText(id) ? 'yes' : 'refused')}
      />
      <code className="incident__id selectable">{id}</code>
      {hostId !== null && isKnownHost && <Button focusKey="incident-host" label={t('openHost')} icon={Server} look="quiet" onPress={() => openRoute({ page: 'host', hostId })} />}
    </FocusGroup>
  );
}
