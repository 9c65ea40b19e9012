// The command line without a stream: what it finds, what it refuses, and what it says about a file it can't use.
import { mkdir, readdir, readFile, stat } from 'node:fs/promises';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { CliUser, jsonLines } from './athena-cli';

const place: { user: CliUser | null } = { user: null };

function user(): CliUser {
  if (!place.user) throw new Error('no user');
  return place.user;
}

beforeEach(async () => {
  place.user = await CliUser.create();
});

afterEach(async () => {
  expect(await place.user?.leave()).toBe(0);
});

const library = {
  version: 1,
  hosts: [{ id: 'rig', name: 'Rig', address: '127.0.0.1' }],
  entries: [{ id: 'desk', host: 'rig', name: 'My desk', protocol: 'vnc' }],
};

describe('athena doctor', () => {
  it('tells what is on this machine, in one JSON line, and writes nothing into the library', async () => {
    const { exitCode, stdout, stderr } = await user().run(['doctor', '--json']);
    expect([exitCode, stderr]).toEqual([0, '']);
    const [findings, ...more] = jsonLines(stdout);
    expect(more).toEqual([]);
    expect(findings).toMatchObject({
      node: process.versions.node,
      config: { file: user().configFile, hosts: 0, entries: 0, troubles: [] },
      probes: { icmp: { allowed: true } },
    });
    const clients = findings?.['clients'] as { client: string; found: boolean; command?: string[] }[];
    expect(clients.find(({ client }) => client === 'tigervnc')).toMatchObject({ found: true, command: ['/usr/bin/xtigervncviewer'] });
    expect(findings?.['secrets']).toContain(join(user().home, 'data', 'athena', 'secrets.json'));
    expect(await readdir(join(user().home)).catch(() => [])).not.toContain('config');
  });

  it('is readable for people, too', async () => {
    const { exitCode, stdout } = await user().run(['doctor']);
    expect(exitCode).toBe(0);
    expect(JSON.parse(stdout)).toMatchObject({ config: { entries: 0 } });
  });
});

describe('wrong arguments', () => {
  it.each([
    [['dcotor'], 'unknown command'],
    [['launch'], "missing required argument 'entry'"],
    [['launch', 'desk', '--forever'], 'unknown option'],
    [['probe', '127.0.0.1', '--seconds', 'ten'], '--seconds must be a number'],
    [['probe', '127.0.0.1', '--seconds', '0'], '--seconds must be a number'],
    [['probe', '127.0.0.1', '--seconds', '-5'], ''],
    [['probe', '127.0.0.1', '--port', '70000'], '--port must be a port number'],
    [['probe', '--', '-oProxyCommand=x'], 'is no host'],
    [['probe', 'http://rig/'], 'is no host'],
    [['password', 'nothing'], 'There is no entry "nothing"'],
    [['trust', 'nothing', 'none'], 'There is no entry "nothing"'],
    [[], 'Usage: athena'],
  ])('%j: exit 2, and says why', async (args, message) => {
    const { exitCode, stdout, stderr } = await user().run(args);
    expect([exitCode, stdout]).toEqual([2, '']);
    expect(stderr).toContain(message);
  });

  it('are a JSON line for programs', async () => {
    const { exitCode, stdout, stderr } = await user().run(['probe', 'a b', '--json']);
    expect([exitCode, stderr]).toEqual([2, '']);
    expect(jsonLines(stdout)).toMatchObject([{ error: expect.stringContaining('is no host') as string, advice: expect.any(String) as string }]);
  });

  it('help and version are none', async () => {
    expect(await user().run(['--version'])).toMatchObject({ exitCode: 0, stdout: expect.stringMatching(/^\d+\.\d+\.\d+\n$/) as string });
    const help = await user().run(['--help']);
    expect([help.exitCode, help.stdout]).toEqual([0, expect.stringContaining('Exit codes: 0 done')]);
  });
});

