// What a rule is: a small pure function over an incident, for one cause.
import type { Told } from '../../common/told';
import type { Cause, CauseId } from '../../common/trace';
import type { IncidentFacts } from './incident-facts';

/** @returns null: nothing speaks for this cause */
export type Rule = (facts: IncidentFacts) => Cause | null;

/** Gathers what speaks for and against one cause. */
export class Case {
  private readonly evidence: Told[] = [];
  private readonly against: Told[] = [];
  private odds = 0;

  constructor(
    private readonly cause: CauseId,
    private readonly confirm: Told,
    private readonly fix: Told,
  ) {}

  /** @param weight how much of the remaining doubt it takes away, 0 to 1 */
  add(weight: number, text: Told): this {
    this.odds += (1 - this.odds) * weight;
    this.evidence.push(text);
    return this;
  }

  /** @param weight how much of the confidence it takes away, 0 to 1 */
  doubt(weight: number, text: Told): this {
    this.odds *= 1 - weight;
    this.against.push(text);
    return this;
  }

  close(): Cause | null {
    if (this.evidence.length === 0) return null;
    const confidence = Math.round(Math.min(0.98, this.odds) * 100) / 100;
    return { cause: this.cause, confidence, evidence: this.evidence, against: this.against, confirm: this.confirm, fix: this.fix };
  }
}
