// Measures our own lateness and how crowded the processors of this machine are, so that neither is taken for a stalled stream.
import { monitorEventLoopDelay, type IntervalHistogram } from 'node:perf_hooks';
import type { OwnLook } from '../../domain/session/stall-evidence';
import { ProcFile } from './proc-file';

const resolutionMs = 50;
const nanosPerMs = 1e6;
/** A shorter time makes the share of waiting jump. */
const pressureWindowMs = 1_000;

export class OwnLoad {
  private readonly delay: IntervalHistogram = monitorEventLoopDelay({ resolution: resolutionMs });
  private readonly pressure = ProcFile.open('/proc/pressure/cpu');
  private marks: { readonly tMs: number; readonly waitedUs: number }[] = [];

  constructor() {
    this.delay.enable();
  }

  /** @param tMs monotonic */
  look(tMs: number): OwnLook {
    // It records the time between two firings of a timer, and nothing (0) before the first two.
    const loopDelayMs = Math.max(0, this.delay.max / nanosPerMs - resolutionMs);
    this.delay.reset();
    return { loopDelayMs, cpuPressure: this.cpuPressure(tMs) };
  }

  dispose(): void {
    this.delay.disable();
    this.pressure?.close();
  }

  /** Share of the last second in which some task waited for a processor (Documentation/accounting/psi.rst). */
  private cpuPressure(tMs: number): number | null {
    const total = /^some .*total=(\d+)/m.exec(this.pressure?.read() ?? '')?.[1];
    if (total === undefined) return null;
    const waitedUs = Number(total);
    this.marks = [...this.marks.filter((mark) => tMs - mark.tMs <= pressureWindowMs), { tMs, waitedUs }];
    const first = this.marks[0];
    if (!first || tMs - first.tMs < pressureWindowMs / 4) return null;
    return Math.min(1, (waitedUs - first.waitedUs) / 1_000 / (tMs - first.tMs));
  }
}