describe('athena launch', () => {
  it('of an entry that is not there says which ones there are', async () => {
    await user().config(library);
    const { exitCode, stdout, stderr } = await user().run(['launch', 'dsek']);
    expect([exitCode, stdout]).toEqual([2, '']);
    expect(stderr).toBe('There is no entry "dsek".\nThere are: desk.\n');
  });

  it('of an entry in an empty library says where entries come from', async () => {
    const { exitCode, stdout } = await user().run(['launch', 'desk', '--json']);
    expect(exitCode).toBe(2);
    expect(jsonLines(stdout)).toEqual([
      { error: 'There is no entry "desk".', advice: `Add entries in the window or in ${user().configFile}.` },
    ]);
  });

  it('without a display for a window says what to do', async () => {
    await user().config(library);
    const { exitCode, stderr } = await user().run(['launch', 'My desk'], { env: { ATHENA_ELECTRON: '' } });
    expect([exitCode, stderr]).toEqual([2, 'Athena can open no window here.\nAdd --wait to run the session in this terminal.\n']);
  });
});

describe('a library with a mistake in it', () => {
  const text = `{
  // written by hand
  "version": 1,
  "hosts": [{ "id": "rig", "name": "Rig", "address": "127.0.0.1" }],
  "entries": [
    { "id": "desk", "host": "rig", "name": "Desk", "protocol": "vnc" },
    { "id": "old", "host": "rig", "name": "Old", "protocol": "spice" }
  ]
}
`;

  it('is told with its file and line, and everything else works', async () => {
    await user().config(text);
    const { exitCode, stderr } = await user().run(['launch', 'old', '--wait']);
    expect(exitCode).toBe(2);
    expect(stderr).toContain(`${user().configFile}:7: entries[1].protocol`);
    expect(stderr).toContain('There are: desk.');
    const kept = await user().run(['password', 'desk'], { input: 'pw\n' });
    expect([kept.exitCode, kept.stderr]).toEqual([0, expect.stringContaining('config.json:7:')]);
  });

  it('is kept aside once, however many commands meet it, and stays as it is', async () => {
    await user().config(text);
    await user().run(['doctor', '--json']);
    const { stdout } = await user().run(['doctor', '--json']);
    const copies = (await readdir(join(user().home, 'config', 'athena'))).filter((name) => name.startsWith('config.broken-'));
    expect(copies).toHaveLength(1);
    expect(await readFile(user().configFile, 'utf8')).toBe(text);
    expect(jsonLines(stdout)[0]).toMatchObject({ config: { entries: 1, troubles: [{ line: 7, keptAs: expect.stringContaining(copies[0] ?? '?') as string }] } });
  });

  it('that is not even JSON hinders nothing that needs no entry', async () => {
    await user().config('{ "version": 1, "hosts": [');
    const { exitCode, stderr } = await user().run(['doctor', '--json']);
    expect(exitCode).toBe(0);
    expect(stderr).toMatch(/config\.json:1: Not valid JSON here/);
  });

  it('that cannot be read is told, and not written over', async () => {
    await mkdir(user().configFile, { recursive: true });
    const { exitCode, stderr } = await user().run(['doctor', '--json']);
    expect([exitCode, stderr]).toEqual([0, expect.stringContaining("The file can't be read: EISDIR")]);
    expect((await stat(user().configFile)).isDirectory()).toBe(true);
  });
});

