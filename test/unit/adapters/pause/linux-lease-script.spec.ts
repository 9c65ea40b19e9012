// The text of the watchdog: every shell here can read it, and nothing in it comes from outside without quotes.
import { spawnSync } from 'node:child_process';
import { describe, expect, it } from 'vitest';
import { chooseShellScript, watchdogScript, type WatchdogScriptInputs } from '../../../../electron/adapters/pause/linux-lease-script';
import { watchdogNameOf } from '../../../../electron/adapters/pause/linux-lease';
import { protectedPids, type ListedProcess } from '../../../../electron/adapters/pause/linux-process-tree';
import { usualTerms } from '../../../../electron/domain/pause/lease';

const inputs: WatchdogScriptInputs = { mark: 'abcd', watchdog: '1234', name: 'athena-00000000', groupMount: null, terms: usualTerms };
const shells = [['dash'], ['bash', '--norc'], ['bash', '--norc', '--posix'], ['busybox', 'ash'], ['mksh']].filter(
  ([file = '']) => spawnSync(file, ['-c', 'exit'], { stdio: 'ignore' }).error === undefined,
);

describe.each(shells.map((command) => ({ shell: command.join(' '), command })))('in $shell', ({ command }) => {
  const [file = '', ...args] = command;

  it('has no error of grammar', () => {
    const { status, stderr } = spawnSync(file, [...args, '-n'], { input: chooseShellScript('abcd') + watchdogScript(inputs), encoding: 'utf8' });
    expect(stderr).toBe('');
    expect(status).toBe(0);
  });

  it('finds a shell whose read knows a time limit, and becomes it', () => {
    const { stdout } = spawnSync(file, args, { input: chooseShellScript('abcd'), encoding: 'utf8' });
    expect(stdout).toMatch(file === 'dash' ? /^abcd shell (bash|busybox|mksh|none)\n$/ : /^abcd shell sh\n$/);
  });
});

it('takes the mount point as one word, whatever it is called', () => {
  const odd = `/sys/fs/it's $(touch x) "here"`;
  const { stdout } = spawnSync('sh', ['-c', `${settingsOf(watchdogScript({ ...inputs, groupMount: odd }))}\nprintf %s "$lease_mount"`], { encoding: 'utf8' });
  expect(stdout).toBe(odd);
});

it('writes the terms in the units the shell counts in', () => {
  const settings = settingsOf(watchdogScript({ ...inputs, terms: { heartbeatMs: 500, leaseMs: 1_500, maximumHoldMs: 60_000, afterHold: 'quit' } }));
  expect(settings).toContain('lease_seconds=1.5\n');
  expect(settings).toContain('lease_term=150\n');
  expect(settings).toContain('lease_hold=6000\n');
  expect(settings).toContain("lease_after='quit'");
  expect(settingsOf(watchdogScript(inputs))).toContain('lease_seconds=2\n');
});

function settingsOf(script: string): string {
  return script.slice(script.indexOf("lease_mark='"), script.lastIndexOf('lease_begin'));
}

describe('its name', () => {
  it('is the same for the same app, fits into 15 characters, and differs from app to app', () => {
    const names = [
      watchdogNameOf({ by: 'command', pattern: 'game' }),
      watchdogNameOf({ pattern: 'game', by: 'command' }),
      watchdogNameOf({ by: 'command', pattern: 'other' }),
      watchdogNameOf({ by: 'pid-file', path: '/game' }),
    ];
    expect(names[0]).toBe(names[1]);
    expect(new Set(names).size).toBe(3);
    for (const name of names) expect(name).toMatch(/^athena-[0-9a-f]{8}$/);
  });

  it('keeps it and what it started from ever being stopped as a part of an app', () => {
    const made = (pid: number, parentPid: number, name: string): [number, ListedProcess] => [
      pid, { pid, parentPid, startTicks: String(pid), state: 'S', name, commandLine: name, isKernelThread: false },
    ];
    const table = new Map([made(1, 0, 'init'), made(5, 1, 'sh'), made(7, 1, watchdogNameOf({ by: 'command', pattern: 'sh' })), made(8, 7, 'sleep'), made(9, 1, 'athena-launcher')]);
    expect([...protectedPids(table, 5, null)].sort()).toEqual([1, 5, 7, 8]);
  });
});
