// The framing of answers, against a real sh and against other ends that misbehave.
import { spawn, type ChildProcessWithoutNullStreams } from 'node:child_process';
import { PassThrough } from 'node:stream';
import { afterEach, describe, expect, it } from 'vitest';
import { RemoteShell } from '../../../../electron/adapters/pause/remote-shell';
import { quoted } from '../../../../electron/adapters/pause/linux-shell-script';

const children: ChildProcessWithoutNullStreams[] = [];

afterEach(() => {
  for (const child of children.splice(0)) child.kill('SIGKILL');
});

function realShell(): RemoteShell {
  const child = spawn('sh', [], { stdio: 'pipe' });
  children.push(child);
  child.stdin.on('error', () => child.kill('SIGKILL'));
  return new RemoteShell({ input: child.stdin, output: child.stdout, destroy: () => child.kill('SIGKILL') });
}

/** The other end as a stream in the test's hand; `markers` are those of the orders sent so far. */
function puppet(limits?: { answerBytes: number; strayBytes: number }) {
  const output = new PassThrough();
  const markers: string[] = [];
  let destroyed = 0;
  const input = {
    write: (text: string): boolean => {
      markers.push(/echo ([0-9a-f]{32});/.exec(text)?.[1] ?? 'none');
      return true;
    },
  };
  const shell = new RemoteShell({ input, output, destroy: () => (destroyed += 1) }, limits);
  return { shell, output, markers, destroyed: () => destroyed };
}

describe('with a real sh', () => {
  it('answers orders sent at once in their order, whatever they print', async () => {
    const shell = realShell();
    const answers = await Promise.all([
      shell.run('echo one', 5_000),
      shell.run('printf "no line break"', 5_000),
      shell.run(':', 5_000),
      shell.run('false', 5_000),
      shell.run('printf "a\\0b\\377\\n"', 5_000),
      shell.run('cat; echo "stdin is empty"', 5_000),
      shell.run('echo hidden >&2; nosuchcommand; echo shown', 5_000),
      shell.run('i=0; while [ $i -lt 20000 ]; do echo 0123456789; i=$((i+1)); done', 20_000),
    ]);
    expect(answers.slice(0, 7).map((answer) => (answer.ok ? answer.value : answer.failure.kind))).toEqual([
      'one\n', 'no line break', '', '', 'a\0b\uFFFD\n', 'stdin is empty\n', 'shown\n',
    ]);
    expect(answers[7]).toEqual({ ok: true, value: '0123456789\n'.repeat(20_000) });
  });

  it('gets any text through as one word', async () => {
    const shell = realShell();
    for (const text of ["it's", '$(touch x) `y` "z" \\', '* ? [a]', '-n', 'a\nb', "''", '%s ü\t\u0007']) {
      expect(await shell.run(`printf '<%s>' ${quoted(text)}`, 5_000)).toEqual({ ok: true, value: `<${text}>` });
    }
    expect(() => quoted('a\0b')).toThrow();
  });

  it('tells a time-out from an end, and is closed after both', async () => {
    const late = realShell();
    const answers = await Promise.all([late.run('sleep 5', 150), late.run('echo never', 5_000)]);
    expect(answers.map((answer) => !answer.ok && answer.failure.kind)).toEqual(['timed-out', 'timed-out']);
    expect(late.isOpen()).toBe(false);

    const ends = realShell();
    expect(await ends.run('echo half; exit 3', 5_000)).toMatchObject({ ok: false, failure: { kind: 'closed' } });
    expect(await ends.run('echo more', 5_000)).toMatchObject({ ok: false, failure: { kind: 'closed' } });
  });
});

describe('with another end that misbehaves', () => {
  it('finds marks cut into single bytes, with greetings before them', async () => {
    const { shell, output, markers } = puppet();
    output.write('Welcome!\nYou have mail.');
    const answer = shell.run('x', 5_000);
    const [marker = ''] = markers;
    for (const byte of Buffer.from(`noise${marker.slice(0, 9)}${marker}\nanswer ${marker}\n${marker} 0\n`)) output.write(Buffer.of(byte));
    expect(await answer).toEqual({ ok: true, value: `answer ${marker}\n` });
  });

  it('hangs up on an answer without end', async () => {
    const { shell, output, markers, destroyed } = puppet({ answerBytes: 10_000, strayBytes: 1_000 });
    const answer = shell.run('x', 5_000);
    output.write(`${markers[0]}\n`);
    for (let i = 0; i < 20; i++) output.write('x'.repeat(1_000));
    expect(await answer).toMatchObject({ ok: false, failure: { kind: 'too-much-output' } });
    expect(destroyed()).toBe(1);
  });

  it('hangs up on endless chatter, asked or not', async () => {
    const idle = puppet({ answerBytes: 10_000, strayBytes: 1_000 });
    idle.output.write('y'.repeat(900));
    await new Promise(setImmediate);
    expect(idle.shell.isOpen()).toBe(true);
    idle.output.write('y'.repeat(900));
    await new Promise(setImmediate);
    expect(idle.shell.isOpen()).toBe(false);

    const asked = puppet({ answerBytes: 10_000, strayBytes: 1_000 });
    const answer = asked.shell.run('x', 5_000);
    for (let i = 0; i < 20; i++) asked.output.write('y\n'.repeat(100));
    expect(await answer).toMatchObject({ ok: false, failure: { kind: 'too-much-output' } });
  });

  it('quotes what was said before the end, without control characters', async () => {
    const { shell, output } = puppet();
    const answer = shell.run('x', 5_000);
    output.write('\u001b[31mThis account is\r\n currently\0 not available.\n');
    output.end();
    expect(await answer).toEqual({ ok: false, failure: { kind: 'closed', stray: '[31mThis account is currently not available.' } });
  });
});
