// A sleep of this machine is told once, by whichever of its signs comes first, and setting the clock is none.
import { describe, expect, it } from 'vitest';
import { SleepWatch } from '../../../../electron/domain/session/sleep-watch';
import type { Clock, Disposable } from '../../../../electron/domain/clock';
import { SleepClock } from '../../../../electron/adapters/power/sleep-clock';
import { FakeClock } from '../../../fakes/fake-clock';

/** A clock that the machine's sleep does not reach, with a wall clock that goes on. */
class SleepyClock implements Clock {
  readonly awake = new FakeClock();
  aheadMs = 0;

  nowMs(): number {
    return this.awake.nowMs() + this.aheadMs;
  }

  monotonicMs(): number {
    return this.awake.monotonicMs();
  }

  after(delayMs: number, call: () => void): Disposable {
    return this.awake.after(delayMs, call);
  }
}

function bench(canMeter = true): { clock: SleepyClock; watch: SleepWatch; told: number[]; sleep(ms: number): void } {
  const clock = new SleepyClock();
  const told: number[] = [];
  let sleptMs = 1_000_000;
  const watch = new SleepWatch({ clock, meter: { sleptMs: () => (canMeter ? sleptMs : null) }, woke: (ms) => told.push(ms) });
  const sleep = (ms: number): void => {
    sleptMs += ms;
    clock.aheadMs += ms;
  };
  return { clock, watch, told, sleep };
}

describe('a sleep', () => {
  it('is told within a second after it, once, however often the desktop repeats it', () => {
    const { clock, watch, told, sleep } = bench();
    clock.awake.advance(10_000);
    expect(told).toEqual([]);
    watch.suspending();
    sleep(600_000);
    clock.awake.advance(1_000);
    expect(told).toEqual([600_000]);
    watch.resumed();
    watch.resumed();
    clock.awake.advance(60_000);
    expect(told).toEqual([600_000]);
  });

  it('is told at once when the desktop is faster than the look', () => {
    const { clock, watch, told, sleep } = bench();
    watch.suspending();
    sleep(20_000);
    watch.resumed();
    expect(told).toEqual([20_000]);
    clock.awake.advance(5_000);
    expect(told).toEqual([20_000]);
  });

  it('is known by the desktop alone where no clock tells, and by none of a moment', () => {
    const { clock, watch, told, sleep } = bench(false);
    sleep(50_000);
    clock.awake.advance(5_000);
    watch.resumed();
    expect(told).toEqual([]);
    watch.suspending();
    sleep(50_000);
    watch.resumed();
    expect(told).toEqual([50_000]);
    clock.awake.advance(60_000);
    watch.suspending();
    sleep(500);
    watch.resumed();
    expect(told).toEqual([50_000]);
  });

  it('is not a clock that somebody sets, nor a machine that is slow', () => {
    const { clock, told } = bench();
    clock.aheadMs += 3_600_000;
    clock.awake.advance(5_000);
    clock.aheadMs -= 7_200_000;
    clock.awake.advance(30_000);
    expect(told).toEqual([]);
  });

  it('leaves no timer behind', () => {
    const { clock, watch } = bench();
    watch.dispose();
    expect(clock.awake.pending).toBe(0);
  });
});

describe('the clock of sleep', () => {
  it('tells what uptime is ahead of the time awake, on Linux', () => {
    expect(new SleepClock('linux', () => ({ uptimeS: 900.5, monotonicMs: 200_000 })).sleptMs()).toBe(700_500);
    expect(new SleepClock('win32').sleptMs()).toBeNull();
  });

  it.runIf(process.platform === 'linux')('stands still while this machine is awake', async () => {
    const clock = new SleepClock();
    const before = clock.sleptMs() ?? Number.NaN;
    await new Promise((resolve) => setTimeout(resolve, 300));
    expect(Math.abs((clock.sleptMs() ?? Number.NaN) - before)).toBeLessThan(1_100);
  });
});
