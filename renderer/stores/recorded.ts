// What the flight recorder knows beyond the newest samples: vantage points, stretches of recorded time, and changes with what they brought.
import { create } from 'zustand';
import type { ChangeMark, Comparison, RecordedLane } from '../../electron/common/incident';
import type { SampleBatch } from '../../electron/common/latency';
import type { Failure, Result } from '../../electron/common/result';
import type { VantageId, VantagePoint } from '../../electron/common/vantage';
import type { LiveSamples } from './live-samples';
import { ask, request } from './request';

interface RecordedState {
  /** Null: not read yet. */
  readonly vantages: readonly VantagePoint[] | null;
  readonly failure: Failure | null;
  /** Newest first. */
  readonly changes: readonly ChangeMark[];
}

export const useRecorded = create<RecordedState>()(() => ({ vantages: null, failure: null, changes: [] }));

/** As many as one question may be about. */
export const mostVantages = 16;
/** As many pieces as one answer may have. */
const mostPieces = 2_000;

export async function loadVantages(): Promise<void> {
  const read = await ask('latency:list-vantages', undefined);
  if (read.ok) useRecorded.setState({ vantages: read.value, failure: null });
  else useRecorded.setState({ failure: read.failure });
}

export async function loadChanges(): Promise<void> {
  const read = await ask('change:list', undefined);
  if (read.ok) useRecorded.setState({ changes: [...read.value].sort((one, other) => other.atMs - one.atMs) });
}

/** @param pieces as many as there is room for */
export async function readRecorded(vantages: readonly VantageId[], fromMs: number, toMs: number, pieces: number): Promise<Result<RecordedLane[]>> {
  return ask('latency:read-recorded', { vantages: vantages.slice(0, mostVantages), fromMs, toMs, buckets: Math.max(1, Math.min(mostPieces, Math.round(pieces))) });
}

/** Puts what was recorded before the window opened under its live samples. @param forMs so far back */
export async function fillLive(samples: LiveSamples, vantages: readonly VantageId[], forMs: number): Promise<void> {
  if (vantages.length === 0) return;
  const nowMs = Date.now();
  const read = await readRecorded(vantages, nowMs - forMs, nowMs, mostPieces);
  if (read.ok) samples.fill(read.value.map(asSamples));
}

/** Each piece as its slowest answer and, where something was lost, a loss: neither must get lost on the way. */
export function asSamples({ vantage, probe, atMs, lost, maxMs, bucketMs }: RecordedLane): SampleBatch {
  const batch: SampleBatch = { vantage, probe, atMs: [], rttMs: [] };
  atMs.forEach((at, index) => {
    const max = maxMs[index] ?? null;
    if (max !== null) {
      batch.atMs.push(at);
      batch.rttMs.push(max);
    }
    if ((lost[index] ?? 0) === 0) return;
    batch.atMs.push(at + bucketMs / 2);
    batch.rttMs.push(null);
  });
  return batch;
}

export async function markChange(text: string): Promise<boolean> {
  const marked = await request('change:mark', { text });
  if (marked.ok) useRecorded.setState(({ changes }) => ({ changes: [marked.value, ...changes.filter(({ id }) => id !== marked.value.id)] }));
  return marked.ok;
}

export async function forgetChange(changeId: number): Promise<void> {
  const forgotten = await request('change:forget', { changeId });
  if (forgotten.ok) useRecorded.setState(({ changes }) => ({ changes: changes.filter(({ id }) => id !== changeId) }));
}

/** Failures stand beside the change. */
export async function compareChange(changeId: number): Promise<Result<Comparison[]>> {
  return ask('change:compare', { changeId });
}
