// Finding clients on machines of every kind, and what to install where there is none.
import { describe, expect, it } from 'vitest';
import { createFreeRdp } from '../../../../electron/adapters/clients/freerdp';
import { createMstsc } from '../../../../electron/adapters/clients/mstsc';
import { createTigerVnc } from '../../../../electron/adapters/clients/tigervnc';
import { fakeMachine, prints, type FakeMachineFacts } from '../../../fakes/fake-machine';

/** The beginning of what 1.12.0 prints for --help, and the parameters that matter; it exits with 1. */
const tigerVncHelp = '\nTigerVNC Viewer 64-bit v1.12.0\nBuilt on: 2023-01-06 16:01\n\nusage: …\n  ReconnectOnError - …\n  AlertOnFatalError - …\n';
const tigerVnc = prints(tigerVncHelp, 1);
const realVnc = prints('VNC(R) Viewer 7.5.1 (r50075)\nCopyright (C) RealVNC Ltd.', 0);
const freeRdp = prints('This is FreeRDP version 2.11.7 (2.11.7)\n');
const freeRdp3 = prints('This is FreeRDP version 3.15.0 (n/a)\n');
const withoutDisplay = prints('[23:38:34:250] [1:1] [ERROR][com.freerdp.client.x11] - failed to open display: \n', 1);

const path = { PATH: '/usr/local/bin:/usr/bin' };
const flatpakList = (rows: string) => (args: string) =>
  args.startsWith('list') ? { exitCode: 0, text: rows } : { exitCode: 1, text: '' };

function findVnc(facts: Partial<FakeMachineFacts>) {
  return createTigerVnc(fakeMachine({ platform: 'linux', env: path, ...facts })).find();
}

function findRdp(facts: Partial<FakeMachineFacts>) {
  return createFreeRdp(fakeMachine({ platform: 'linux', env: path, ...facts }), '/state').find();
}

describe('TigerVNC', () => {
  it('on PATH, with its version', async () => {
    expect(await findVnc({ programs: { '/usr/bin/xtigervncviewer': tigerVnc } })).toEqual({
      found: true,
      client: 'tigervnc',
      displayName: 'TigerVNC 1.12.0',
      version: '1.12.0',
      command: ['/usr/bin/xtigervncviewer'],
      origin: 'path',
    });
  });

  it('as vncviewer, but only when it is TigerVNC’s', async () => {
    expect(await findVnc({ programs: { '/usr/bin/vncviewer': realVnc } })).toMatchObject({ found: false });
    const both = { '/usr/local/bin/vncviewer': realVnc, '/usr/bin/vncviewer': tigerVnc };
    expect(await findVnc({ programs: both })).toMatchObject({ found: true, command: ['/usr/bin/vncviewer'] });
  });

  it('speaks of an old one that would wait in dialogs', async () => {
    const old = prints('TigerVNC Viewer 64-bit v1.9.0\nusage: …', 1);
    const missing = await findVnc({ programs: { '/usr/bin/vncviewer': old } });
    expect(missing).toMatchObject({ found: false, advice: expect.stringContaining('(1.9.0) is too old') as string });
  });

  it('off PATH, in a usual place', async () => {
    const facts = { env: { PATH: 'bin:' }, programs: { '/usr/bin/xtigervncviewer': tigerVnc, 'bin/vncviewer': tigerVnc } };
    expect(await findVnc(facts)).toMatchObject({ origin: 'usual-place', command: ['/usr/bin/xtigervncviewer'] });
    const mac = '/Applications/TigerVNC.app/Contents/MacOS/vncviewer';
    expect(await findVnc({ platform: 'darwin', programs: { [mac]: tigerVnc } })).toMatchObject({ command: [mac], version: '1.12.0' });
    const brew = '/opt/homebrew/bin/vncviewer';
    expect(await findVnc({ platform: 'darwin', programs: { [brew]: tigerVnc } })).toMatchObject({ command: [brew] });
  });

  it('on Windows by its directory, without starting it', async () => {
    const ours = 'C:\\Program Files\\TigerVNC\\vncviewer.exe';
    const other = 'C:\\Other\\vncviewer.exe';
    const machine = fakeMachine({
      platform: 'win32',
      env: { Path: 'C:\\Other;C:\\Windows', ProgramFiles: 'C:\\Program Files' },
      programs: { [ours]: tigerVnc, [other]: realVnc },
    });
    expect(await createTigerVnc(machine).find()).toMatchObject({ command: [ours], version: null, displayName: 'TigerVNC' });
    expect(machine.ran).toEqual([]);
  });

  it('as a Flatpak, after everything else', async () => {
    const rows = 'org.gnome.Maps\t46.1\norg.tigervnc.vncviewer\t1.13.1\n';
    expect(await findVnc({ programs: { '/usr/bin/flatpak': flatpakList(rows) } })).toMatchObject({
      origin: 'flatpak',
      displayName: 'TigerVNC 1.13.1',
      command: ['/usr/bin/flatpak', 'run', '--die-with-parent', 'org.tigervnc.vncviewer'],
    });
    const both = { '/usr/bin/flatpak': flatpakList(rows), '/usr/bin/vncviewer': tigerVnc };
    expect(await findVnc({ programs: both })).toMatchObject({ origin: 'path' });
    expect(await findVnc({ programs: { '/usr/bin/flatpak': flatpakList('org.tigervnc.vncviewer.Other\t1\n') } })).toMatchObject({ found: false });
  });

  it('as a Flatpak by its exported wrapper, where the list fails', async () => {
    const exported = '/home/someone/.local/share/flatpak/exports/bin/org.tigervnc.vncviewer';
    const programs = { '/usr/bin/flatpak': prints('error', 1), [exported]: prints('') };
    expect(await findVnc({ programs })).toMatchObject({ origin: 'flatpak', version: null, displayName: 'TigerVNC' });
  });
});

