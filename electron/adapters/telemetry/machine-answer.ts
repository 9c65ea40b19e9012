// Cuts the answers of the machine script out of what a shell prints, and turns each into figures.
import type { TelemetryFigures } from '../../common/telemetry';
import { leaseEnd, type LeaseFile } from './lease-files';
import { accessPointOf, figuresBetween, queueDropsOf, readMachine, type MachineLook } from './machine-files';

/** Longer is no answer of the script. */
const longestAnswer = 1_000_000;

interface Draft {
  readonly card: string | null;
  readonly own: string | null;
  readonly files: Map<string, string>;
  part: 'files' | 'queue' | 'radio' | 'lease';
  queue: string;
  radio: string;
  readonly leases: { path: string; changedAtMs: number; nowMs: number; text: string }[];
}

export type MachineSaying = { readonly kind: 'ready' } | { readonly kind: 'figures'; readonly figures: TelemetryFigures };

export class MachineReader {
  private rest = '';
  private draft: Draft | null = null;
  private before: MachineLook | null = null;
  /** In seconds since the start of the machine, because clocks differ; null: no lease is known. */
  private leaseEndsAtUptimeS: number | null = null;

  /** @param mark the script's */
  constructor(private readonly mark: string) {}

  /** @returns what the text completes. @throws RangeError when a single answer has no end */
  take(text: string): MachineSaying[] {
    const lines = (this.rest + text).split('\n');
    this.rest = lines.pop() ?? '';
    if (this.rest.length > longestAnswer) throw new RangeError('a line without an end');
    return lines.flatMap((line) => this.line(line));
  }

  private line(line: string): MachineSaying[] {
    if (!line.startsWith(`${this.mark} `)) {
      if (this.draft) keep(this.draft, line);
      return [];
    }
    const [, word, ...fields] = line.split(' ');
    switch (word) {
      case 'ready':
        return [{ kind: 'ready' }];
      case 'begin':
        this.draft = { card: fields[0] || null, own: fields[1] || null, files: new Map(), part: 'files', queue: '', radio: '', leases: [] };
        return [];
      case 'end':
        return this.ended();
      case 'lease':
        this.draft?.leases.push({ changedAtMs: Number(fields[0]) * 1_000, nowMs: Number(fields[1]) * 1_000, path: fields.slice(2).join(' '), text: '' });
        if (this.draft) this.draft.part = 'lease';
        return [];
      case 'queue':
      case 'radio':
        if (this.draft) this.draft.part = word;
        return [];
      default:
        return [];
    }
  }

  private ended(): MachineSaying[] {
    const { draft } = this;
    this.draft = null;
    if (!draft) return [];
    const now = readMachine(draft.files, draft.card);
    const uptimeS = now.figures.uptimeS ?? 0;
    // The machine's own clock, since answers travel at the pace of the network. Started anew, nothing can be compared.
    const seconds = uptimeS - (this.before?.figures.uptimeS ?? uptimeS);
    if (seconds < 0) this.leaseEndsAtUptimeS = null;
    const figures = figuresBetween(seconds < 0 ? null : this.before, now, seconds);
    this.before = now;
    this.noteLeases(draft, uptimeS);
    const qdiscDrops = queueDropsOf(draft.queue);
    const wifiAccessPoint = accessPointOf(draft.radio);
    return [
      {
        kind: 'figures',
        figures: {
          ...figures,
          ...(qdiscDrops !== undefined && { qdiscDrops }),
          ...(wifiAccessPoint !== undefined && { wifiAccessPoint }),
          ...(this.leaseEndsAtUptimeS !== null && { leaseS: Math.round(this.leaseEndsAtUptimeS - uptimeS) }),
        },
      },
    ];
  }

  private noteLeases({ leases, own }: Draft, uptimeS: number): void {
    const [first] = leases;
    if (!first || own === null) return;
    const files: LeaseFile[] = leases.map(({ path, text, changedAtMs }) => ({ path, text, changedAtMs }));
    const endsAtMs = leaseEnd(files, own);
    this.leaseEndsAtUptimeS = endsAtMs === null ? null : uptimeS + (endsAtMs - first.nowMs) / 1_000;
  }
}

function keep(draft: Draft, line: string): void {
  switch (draft.part) {
    case 'files': {
      const at = line.indexOf(':');
      if (at <= 0 || draft.files.size > 1_000) return;
      const path = line.slice(0, at);
      const before = draft.files.get(path) ?? '';
      if (before.length < longestAnswer) draft.files.set(path, `${before}${line.slice(at + 1)}\n`);
      return;
    }
    case 'queue':
      draft.queue = `${draft.queue}${line}\n`.slice(0, longestAnswer);
      return;
    case 'radio':
      draft.radio = `${draft.radio}${line}\n`.slice(0, longestAnswer);
      return;
    case 'lease': {
      const lease = draft.leases.at(-1);
      if (lease) lease.text = `${lease.text}${line}\n`.slice(0, longestAnswer);
      return;
    }
  }
}
