// How long this machine has slept in all: what a clock that goes on in sleep is ahead of one that does not.
import { uptime } from 'node:os';
import { performance } from 'node:perf_hooks';
import type { SleepMeter } from '../../domain/session/sleep-watch';

/**
 * Linux: `/proc/uptime` counts sleep (CLOCK_BOOTTIME), `performance.now` does not (CLOCK_MONOTONIC), and setting the wall
 * clock moves neither (clock_gettime(2)). Elsewhere no two clocks differ by sleep alone: macOS tells its uptime by the wall
 * clock, and on Windows both go on; there the desktop's own word has to do.
 */
export class SleepClock implements SleepMeter {
  constructor(
    private readonly platform: NodeJS.Platform = process.platform,
    private readonly read: () => { readonly uptimeS: number; readonly monotonicMs: number } = () => ({
      uptimeS: uptime(),
      monotonicMs: performance.now(),
    }),
  ) {}

  sleptMs(): number | null {
    if (this.platform !== 'linux') return null;
    const { uptimeS, monotonicMs } = this.read();
    return uptimeS * 1_000 - monotonicMs;
  }
}