describe('athena password and athena trust', () => {
  const fingerprint = Array.from({ length: 32 }, () => 'AB').join(':');

  it('keep what is read from standard input, sealed, and forget it again', async () => {
    await user().config(library);
    const kept = await user().run(['password', 'My desk'], { input: 'correct horse\n' });
    expect(kept).toMatchObject({ exitCode: 0, stderr: '', stdout: expect.stringMatching(/^Kept in a file that only your user can read/) as string });
    const file = join(user().home, 'data', 'athena', 'secrets.json');
    expect(await readFile(file, 'utf8')).toMatch(/entry\/desk\/password/);
    expect(await readFile(file, 'utf8')).not.toContain('correct horse');
    expect(await user().run(['password', 'desk'], { input: '\n' })).toMatchObject({ exitCode: 0, stdout: 'Forgotten.\n' });
    expect(await readFile(file, 'utf8')).not.toMatch(/entry\/desk/);
  });

  it.each([['x'.repeat(1_025)], ['a\0b']])('refuse a password no client could take', async (password) => {
    await user().config(library);
    const { exitCode, stderr } = await user().run(['password', 'desk'], { input: `${password}\n` });
    expect([exitCode, stderr]).toEqual([2, expect.stringContaining('at most 1024 characters')]);
  });

  it('keep the secret of a way of pausing, and only where one is needed', async () => {
    const pause = { by: 'webhook', pause: 'https://hook.lan/pause', resume: 'https://hook.lan/resume', secretHeader: 'x-key' };
    const entry = { host: 'rig', protocol: 'vnc' };
    const entries = [
      { ...entry, id: 'desk', name: 'Desk' },
      { ...entry, id: 'hooked', name: 'Hooked', pause },
    ];
    await user().config(JSON.stringify({ version: 1, hosts: [{ id: 'rig', name: 'Rig', address: '127.0.0.1' }], entries }));
    const file = join(user().home, 'data', 'athena', 'secrets.json');
    expect(await user().run(['pause-secret', 'hooked'], { input: 'open sesame\n' })).toMatchObject({ exitCode: 0, stdout: expect.stringMatching(/^Kept in /) as string });
    expect(await readFile(file, 'utf8')).toContain('pause/webhook/https://hook.lan/x-key');
    expect(await readFile(file, 'utf8')).not.toContain('sesame');
    expect(await user().run(['pause-secret', 'hooked'], { input: '\n' })).toMatchObject({ exitCode: 0, stdout: 'Forgotten.\n' });
    expect(await readFile(file, 'utf8')).not.toContain('pause/webhook');
    expect(await user().run(['pause-secret', 'desk'], { input: 'x\n' })).toMatchObject({ exitCode: 2, stderr: expect.stringContaining('needs no secret') as string });
    expect(await user().run(['pause-secret', 'hooked'], { input: 'schlüssel\n' })).toMatchObject({ exitCode: 2, stderr: expect.stringContaining('printable ASCII') as string });
    expect((await user().run(['pause-secret', 'nothing'], { input: 'x\n' })).exitCode).toBe(2);
  });

  it('vouch for a certificate by its fingerprint, and for nothing else', async () => {
    await user().config(library);
    expect((await user().run(['trust', 'desk', 'abc'])).exitCode).toBe(2);
    expect(await user().run(['trust', 'desk', `SHA256:${fingerprint}`])).toMatchObject({ exitCode: 0, stdout: 'Trusted for My desk.\n' });
    const file = join(user().home, 'config', 'athena', 'certificates.json');
    expect(JSON.parse(await readFile(file, 'utf8'))).toEqual({ version: 1, fingerprints: { 'rig/vnc': fingerprint.toLowerCase() } });
    expect((await user().run(['trust', 'desk', 'none'])).exitCode).toBe(0);
    expect(JSON.parse(await readFile(file, 'utf8'))).toEqual({ version: 1, fingerprints: {} });
  });
});

describe('athena probe', () => {
  it('measures the loopback, a line a sample, and sums up', async () => {
    const { exitCode, stdout, stderr } = await user().run(['probe', '127.0.0.1', '--seconds', '1', '--json']);
    expect([exitCode, stderr]).toEqual([0, '']);
    const lines = jsonLines(stdout);
    const samples = lines.filter(({ probe }) => probe === 'icmp');
    expect(samples.length).toBeGreaterThanOrEqual(2);
    for (const { rttMs, atMs } of samples) {
      expect(rttMs).toBeGreaterThan(0);
      expect(atMs).toBeGreaterThan(1_600_000_000_000);
    }
    expect(lines.at(-1)).toMatchObject({ summary: { probe: 'icmp', sent: samples.length, lost: 0 } });
  });

  it('takes a host of the library by its name, and says no when nothing answers', async () => {
    await user().config({ ...library, hosts: [{ id: 'rig', name: 'Rig', address: 'no-such-host.invalid' }] });
    const { exitCode, stderr } = await user().run(['probe', 'Rig', '--seconds', '1.5']);
    expect(exitCode).toBe(1);
    expect(stderr).toContain('icmp: ');
  });

  it('ends with Ctrl+C and sums up what there is', async () => {
    const probing = user().start(['probe', '127.0.0.1', '--seconds', '600', '--json']);
    const endMs = performance.now() + 20_000;
    while (probing.lines.length < 2 && performance.now() < endMs) await new Promise((resolve) => setTimeout(resolve, 20));
    probing.signal('SIGINT');
    const { exitCode, stdout } = await probing.ended;
    expect(exitCode).toBe(0);
    expect(jsonLines(stdout).at(-1)).toHaveProperty('summary');
  });
});
