// Proves whose child a process on Windows is, and what is never stopped there; and that the scripts fit where they must go.
import { describe, expect, it } from 'vitest';
import { windowsWatchdogScript } from '../../../../electron/adapters/pause/windows-lease-script';
import { protectedOnWindows, windowsDescendants } from '../../../../electron/adapters/pause/windows-process-tree';
import { ordersScript, startCommand, starter, startLines } from '../../../../electron/adapters/pause/windows-script';
import type { WindowsProcess } from '../../../../electron/adapters/pause/windows-answer';
import { usualTerms } from '../../../../electron/domain/pause/lease';

const made = (pid: number, parentPid: number, created: number, name = 'game.exe'): WindowsProcess => ({ pid, parentPid, created: String(created), name, commandLine: name });
const none = new Set<number>();

describe('windowsDescendants', () => {
  it('finds children of children, parents first', () => {
    const table = [made(30, 20, 3), made(20, 10, 2), made(10, 1, 1), made(99, 1, 1)];
    expect(windowsDescendants(table, [10], none).map(({ pid }) => pid)).toEqual([10, 20, 30]);
  });

  it('takes no child whose parent is younger than itself: the number was used again', () => {
    expect(windowsDescendants([made(10, 1, 50), made(20, 10, 40)], [10], none).map(({ pid }) => pid)).toEqual([10]);
    const beyondDoubles = [{ ...made(10, 1, 0), created: '133769999999999999' }, { ...made(20, 10, 0), created: '133769999999999998' }];
    expect(windowsDescendants(beyondDoubles, [10], none)).toHaveLength(1);
  });

  it('ends in a circle, and leaves out what is only reached through something protected', () => {
    expect(windowsDescendants([made(10, 20, 5), made(20, 10, 5)], [10], none)).toHaveLength(2);
    expect(windowsDescendants([made(10, 1, 1), made(20, 10, 2), made(30, 20, 3)], [10], new Set([20])).map(({ pid }) => pid)).toEqual([10]);
  });

  it('protects Windows, the way in, and Athena with all above and below it', () => {
    const table = [made(4, 0, 1, 'System'), made(7, 4, 1, 'services.exe'), made(8, 7, 2, 'sshd.exe'), made(9, 8, 3, 'cmd.exe'), made(10, 9, 4, 'powershell.exe'), made(11, 10, 5, 'conhost.exe'), made(50, 7, 5)];
    const pids = protectedOnWindows(table, 10);
    expect([4, 7, 8, 9, 10, 11].every((pid) => pids.has(pid))).toBe(true);
    expect(pids.has(50)).toBe(false);
  });
});

describe('the scripts', () => {
  it('start through every login shell of Windows', () => {
    expect(startCommand).toMatch(/^[A-Za-z -]+-EncodedCommand [A-Za-z0-9+/=]+$/);
    // cmd.exe takes no more.
    expect(startCommand.length).toBeLessThan(8_000);
    const encoded = startCommand.split(' ').at(-1) ?? '';
    expect(Buffer.from(encoded, 'base64').toString('utf16le')).toBe(starter);
  });

  it('come as two lines, and say which they are', () => {
    const watchdog = windowsWatchdogScript({ watchdog: 'ab12', name: 'cd34', terms: usualTerms });
    for (const script of [ordersScript, watchdog]) {
      const [mark, encoded, end] = startLines('00ff', script).split('\n');
      expect([mark, Buffer.from(encoded ?? '', 'base64').toString('utf8'), end]).toEqual(['00ff', script, '']);
    }
    expect(watchdog).toContain("$watchdogId = 'ab12'");
    expect(watchdog).toContain('$leaseMs = 2000');
    expect(watchdog).not.toContain('undefined');
  });

  it('close every bracket they open, here-strings and quotes aside', () => {
    for (const script of [starter, ordersScript, windowsWatchdogScript({ watchdog: 'ab', name: 'cd', terms: usualTerms })]) {
      const code = script.replace(/@'\n[\s\S]*?\n'@/g, '').replace(/'[^'\n]*'/g, '').replace(/#.*$/gm, '');
      const open: string[] = [];
      for (const sign of code) {
        if ('([{'.includes(sign)) open.push(sign);
        else if (')]}'.includes(sign)) expect(open.pop()).toBe('([{'[')]}'.indexOf(sign)]);
      }
      expect(open).toEqual([]);
    }
  });
});
