// How the network stands against the gate, in a sentence above the graph that shows it.
import type { ReactNode } from 'react';
import { useTranslation } from 'react-i18next';
import type { GateView } from '../../../electron/common/gate';
import { assertNever } from '../../../electron/common/result';
import { wordsOf } from '../../language/language';
import { say } from '../../language/told';
import type { Tone } from '../../ui/tone';
import { useNow } from '../../ui/use-now';

const words = wordsOf('session');

const tones: Readonly<Record<GateView['fitness'], Tone>> = { fit: 'good', unfit: 'warn', unmeasured: 'neutral' };

export function GateLine({ gate }: { readonly gate: GateView }): ReactNode {
  return (
    <p className="gate-line" data-tone={tones[gate.fitness]}>
      <span className="gate-line__dot" aria-hidden />
      <span>
        {gateWords(gate)} {gate.forcedAtMs !== null && gate.fitness === 'unfit' && <ForcedIn atMs={gate.forcedAtMs} />}
      </span>
    </p>
  );
}

function ForcedIn({ atMs }: { readonly atMs: number }): ReactNode {
  const { t } = useTranslation('session');
  return <span className="figures">{t('gateForced', { seconds: Math.max(0, Math.ceil((atMs - useNow(500)) / 1000)) })}</span>;
}

function gateWords({ fitness, reasons }: GateView): string {
  switch (fitness) {
    case 'fit':
      return words('gateFit');
    case 'unfit':
      return words('gateUnfit', { reasons: reasons.map(say).join('; ') });
    case 'unmeasured':
      return words('gateUnmeasured');
    default:
      return assertNever(fitness);
  }
}
