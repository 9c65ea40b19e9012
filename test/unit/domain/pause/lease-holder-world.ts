// A holder of a lease among watchdogs that exist only in memory, and start, hang or fail as a test says.
import { failure, success, type FailureKind } from '../../../../electron/common/result';
import { usualTerms, type LeaseNews } from '../../../../electron/domain/pause/lease';
import { LeaseHolder } from '../../../../electron/domain/pause/lease-holder';
import type { Watchdog, WatchdogEvents, WatchdogStart } from '../../../../electron/domain/pause/lease-watchdog';
import { FakeClock } from '../../../fakes/fake-clock';

export class FakeWatchdog implements Watchdog {
  readonly said: string[] = [];
  answers = true;

  constructor(readonly events: WatchdogEvents) {}

  beat(number: number): void {
    this.said.push(`beat ${number}`);
    if (this.answers) this.events.answered(number);
  }

  heard(): void {
    this.said.push('heard');
  }

  leave(): void {
    this.said.push('leave');
  }

  close(): void {
    this.said.push('close');
  }
}

export type Outcome = 'starts' | 'hangs' | 'slow' | FailureKind;

/** How long a slow start takes to fail. */
export const slowMs = 5_000;

export const settled = async (): Promise<void> => {
  for (let round = 0; round < 5; round++) await Promise.resolve();
};

export class World {
  readonly clock = new FakeClock();
  readonly watchdogs: FakeWatchdog[] = [];
  readonly news: LeaseNews[] = [];
  readonly outcomes: Outcome[] = [];
  starts = 0;
  abandoned = 0;
  readonly lease = new LeaseHolder((events) => this.#start(events), usualTerms, this.clock);

  /** @param outcomes of the first starts; later ones succeed */
  static async with(...outcomes: Outcome[]): Promise<World> {
    const world = new World(outcomes);
    world.lease.onNews((news) => world.news.push(news));
    await settled();
    return world;
  }

  private constructor(outcomes: readonly Outcome[]) {
    this.outcomes.push(...outcomes);
  }

  kinds(): string[] {
    return this.news.map(({ kind }) => kind);
  }

  last(): FakeWatchdog {
    const watchdog = this.watchdogs.at(-1);
    if (!watchdog) throw new Error('no watchdog was started');
    return watchdog;
  }

  async advance(ms: number): Promise<void> {
    for (let passed = 0; passed < ms; passed += 50) {
      this.clock.advance(50);
      await settled();
    }
  }

  #start(events: WatchdogEvents): WatchdogStart {
    this.starts++;
    const abandon = (): void => void this.abandoned++;
    // The holder starts one before the outcomes are known: it is asked about them later.
    const started = Promise.resolve().then(() => {
      const outcome = this.outcomes.shift() ?? 'starts';
      if (outcome === 'hangs') return new Promise<never>(() => undefined);
      if (outcome === 'slow') {
        return new Promise<ReturnType<typeof failure>>((resolve) => {
          this.clock.after(slowMs, () => resolve(failure('timed-out', 'It is slow.', 'Wait.')));
        });
      }
      if (outcome !== 'starts') return failure(outcome, `It is ${outcome}.`, 'Do something.');
      const watchdog = new FakeWatchdog(events);
      this.watchdogs.push(watchdog);
      return success(watchdog);
    });
    return { started, abandon };
  }
}
