// Output that is read when it is asked for, from real processes.
import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { expect, it, vi } from 'vitest';
import { PolledOutput } from '../../../../electron/adapters/probes/polled-output';

function start(script: string) {
  const child = spawn(process.execPath, ['-e', script], { stdio: ['pipe', 'pipe', 'inherit'] });
  const lines: string[] = [];
  const output = new PolledOutput(child.stdout, (line) => lines.push(line));
  return { child, output, lines };
}

it('hears whole lines, and only when it is asked', async () => {
  const { child, output, lines } = start("process.stdout.write('one\\ntwo\\nthr'); process.stdin.on('data', () => { process.stdout.write('ee\\n'); });");
  await vi.waitFor(() => {
    output.poll();
    expect(lines).toEqual(['one', 'two']);
  }, { timeout: 5_000 });
  expect(output.poll()).toBe(false);
  child.stdin.write('go');
  await new Promise((resolve) => setTimeout(resolve, 200));
  expect(lines).toEqual(['one', 'two']);
  await vi.waitFor(() => {
    output.poll();
    expect(lines).toEqual(['one', 'two', 'three']);
  }, { timeout: 5_000 });
  child.kill();
  await once(child, 'exit');
  output.close();
});

it('hears what was left behind when the process ended, more than a buffer of it, and lets the process be over', async () => {
  const { child, output, lines } = start("process.stdout.write('x'.repeat(99).concat('\\n').repeat(1500)); ");
  const closed = once(child, 'close');
  const beat = setInterval(() => output.poll(), 10);
  await once(child, 'exit');
  clearInterval(beat);
  output.close();
  output.close();
  await closed;
  expect(lines).toHaveLength(1_500);
  expect(output.poll()).toBe(false);
});
