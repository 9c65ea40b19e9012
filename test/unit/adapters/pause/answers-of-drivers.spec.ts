// Proves that whatever hosts, hypervisors and webhooks answer, their readers give a state or a failure in words, and never throw.
import { assert, constantFrom, jsonValue, oneof, property, record, integer, string, stringMatching } from 'fast-check';
import { describe, expect, it } from 'vitest';
import { pressCommand, readDesktop } from '../../../../electron/adapters/pause/key-press';
import { programScript, readProgramEnd } from '../../../../electron/adapters/pause/linux-program';
import { readCurrent, readTask, readTaskState } from '../../../../electron/adapters/pause/proxmox-answer';
import { readDomainState } from '../../../../electron/adapters/pause/virsh';
import { readStatus } from '../../../../electron/adapters/pause/webhook-driver';
import { readWindowsAnswer } from '../../../../electron/adapters/pause/windows-answer';
import { readWindowsWatchdog } from '../../../../electron/adapters/pause/windows-lease-answer';

const runs = { numRuns: 300 };
const body = oneof(string(), jsonValue().map((value) => JSON.stringify(value)), jsonValue().map((data) => JSON.stringify({ data })));
const httpAnswer = record({ status: integer({ min: 100, max: 599 }), location: constantFrom(null), body });

describe('readers of what drivers are answered', () => {
  it('Proxmox: a value or a failure with an advice', () => {
    assert(
      property(httpAnswer, (answer) => {
        for (const read of [readCurrent(answer), readTask(answer), readTaskState(answer)]) {
          if (read.ok) expect(answer.status).toBeLessThan(300);
          else expect(read.failure.advice).toMatch(/\.$/);
        }
      }),
      runs,
    );
  });

  it('Proxmox: only a running machine whose QEMU is paused counts as suspended', () => {
    const current = (data: object) => readCurrent({ status: 200, location: null, body: JSON.stringify({ data }) });
    expect(current({ status: 'running', qmpstatus: 'paused' })).toMatchObject({ value: { kind: 'suspended' } });
    expect(current({ status: 'running', qmpstatus: 'running' })).toMatchObject({ value: { kind: 'running' } });
    expect(current({ status: 'stopped', qmpstatus: 'stopped' })).toMatchObject({ value: { kind: 'other', told: 'stopped' } });
    expect(current({ status: 'running', qmpstatus: 'prelaunch', lock: 'suspended' })).toMatchObject({ value: { kind: 'other', told: 'prelaunch, locked: suspended' } });
  });

  it('virsh: paused and running are said in one word, and nothing else is', () => {
    expect(readDomainState('paused\n\n')).toEqual({ kind: 'suspended' });
    expect(readDomainState('running\n')).toEqual({ kind: 'running' });
    assert(
      property(string(), (text) => {
        expect(readDomainState(text).kind === 'other').toBe(!['running', 'idle', 'paused'].includes(text.trim()));
      }),
      runs,
    );
    expect(readDomainState('shut off')).toEqual({ kind: 'other', told: 'shut off' });
  });

  it('webhooks: a state is believed only in the words that were asked for', () => {
    expect(readStatus('{"state":"paused"}')).toEqual({ ok: true, value: 'paused' });
    assert(
      property(body, (text) => {
        const read = readStatus(text);
        if (read.ok) expect(JSON.parse(text)).toHaveProperty('state', read.value);
      }),
      runs,
    );
  });

  it('PowerShell: lines without the mark say nothing, and with it only what has its shape', () => {
    const mark = 'ab12';
    assert(
      property(oneof(string(), jsonValue().map((value) => JSON.stringify(value))), (text) => {
        expect(readWindowsAnswer(text, mark)).toBeNull();
        expect(readWindowsWatchdog(text, mark, 1_000)).toBeNull();
        readWindowsAnswer(`${mark} ${text}`, mark);
        readWindowsWatchdog(`${mark} ${text}`, mark, 1_000);
      }),
      runs,
    );
    expect(readWindowsAnswer(`${mark} {"id":3,"denied":[],"states":[{"p":5,"s":"suspended"}]}`, mark)).toMatchObject({ kind: 'states', id: 3 });
    const report = { watchdog: 'ab.1', pausedAt: 500, outcome: 'held', outcomeAt: 500, paused: [{ p: 5, c: '7' }], moving: [] };
    expect(readWindowsWatchdog(`${mark} ${JSON.stringify({ now: 900, report })}`, mark, 10_000)).toMatchObject({
      kind: 'told',
      report: { pausedAtMs: 9_600, method: 'suspended', paused: [{ pid: 5, startTicks: '7' }] },
    });
    // Of before the last start of the host.
    expect(readWindowsWatchdog(`${mark} ${JSON.stringify({ now: 400, report })}`, mark, 10_000)).toBeNull();
  });

  it('programs on a host: an end that the program prints itself is not taken for its end', () => {
    assert(
      property(string(), integer({ min: 0, max: 255 }), (output, exitCode) => {
        expect(readProgramEnd(`${output}\nathena-exit ${exitCode}\n`, 'x')).toEqual({ ok: true, value: { exitCode, output } });
      }),
      runs,
    );
    expect(readProgramEnd('athena-exit 0', 'x').ok).toBe(false);
    expect(programScript(["it's", '$(reboot)', '-x'])).toBe(`( 'it'\\''s' '$(reboot)' '-x' ) 2>&1; athena_code=$?; echo; echo "athena-exit $athena_code"`);
  });
});

describe('key presses', () => {
  const xOnly = readDesktop('tool xdotool\nDISPLAY=:0\nXAUTHORITY=/home/me/.Xauthority\n');
  const wayland = readDesktop('tool xdotool\ntool wtype\nDISPLAY=:1\nWAYLAND_DISPLAY=wayland-0\nXDG_RUNTIME_DIR=/run/user/1000\n');

  it('go to X where there is only X, and to Wayland where there is Wayland', () => {
    expect(pressCommand(xOnly, 'ctrl+p')).toEqual({
      kind: 'press',
      words: ['xdotool', 'key', '--clearmodifiers', 'ctrl+p'],
      variables: { DISPLAY: ':0', XAUTHORITY: '/home/me/.Xauthority' },
    });
    expect(pressCommand(wayland, 'ctrl+shift+p')).toEqual({
      kind: 'press',
      words: ['wtype', '-M', 'ctrl', '-M', 'shift', '-k', 'p', '-m', 'shift', '-m', 'ctrl'],
      variables: { WAYLAND_DISPLAY: 'wayland-0', XDG_RUNTIME_DIR: '/run/user/1000' },
    });
    const bare = readDesktop('tool ydotool\nWAYLAND_DISPLAY=wayland-0\n');
    expect(pressCommand(bare, 'Escape')).toMatchObject({ words: ['ydotool', 'key', '1:1', '1:0'] });
  });

  it('are refused with what to install, or whom to log in as', () => {
    expect(pressCommand(readDesktop('DISPLAY=:0\n'), 'Escape')).toMatchObject({ kind: 'impossible', advice: 'Install xdotool on the host.' });
    expect(pressCommand(readDesktop('tool xdotool\n'), 'Escape')).toMatchObject({ kind: 'impossible', advice: 'Set "ssh.user" of this host to the user who is logged in at its desktop.' });
  });

  it('take no display from a hostile environment that is none', () => {
    assert(
      property(stringMatching(/^[ -~]{0,60}$/), (text) => {
        const { display } = readDesktop(`DISPLAY=${text}\n`);
        if (display !== null) expect(display).toMatch(/^:\d+(\.\d+)?$/);
      }),
      runs,
    );
  });
});
