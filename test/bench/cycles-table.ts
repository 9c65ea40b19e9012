// Puts what a thousand crashes leave behind into a table for people.
import type { CyclesReport } from './cycles-report';

export function cyclesTable({ cycles, machine, crashToResumed, samples, goals, ok }: CyclesReport): string {
  const row = (cells: readonly (string | number)[]): string => cells.map((cell) => String(cell).padStart(13)).join('');
  const { medianMs, p95Ms, maxMs } = crashToResumed;
  return [
    `${cycles} crashes after a warm-up; Node ${machine.node}, Linux ${machine.kernel}, ${machine.cpus} processors, load ${machine.loadBefore.join(' ')} before, ${machine.loadAfter.join(' ')} after`,
    `crash → app runs on: median ${medianMs} ms, p95 ${p95Ms} ms, most ${maxMs} ms`,
    '',
    row(['crashes', 'descriptors', 'threads', 'processes', 'RSS MiB', 'heaps MiB']),
    ...samples.map((one) => row([one.cycles, one.descriptors, one.threads, one.processes, one.rssMiB.toFixed(1), one.heapUsedMiB.toFixed(2)])),
    '',
    ...goals.map(({ goal, value, atMost, met }) => `${goal.padEnd(44)} ${String(value).padStart(8)}  at most ${String(atMost).padStart(8)}  ${met ? 'met' : 'MISSED'}`),
    '',
    ok ? 'All goals are met.' : 'Not all goals are met.',
  ].join('\n');
}