describe('FreeRDP', () => {
  it('under the names it has had, with its version', async () => {
    expect(await findRdp({ programs: { '/usr/bin/xfreerdp': freeRdp } })).toMatchObject({ displayName: 'FreeRDP 2.11.7', version: '2.11.7' });
    expect(await findRdp({ programs: { '/usr/bin/xfreerdp3': freeRdp3 } })).toMatchObject({ command: ['/usr/bin/xfreerdp3'], version: '3.15.0' });
  });

  it('without a display it does not tell its version, and is found all the same', async () => {
    expect(await findRdp({ programs: { '/usr/bin/xfreerdp': withoutDisplay } })).toMatchObject({ found: true, version: null, displayName: 'FreeRDP' });
  });

  it('1.x is too old', async () => {
    const missing = await findRdp({ programs: { '/usr/bin/xfreerdp': prints('This is FreeRDP version 1.2.0') } });
    expect(missing).toMatchObject({ found: false, advice: expect.stringContaining('1.2.0') as string });
  });

  it('as a Flatpak, the client that asks on the terminal', async () => {
    const found = await findRdp({ programs: { '/usr/bin/flatpak': flatpakList('com.freerdp.FreeRDP\t3.9.0\n') } });
    expect(found).toMatchObject({ origin: 'flatpak', version: '3.9.0' });
    expect(found.found && found.command).toContain('--command=xfreerdp');
    expect(found.found && found.command.at(-1)).toBe('com.freerdp.FreeRDP');
  });

  it('a program that can’t be started is no client', async () => {
    expect(await findRdp({ programs: { '/usr/bin/xfreerdp': () => null } })).toMatchObject({ found: false });
  });
});

describe('mstsc', () => {
  it('is a part of Windows, and of nothing else', async () => {
    const file = 'C:\\Windows\\System32\\mstsc.exe';
    const windows = fakeMachine({ platform: 'win32', env: { SystemRoot: 'C:\\Windows' }, programs: { [file]: prints('') } });
    expect(await createMstsc(windows).find()).toMatchObject({ found: true, command: [file], displayName: 'Remote Desktop Connection' });
    expect(windows.ran).toEqual([]); // asking it would open its window
    const linux = fakeMachine({ platform: 'linux', env: path, programs: { '/usr/bin/mstsc': prints('') } });
    expect(await createMstsc(linux).find()).toMatchObject({ found: false });
  });
});

describe('advice', () => {
  const release = (text: string): Partial<FakeMachineFacts> => ({ texts: { '/etc/os-release': text } });

  it.each<[string, Partial<FakeMachineFacts>, string, string]>([
    ['Debian', release('ID=debian\nVERSION_ID="12"\n'), 'sudo apt install tigervnc-viewer', 'freerdp2-x11'],
    ['Mint', release('ID=linuxmint\nID_LIKE="ubuntu debian"\n'), 'sudo apt install tigervnc-viewer', 'sudo apt install freerdp3-x11'],
    ['Fedora', release('ID=fedora\n'), 'sudo dnf install tigervnc', 'sudo dnf install freerdp'],
    ['Rocky', release('ID="rocky"\nID_LIKE="rhel centos fedora"\n'), 'sudo dnf install tigervnc', 'sudo dnf install freerdp'],
    ['Arch', release("ID='arch'\n"), 'sudo pacman -S tigervnc', 'sudo pacman -S freerdp'],
    ['an unknown Linux', {}, 'flatpak install flathub org.tigervnc.vncviewer', 'flatpak install flathub com.freerdp.FreeRDP'],
    ['macOS', { platform: 'darwin' }, 'brew install tiger-vnc', 'brew install freerdp'],
    ['Windows', { platform: 'win32' }, 'tigervnc.org', 'part of Windows'],
  ])('on %s', async (_name, facts, vnc, rdp) => {
    expect(await findVnc(facts)).toMatchObject({ found: false, displayName: 'TigerVNC', advice: expect.stringContaining(vnc) as string });
    expect(await findRdp(facts)).toMatchObject({ found: false, displayName: 'FreeRDP', advice: expect.stringContaining(rdp) as string });
  });
});
