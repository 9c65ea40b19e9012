// Reading the process table out of the shell's answer, and choosing an app's processes from it.
import { describe, expect, it } from 'vitest';
import { parseProcessTable, protectedPids, withDescendants } from '../../../../electron/adapters/pause/linux-process-tree';

interface Made {
  readonly pid: number;
  readonly parent: number;
  readonly name?: string;
  readonly state?: string;
  readonly command?: string;
  readonly flags?: number;
  readonly threads?: number;
  readonly start?: number;
}

function stat({ pid, parent, name = 'prog', state = 'S', flags = 4194304, threads = 1, start = 1000 + pid }: Made): string {
  const fields = [state, parent, pid, pid, 0, -1, flags, 0, 0, 0, 0, 0, 0, 0, 0, 20, 0, threads, 0, start, 0, 0];
  return `${pid} (${name}) ${fields.join(' ')}`;
}

function listing(...processes: readonly Made[]): string {
  return processes.map((made) => `${stat(made)}\n${made.command ?? 'prog'}\n\n`).join('');
}

const pidsIn = (processes: readonly { pid: number }[]): number[] => processes.map(({ pid }) => pid);

describe('the listing', () => {
  it('gives pid, parent, state, name, start and the arguments joined by spaces', () => {
    const table = parseProcessTable(listing({ pid: 7, parent: 1, state: 'T', command: 'wine\0game.exe\0--full screen\0' }));
    expect(table.get(7)).toEqual({
      pid: 7, parentPid: 1, startTicks: '1007', state: 'T', name: 'prog', commandLine: 'wine game.exe --full screen', isKernelThread: false,
    });
  });

  it.each(['a b', ') R 1 (', '((', '))', 'x) T 99 99', '\u{1F3AE}\uFFFD'])('reads past the name %j', (name) => {
    expect(parseProcessTable(listing({ pid: 7, parent: 3, name, state: 'R' })).get(7)).toMatchObject({ name, state: 'R', parentPid: 3 });
  });

  it('stays in step when processes vanish between the files, and with empty command lines', () => {
    const whole = listing({ pid: 9, parent: 1, command: 'nine' });
    const noCommand = `${stat({ pid: 8, parent: 1 })}\n\n`;
    const kernel = `${stat({ pid: 5, parent: 2, flags: 0x0020_8040 })}\n\n\n`;
    const nothing = '\n';
    for (const text of [noCommand + whole, kernel + whole, nothing + whole, noCommand + nothing + whole, nothing + nothing + kernel + noCommand + whole]) {
      expect(parseProcessTable(text).get(9)).toMatchObject({ commandLine: 'nine' });
    }
    expect(parseProcessTable(kernel).get(5)).toMatchObject({ isKernelThread: true, commandLine: '' });
    expect(parseProcessTable(noCommand + whole).get(8)).toMatchObject({ commandLine: '' });
  });

  it('takes no command line for a process', () => {
    const forged = stat({ pid: 666, parent: 1, start: 1 });
    const table = parseProcessTable(listing({ pid: 4, parent: 1, command: forged }, { pid: 6, parent: 1, command: 'six' }));
    expect([...table.keys()]).toEqual([4, 6]);
    expect(table.get(4)?.commandLine).toBe(forged);
  });

  it('leaves out what has ended, and what it cannot read', () => {
    const table = parseProcessTable(
      `${listing({ pid: 3, parent: 1, state: 'Z' }, { pid: 4, parent: 1, state: 'X' }, { pid: 5, parent: 1, state: 'Z', threads: 3 })}garbage\n\0\0\n\n` +
        `-4 (x) S 1 1\n\n\n12 (short) S 1\nx\n\n${listing({ pid: 6, parent: 1 })}`,
    );
    expect([...table.keys()]).toEqual([5, 6]); // 5: its first thread has ended, others run
    expect(parseProcessTable('').size).toBe(0);
    expect(parseProcessTable('\n'.repeat(1000)).size).toBe(0);
  });
});

describe('the tree', () => {
  const table = parseProcessTable(
    listing(
      { pid: 1, parent: 0 },
      { pid: 2, parent: 0, flags: 0x0020_8040 },
      { pid: 3, parent: 2, flags: 0x0020_8040 },
      { pid: 50, parent: 1, name: 'sshd' },
      { pid: 51, parent: 50, name: 'sshd-session' },
      { pid: 52, parent: 51, name: 'fish' },
      { pid: 53, parent: 52, name: 'sh' },
      { pid: 54, parent: 53, name: 'paste' },
      { pid: 60, parent: 51, name: 'bash' },
      { pid: 100, parent: 1 },
      { pid: 90, parent: 100 },
      { pid: 80, parent: 90 },
      { pid: 110, parent: 100, name: 'sshd' },
      { pid: 111, parent: 110 },
      { pid: 200, parent: 1 },
    ),
  );

  it('protects init, the kernel, SSH servers, and its own shell with all above and below it', () => {
    expect([...protectedPids(table, 53, null)].sort((a, b) => a - b)).toEqual([1, 2, 3, 50, 51, 52, 53, 54, 110]);
  });

  it('protects Athena where it runs on the host itself, but not the apps it has started', () => {
    const pids = protectedPids(table, 53, 90);
    expect([90, 100].every((pid) => pids.has(pid))).toBe(true);
    expect(pidsIn(withDescendants(table, [80], pids))).toEqual([80]);
  });

  it('holds every descendant once, parents first, without what is protected and what hangs on it', () => {
    const except = protectedPids(table, 53, null);
    expect(pidsIn(withDescendants(table, [100], except))).toEqual([100, 90, 80]);
    expect(pidsIn(withDescendants(table, [80, 100, 90], except))).toEqual([100, 90, 80]);
    expect(pidsIn(withDescendants(table, [111, 200], except))).toEqual([200, 111]);
    expect(withDescendants(table, [1, 50, 53, 54, 3], except)).toEqual([]);
    expect(withDescendants(table, [4242], except)).toEqual([]);
  });

  it('comes to an end in a table that goes round in a circle', () => {
    const circle = parseProcessTable(listing({ pid: 5, parent: 6 }, { pid: 6, parent: 5 }, { pid: 7, parent: 7 }));
    expect(pidsIn(withDescendants(circle, [5, 7], new Set())).sort()).toEqual([5, 6, 7]);
    expect(protectedPids(circle, 5, null).has(6)).toBe(true);
  });
});
