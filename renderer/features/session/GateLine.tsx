// How the network stands against the gate, in a sentence above the graph that shows it.
import type { ReactNode } from 'react';
import type { GateView } from '../../../electron/common/gate';
import { assertNever } from '../../../electron/common/result';
import type { Tone } from '../../ui/tone';
import { useNow } from '../../ui/use-now';
import { texts } from './texts';

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
  return <span className="figures">{texts.gateForced(Math.max(0, Math.ceil((atMs - useNow(500)) / 1000)))}</span>;
}

function gateWords({ fitness, reasons }: GateView): string {
  switch (fitness) {
    case 'fit':
      return texts.gateFit;
    case 'unfit':
      return texts.gateUnfit(reasons.join('; '));
    case 'unmeasured':
      return texts.gateUnmeasured;
    default:
      return assertNever(fitness);
  }
}
