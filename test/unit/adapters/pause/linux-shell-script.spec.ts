// The shell functions on their own, in every POSIX shell this machine has, against this machine's own /proc.
import { execFileSync, spawn, spawnSync, type ChildProcess } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync, symlinkSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, describe, expect, it } from 'vitest';
import { parseProcessTable } from '../../../../electron/adapters/pause/linux-process-tree';
import { linuxFunctions } from '../../../../electron/adapters/pause/linux-shell-script';

const shells = [['dash'], ['bash', '--posix'], ['bash'], ['busybox', 'sh'], ['mksh'], ['ksh93'], ['zsh', '--emulate', 'sh']].filter(
  ([file = '', ...args]) => spawnSync(file, [...args, '-c', 'exit 7']).status === 7,
);
const children: ChildProcess[] = [];

afterEach(() => {
  for (const child of children.splice(0)) child.kill('SIGKILL');
});

function start(file: string, ...args: readonly string[]): number {
  const child = spawn(file, args, { stdio: 'ignore' });
  children.push(child);
  if (child.pid === undefined) throw new Error(`${file} did not start`);
  return child.pid;
}

function fieldsOf(pid: number): string[] {
  const text = readFileSync(`/proc/${pid}/stat`, 'latin1');
  return text.slice(text.lastIndexOf(')') + 2).split(' ');
}

describe.each(shells.map((shell) => ({ shell, name: shell.join(' ') })))('in $name', ({ shell }) => {
  const [file = '', ...args] = shell;

  function run(script: string): string {
    return execFileSync(file, args, { input: `${linuxFunctions}\nathena_about >/dev/null\n${script}\n:\n`, encoding: 'utf8', stdio: 'pipe' });
  }

  /** A BusyBox may use a `paste` of its own, which stops at a NUL, whatever else is installed. */
  const pastes = run('echo $athena_paste').trim() === 'yes' ? ['yes', 'no'] : ['no'];

  it('tells system, own pid and mounts', () => {
    const about = execFileSync(file, args, { input: `${linuxFunctions}\nathena_about\n`, encoding: 'utf8' });
    expect(about).toMatch(/^system Linux\nshell \d+\n/);
  });

  it('lists this very process, with and without a fit "paste", alike', () => {
    for (const paste of pastes) {
      const own = parseProcessTable(run(`athena_paste=${paste}; athena_list 2>/dev/null`)).get(process.pid);
      expect(own).toMatchObject({ parentPid: process.ppid, startTicks: fieldsOf(process.pid)[19] });
      const commandLine = readFileSync(`/proc/${process.pid}/cmdline`, 'utf8');
      expect(own?.commandLine).toBe(commandLine.replace(/\0+$/, '').replaceAll('\0', ' '));
    }
  });

  it('signals a process by pid and start time, and none that only has its pid', async () => {
    const pid = start('sleep', '100');
    const startTicks = fieldsOf(pid)[19] ?? '';
    expect(run(`athena_stop ${pid} ${Number(startTicks) + 1}; athena_stop 4194304 5`)).toBe(`gone ${pid}\ngone 4194304\n`);
    expect(fieldsOf(pid)[0]).not.toBe('T');
    expect(run(`athena_stop ${pid} ${startTicks}`)).toBe(`sent ${pid}\n`);
    // On a busy machine the process stops a moment later than the shell looks.
    await expect.poll(() => run(`athena_states ${pid} ${startTicks}`), { timeout: 5_000 }).toBe(`state ${pid} T\n`);
    expect(fieldsOf(pid)[0]).toBe('T');
    run(`athena_signal CONT ${pid} ${startTicks}`);
    await expect.poll(() => fieldsOf(pid)[0], { timeout: 5_000 }).not.toBe('T');
  });

  it.each(pastes)('signals many processes at once, whatever they are called (a fit "paste": %s)', async (paste) => {
    const directory = mkdtempSync(join(tmpdir(), 'athena-names-'));
    try {
      // Without `paste`, a process with a line end in its name can't be told.
      const lineEnd = paste === 'yes' ? '\n' : '-';
      const names = ['a', 'two words', 'a) T 1 (b', `line${lineEnd}end`, '* ?', ')', '(', 'tab\there'];
      const pids = names.map((name) => {
        symlinkSync('/bin/sleep', join(directory, name));
        return start(join(directory, name), '100');
      });
      const namesNow = (): string[] => pids.map((pid) => readFileSync(`/proc/${pid}/comm`, 'utf8').slice(0, -1));
      await expect.poll(namesNow, { timeout: 5_000 }).toEqual(names);
      const startTicks = pids.map((pid) => fieldsOf(pid)[19] ?? '');
      const [stranger = 0, ...ours] = pids;
      const words = [`${stranger} 1`, ...ours.map((pid, index) => `${pid} ${startTicks[index + 1]}`), '4194304 5'].join(' ');
      const told = run(`athena_paste=${paste}; athena_stop ${words}`).trim().split('\n');
      expect(told).toEqual([`gone ${stranger}`, ...ours.map((pid) => `sent ${pid}`), 'gone 4194304']);
      // On a busy machine one may stop later than the shell waits.
      const states = (): string[] => run(`athena_paste=${paste}; athena_states ${words}`).trim().split('\n');
      await expect.poll(states, { timeout: 5_000 }).toEqual(ours.map((pid) => `state ${pid} T`));
      expect(fieldsOf(stranger)[0]).not.toBe('T');
      run(`athena_paste=${paste}; athena_signal CONT ${words}`);
      expect(pids.map((pid) => fieldsOf(pid)[0])).not.toContain('T');
    } finally {
      rmSync(directory, { recursive: true });
    }
  });

  it('reports children that nobody listed, but not those that have ended', async () => {
    const parent = start('sh', '-c', 'sleep 100 & : & exec sleep 101');
    const children = (): number[] =>
      readFileSync(`/proc/${parent}/task/${parent}/children`, 'utf8').trim().split(' ').filter(Boolean).map(Number);
    await expect.poll(() => fieldsOf(parent).length > 0 && children().length, { timeout: 5_000 }).toBe(2);
    await expect.poll(() => children().map((pid) => fieldsOf(pid)[0]).join(''), { timeout: 5_000 }).toContain('Z');
    const living = children().filter((pid) => fieldsOf(pid)[0] !== 'Z');
    expect(living).toHaveLength(1);
    expect(run(`athena_newborn ${parent}`)).toBe(`newborn ${living[0]}\n`);
    expect(run(`athena_newborn ${parent} ${living[0]}`)).toBe('');
    process.kill(living[0] ?? 0, 'SIGKILL');
  });

  it('survives groups, files and mounts that are not there', () => {
    expect(
      run(
        'athena_pid_file /no/such/file; athena_pid_file /dev/zero; athena_pid_file /proc/self/loginuid >/dev/null; ' +
          'athena_freeze /no/mount 4194304 5 || echo no; athena_thaw /no/mount 4194304 5; athena_frozen_of /no/mount 4194304; echo alive',
      ),
    ).toBe('missing\nmissing\nno\nalive\n');
  });
});
