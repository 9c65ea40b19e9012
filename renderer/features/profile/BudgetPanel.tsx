// Whether the stream fits: what it needs and what the link carries, Moonlight's and Athena's bitrates, and what stands in the way.
import { CircleCheck, CircleDashed, CircleX, TriangleAlert, type LucideIcon } from 'lucide-react';
import type { ReactNode } from 'react';
import { useTranslation } from 'react-i18next';
import type { StreamBudgetView } from '../../../electron/common/profile';
import { formatCount } from '../../language/locale';
import { say } from '../../language/told';
import { FocusGroup } from '../../navigation/FocusGroup';
import { Chip } from '../../ui/Chip';
import type { Tone } from '../../ui/tone';
import { formatMode, formatRate } from '../../ui/format';
import { AdviceButton } from './controls';
import { formatCableRate } from './rates';
import { useSettings } from './settings-context';

const verdictLooks: Readonly<Record<StreamBudgetView['fits'], { readonly icon: LucideIcon; readonly tone: Tone }>> = {
  yes: { icon: CircleCheck, tone: 'good' },
  tight: { icon: TriangleAlert, tone: 'warn' },
  no: { icon: CircleX, tone: 'bad' },
  unknown: { icon: CircleDashed, tone: 'neutral' },
};

function Verdict({ fits }: { readonly fits: StreamBudgetView['fits'] }): ReactNode {
  const { t } = useTranslation('profile');
  return <Chip icon={verdictLooks[fits].icon} tone={verdictLooks[fits].tone} text={t(`budget.verdicts.${fits}`)} />;
}

export function BudgetPanel(): ReactNode {
  const { t } = useTranslation('profile');
  const { budget, resolved } = useSettings().view;
  const { wireKbps, usableKbps, link, fits, advisedKbps, defaultKbps } = budget;
  const isAsSet = advisedKbps === resolved.values.bitrateKbps;
  return (
    <FocusGroup as="aside" className="card budget" label={t('budget.title')}>
      <div className="budget__head" role="status">
        <h2 className="section__title">{t('budget.title')}</h2>
        <Verdict fits={fits} />
      </div>
      <div className="budget__fit">
        {usableKbps !== null && <Meter share={wireKbps / usableKbps} tone={verdictLooks[fits].tone} />}
        <dl className="budget__pair">
          <Fact label={t('budget.needs')} value={formatRate(wireKbps)} />
          <Fact label={t('budget.carries')} value={usableKbps === null ? t('budget.carriesUnknown') : formatRate(usableKbps)} note={link === null ? undefined : t('budget.ofLink', { speed: formatRate(link.speedMbps * 1_000), medium: t(`budget.media.${link.medium}`) })} />
        </dl>
        {fits === 'yes' && <p className="budget__note">{t('budget.fitsWell')}</p>}
        {fits === 'unknown' && <p className="budget__note">{t('budget.linkUnknown')}</p>}
      </div>
      <dl className="budget__pair">
        <Fact label={t('budget.default')} value={formatRate(defaultKbps)} />
        <Fact label={t('budget.advice')} value={formatRate(advisedKbps)} note={isAsSet ? t('budget.adviceAsSet') : undefined}>
          <AdviceButton label={t('budget.use')} focusKey="budget-use" />
        </Fact>
      </dl>
      {budget.notes.length > 0 && (
        <ul className="budget__warnings">
          {budget.notes.map(({ kind, text }) => (
            <li key={kind} className="budget__warning" data-tone={kind === 'link-too-slow' ? 'bad' : 'warn'}>
              <TriangleAlert size="1.05em" aria-hidden />
              <span>{say(text)}</span>
            </li>
          ))}
        </ul>
      )}
      <Raw />
    </FocusGroup>
  );
}

function Raw(): ReactNode {
  const { t } = useTranslation('profile');
  const { budget, resolved } = useSettings().view;
  const { values } = resolved;
  const times = Math.round(budget.rawLinkKbps / values.bitrateKbps);
  return (
    <div className="budget__raw">
      <dl>
        <Fact label={t('budget.raw')} value={formatCableRate(budget.rawLinkKbps)} />
      </dl>
      <p className="budget__note">{t('budget.rawMeaning', { mode: formatMode(values), bits: values.hdr ? 30 : 24, share: `1/${formatCount(Math.max(1, times))}` })}</p>
    </div>
  );
}

/** One line for windows that have no room for the panel beside the settings; the panel above them is what is read out. */
export function BudgetStrip(): ReactNode {
  const { t } = useTranslation('profile');
  const { wireKbps, usableKbps, fits } = useSettings().view.budget;
  return (
    <div className="budget-strip" aria-hidden>
      <Verdict fits={fits} />
      <span className="figures">{usableKbps === null ? formatRate(wireKbps) : t('budget.ofUsable', { needed: formatRate(wireKbps), usable: formatRate(usableKbps) })}</span>
      {usableKbps !== null && <Meter share={wireKbps / usableKbps} tone={verdictLooks[fits].tone} />}
    </div>
  );
}

function Meter({ share, tone }: { readonly share: number; readonly tone: Tone }): ReactNode {
  return (
    <div className="meter" data-tone={tone} aria-hidden>
      <div className="meter__fill" style={{ width: `${Math.min(100, Math.max(1, share * 100))}%` }} />
    </div>
  );
}

interface FactProps {
  readonly label: string;
  readonly value: string;
  readonly note?: string | undefined;
  readonly children?: ReactNode;
}

function Fact({ label, value, note, children }: FactProps): ReactNode {
  return (
    <div className="budget__fact">
      <dt>{label}</dt>
      <dd>
        <span className="budget__value figures">{value}</span>
        {note !== undefined && <span className="budget__note">{note}</span>}
        {children}
      </dd>
    </div>
  );
}
