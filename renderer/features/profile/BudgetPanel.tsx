// Whether the stream fits: what it needs and what the link carries, Moonlight's and Athena's bitrates, and what stands in the way.
import { CircleCheck, CircleDashed, CircleX, TriangleAlert, type LucideIcon } from 'lucide-react';
import type { ReactNode } from 'react';
import type { StreamBudgetView } from '../../../electron/common/profile';
import { FocusGroup } from '../../navigation/FocusGroup';
import { Chip } from '../../ui/Chip';
import type { Tone } from '../../ui/tone';
import { formatRate } from '../../ui/format';
import { AdviceButton } from './controls';
import { formatCableRate } from './rates';
import { useSettings } from './settings-context';
import { budgetTexts } from './texts';
import { modeWords } from './value-words';

const verdictLooks: Readonly<Record<StreamBudgetView['fits'], { readonly icon: LucideIcon; readonly tone: Tone }>> = {
  yes: { icon: CircleCheck, tone: 'good' },
  tight: { icon: TriangleAlert, tone: 'warn' },
  no: { icon: CircleX, tone: 'bad' },
  unknown: { icon: CircleDashed, tone: 'neutral' },
};

function Verdict({ fits }: { readonly fits: StreamBudgetView['fits'] }): ReactNode {
  return <Chip icon={verdictLooks[fits].icon} tone={verdictLooks[fits].tone} text={budgetTexts.verdicts[fits]} />;
}

export function BudgetPanel(): ReactNode {
  const { budget, resolved } = useSettings().view;
  const { wireKbps, usableKbps, link, fits, advisedKbps, defaultKbps } = budget;
  const isAsSet = advisedKbps === resolved.values.bitrateKbps;
  return (
    <FocusGroup as="aside" className="card budget" label={budgetTexts.title}>
      <div className="budget__head" role="status">
        <h2 className="section__title">{budgetTexts.title}</h2>
        <Verdict fits={fits} />
      </div>
      <div className="budget__fit">
        {usableKbps !== null && <Meter share={wireKbps / usableKbps} tone={verdictLooks[fits].tone} />}
        <dl className="budget__pair">
          <Fact label={budgetTexts.needs} value={formatRate(wireKbps)} />
          <Fact label={budgetTexts.carries} value={usableKbps === null ? budgetTexts.carriesUnknown : formatRate(usableKbps)} note={link === null ? undefined : budgetTexts.ofLink(formatRate(link.speedMbps * 1_000), link.medium)} />
        </dl>
        {fits === 'yes' && <p className="budget__note">{budgetTexts.fitsWell}</p>}
        {fits === 'unknown' && <p className="budget__note">{budgetTexts.linkUnknown}</p>}
      </div>
      <dl className="budget__pair">
        <Fact label={budgetTexts.default} value={formatRate(defaultKbps)} />
        <Fact label={budgetTexts.advice} value={formatRate(advisedKbps)} note={isAsSet ? budgetTexts.adviceAsSet : undefined}>
          <AdviceButton label={budgetTexts.use} focusKey="budget-use" />
        </Fact>
      </dl>
      {budget.notes.length > 0 && (
        <ul className="budget__warnings">
          {budget.notes.map(({ kind, text }) => (
            <li key={kind} className="budget__warning" data-tone={kind === 'link-too-slow' ? 'bad' : 'warn'}>
              <TriangleAlert size="1.05em" aria-hidden />
              <span>{text}</span>
            </li>
          ))}
        </ul>
      )}
      <Raw />
    </FocusGroup>
  );
}

function Raw(): ReactNode {
  const { budget, resolved } = useSettings().view;
  const { values } = resolved;
  const times = Math.round(budget.rawLinkKbps / values.bitrateKbps);
  return (
    <div className="budget__raw">
      <dl>
        <Fact label={budgetTexts.raw} value={formatCableRate(budget.rawLinkKbps)} />
      </dl>
      <p className="budget__note">{budgetTexts.rawMeaning(modeWords(values), values.hdr ? 30 : 24, budgetTexts.share(Math.max(1, times)))}</p>
    </div>
  );
}

/** One line for windows that have no room for the panel beside the settings; the panel above them is what is read out. */
export function BudgetStrip(): ReactNode {
  const { wireKbps, usableKbps, fits } = useSettings().view.budget;
  return (
    <div className="budget-strip" aria-hidden>
      <Verdict fits={fits} />
      <span className="figures">{usableKbps === null ? formatRate(wireKbps) : budgetTexts.ofUsable(formatRate(wireKbps), formatRate(usableKbps))}</span>
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
