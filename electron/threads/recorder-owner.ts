// Owns the recorder thread: carries records in and answers out, starts it when it is first needed and again when it dies.
import { Worker } from 'node:worker_threads';
import type { ChangeMark, Comparison, ExportFormat, Incident, IncidentId, IncidentSummary, RecordedLane } from '../common/incident';
import { assertNever, failure, type Result } from '../common/result';
import type { VantagePoint } from '../common/vantage';
import type { Clock, Disposable } from '../domain/clock';
import type { FlightRecorder, RecordedQuestion } from '../domain/incidents/flight-recorder';
import type { IncidentKeeper, IncidentRequest } from '../domain/incidents/incident-keeper';
import type { RecordedItem } from '../domain/incidents/recorded-item';
import type { Log } from '../domain/log';
import type { FromRecorderThread, RecorderAnswers, RecorderQuestion, RecorderThreadStart, ToRecorderThread } from './recorder-messages';

/** Ten targets for a year need some 400 MiB. */
export const usualLimitBytes = 1_024 ** 3;

/** A thread that cannot load would otherwise be started for ever, as fast as the machine can. */
const restartDelaysMs = [100, 1_000, 5_000, 30_000] as const;
const healthyAfterMs = 30_000;
/** A commit of what is left, on a disk that is busy. */
const stopLimitMs = 4_000;
/** A year's incidents and a slow disk; who asks would rather be told. */
const answerLimitMs = 20_000;
/** What is kept for a thread that is being started again: half a minute of everything. */
const mostHeld = 2_000;

type Answer = Result<RecorderAnswers[keyof RecorderAnswers]>;

export class RecorderOwner implements FlightRecorder, IncidentKeeper {
  private readonly listeners = new Set<(summary: IncidentSummary) => void>();
  private readonly asked = new Map<number, (answer: Answer) => void>();
  private worker: Worker | null = null;
  private held: RecordedItem[] = [];
  private nextNumber = 1;
  private startedAtMs = 0;
  private deaths = 0;
  private restart: Disposable | null = null;
  private disposed: Promise<void> | null = null;

  /** @param scriptFile the built recorder thread */
  constructor(
    private readonly scriptFile: string,
    private readonly store: RecorderThreadStart,
    private readonly clock: Clock,
    private readonly log: Log,
  ) {}

  keep(items: readonly RecordedItem[]): void {
    if (this.disposed || items.length === 0) return;
    if (this.restart) this.held = [...this.held, ...items].slice(-mostHeld);
    else this.send({ kind: 'keep', items });
  }

  async keepIncident(request: IncidentRequest): Promise<Result<IncidentSummary>> {
    const kept = await this.ask({ kind: 'keep-incident', request });
    if (kept.ok) this.tell(kept.value);
    return kept;
  }

  incidents(): Promise<Result<IncidentSummary[]>> {
    return this.ask({ kind: 'incidents' });
  }

  incident(id: IncidentId): Promise<Result<Incident>> {
    return this.ask({ kind: 'incident', id });
  }

  report(id: IncidentId, format: ExportFormat): Promise<Result<string>> {
    return this.ask({ kind: 'report', id, format });
  }

  vantages(): Promise<Result<VantagePoint[]>> {
    return this.ask({ kind: 'vantages' });
  }

  recorded(question: RecordedQuestion): Promise<Result<RecordedLane[]>> {
    return this.ask({ kind: 'recorded', question });
  }

  changes(): Promise<Result<ChangeMark[]>> {
    return this.ask({ kind: 'changes' });
  }

  markChange(text: string): Promise<Result<ChangeMark>> {
    return this.ask({ kind: 'mark-change', text });
  }

  forgetChange(id: number): Promise<Result<undefined>> {
    return this.ask({ kind: 'forget-change', id });
  }

  compare(changeId: number): Promise<Result<Comparison[]>> {
    return this.ask({ kind: 'compare', changeId });
  }

  onIncident(listener: (summary: IncidentSummary) => void): Disposable {
    this.listeners.add(listener);
    return { dispose: () => this.listeners.delete(listener) };
  }

  /** Resolves when everything is on disk and the thread has ended. */
  dispose(): Promise<void> {
    this.disposed ??= this.end();
    return this.disposed;
  }

  private ask<K extends RecorderQuestion['kind']>(question: Extract<RecorderQuestion, { kind: K }>): Promise<Result<RecorderAnswers[K]>> {
    if (this.disposed || this.restart) return Promise.resolve(noAnswer());
    const number = this.nextNumber;
    this.nextNumber += 1;
    return new Promise((resolve) => {
      const tooLong = this.clock.after(answerLimitMs, () => this.settle(number, noAnswer()));
      this.asked.set(number, (answer) => {
        tooLong.dispose();
        resolve(answer as Result<RecorderAnswers[K]>);
      });
      this.send({ kind: 'ask', number, question });
    });
  }

  private settle(number: number, answer: Answer): void {
    const resolve = this.asked.get(number);
    this.asked.delete(number);
    resolve?.(answer);
  }

  private send(message: ToRecorderThread): void {
    this.worker ??= this.start();
    this.worker.postMessage(message);
  }

  private start(): Worker {
    this.startedAtMs = this.clock.monotonicMs();
    const worker = new Worker(this.scriptFile, { workerData: this.store, name: 'recorder' });
    worker.on('message', (message: FromRecorderThread) => this.receive(message));
    worker.once('error', (error) => {
      this.log.error('recorder thread failed', { error });
      // It takes nothing any more, although its end is told a moment later.
      this.threadEnded(worker, null);
    });
    worker.once('exit', (exitCode) => this.threadEnded(worker, exitCode));
    return worker;
  }

  private receive(message: FromRecorderThread): void {
    switch (message.kind) {
      case 'answer':
        this.settle(message.number, message.result);
        return;
      case 'trouble':
        this.log.warn(message.message, message.fields);
        return;
      case 'finished':
        this.tell(message.summary);
        return;
      case 'stopped':
        return;
      default:
        assertNever(message);
    }
  }

  private threadEnded(worker: Worker, exitCode: number | null): void {
    if (this.worker !== worker) return;
    this.worker = null;
    for (const number of [...this.asked.keys()]) this.settle(number, noAnswer());
    if (this.disposed) return;
    if (this.clock.monotonicMs() - this.startedAtMs > healthyAfterMs) this.deaths = 0;
    const delayMs = restartDelaysMs[Math.min(this.deaths, restartDelaysMs.length - 1)] ?? 0;
    this.deaths += 1;
    this.log.error('recorder thread died and is started again', { exitCode, delayMs });
    this.restart = this.clock.after(delayMs, () => {
      this.restart = null;
      const { held } = this;
      this.held = [];
      this.keep(held);
    });
  }

  private async end(): Promise<void> {
    this.restart?.dispose();
    const { worker } = this;
    if (worker) {
      await new Promise<void>((resolve) => {
        const tooLong = this.clock.after(stopLimitMs, () => {
          this.log.warn('recorder thread did not end in time');
          resolve();
        });
        worker.once('exit', () => {
          tooLong.dispose();
          resolve();
        });
        worker.postMessage({ kind: 'stop' } satisfies ToRecorderThread);
      });
      await worker.terminate();
    }
    this.listeners.clear();
  }

  private tell(summary: IncidentSummary): void {
    for (const listener of [...this.listeners]) listener(summary);
  }
}

function noAnswer(): ReturnType<typeof failure> {
  return failure('io', 'The flight recorder does not answer.', 'Try again in a moment; the log tells what is wrong with it.');
}
