// The practice Moonlight as a supervisor meets it: what it prints, and how it ends or doesn't, for each way a stream can end.
import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { startGameStreamServer, type GameStreamServer } from '../../../electron/practice/gamestream/gamestream-server';
import type { HostSnapshot } from '../../../electron/practice/gamestream/host-orders';
import type { SecureAccess } from '../../../electron/practice/gamestream/moonlight-http';
import { bundleThread } from '../../threads-bundle';
import { ask, MoonlightProcess, pairedAccess, pemDirectory, writeSettings } from './gamestream-peer';

describe('practice Moonlight', () => {
  let script: string;
  let server: GameStreamServer;
  let access: SecureAccess;
  let directory: string;
  const processes: MoonlightProcess[] = [];

  beforeAll(async () => {
    script = await bundleThread('electron/practice/gamestream/practice-moonlight-main.ts');
  });
  beforeEach(async () => {
    server = await startGameStreamServer({ name: 'Living room' });
    access = await pairedAccess(server);
    directory = await mkdtemp(join(tmpdir(), 'athena-moonlight-'));
    writeSettings(directory, server, access);
    const [certificate, key] = pemDirectory(directory);
    await writeFile(certificate, access.identity.certificatePem);
    await writeFile(key, access.identity.keyPem);
  });
  afterEach(async () => {
    for (const moonlight of processes.splice(0)) await moonlight.end();
    await server.stop();
    await rm(directory, { recursive: true, force: true });
  });
  afterAll(() => {
    expect(processes).toEqual([]);
  });

  function moonlight(...args: readonly string[]): MoonlightProcess {
    const started = new MoonlightProcess(script, args, directory);
    processes.push(started);
    return started;
  }

  function embedded(args: readonly string[], environment: Readonly<Record<string, string>> = { _STDBUF_O: 'L' }): MoonlightProcess {
    const all = ['--embedded', ...args, '-keydir', directory, '-port', String(server.ports.http), '127.0.0.1'];
    const started = new MoonlightProcess(script, all, directory, environment);
    processes.push(started);
    return started;
  }

  const host = (): string => `127.0.0.1:${server.ports.http}`;
  const stream = (...more: readonly string[]): MoonlightProcess => moonlight('stream', host(), 'desktop', '--fps', '60', '--1080', ...more);
  const embeddedStream = (environment?: Readonly<Record<string, string>>): MoonlightProcess => embedded(['stream', '-app', 'Desktop'], environment);
  const state = async (): Promise<HostSnapshot> => (await server.order({ do: 'state' })).state;

  async function streaming(started: MoonlightProcess): Promise<MoonlightProcess> {
    await started.sees(/Received first video packet/);
    return started;
  }

  /** Alive, with nothing to come: a dialog that nobody closes. */
  async function expectDialog(started: MoonlightProcess): Promise<void> {
    await started.sees(/Qt Critical: /);
    await sleep(700);
    expect(started.alive).toBe(true);
    started.signal('SIGTERM');
    expect(await started.exit).toEqual({ code: 0, signal: null });
  }

  it('starts a stream with the lines a supervisor reads, in their order', async () => {
    const started = await streaming(stream('--hdr', '--no-vsync', '--video-codec', 'HEVC'));
    await started.sees(/decoder chosen/);
    const order = [
      ...[/Executing request: "https:.*\/launch\?/, /Launch response: /, /RTSP port: \d+/, /Initializing platform\.\.\./, /Resolving host name/],
      ...[/Starting RTSP handshake/, /Starting control stream/, /Video stream is 1920x1080x60 \(format 0x200\)/],
      ...[/Starting video stream/, /Starting audio stream/, /Starting input stream/, /Received first video packet after \d+ ms/, /decoder chosen/],
    ];
    const places = order.map((pattern) => started.stderr.search(pattern));
    expect(places).not.toContain(-1);
    expect(places).toEqual([...places].sort((a, b) => a - b));
    expect(started.stdout).toBe('');
    for (const line of started.stderr.trimEnd().split('\n')) expect(line).toMatch(/^\d\d:\d\d:\d\d - (SDL (Info|Warn|Error) \(0\)|Qt (Info|Warning|Critical)): /);
    expect(started.stderr).toContain('rikey=REDACTED&rikeyid=REDACTED');
    expect(await state()).toMatchObject({ streams: 1, runningApp: server.apps[1]?.id });
  });

  describe('ends', () => {
    it.each([
      ['SIGINT', 2],
      ['SIGTERM', 15],
    ] as const)('with 0 at %s; the app runs on', async (signal, number) => {
      const started = await streaming(stream());
      started.signal(signal);
      expect(await started.exit).toEqual({ code: 0, signal: null });
      expect(started.stderr).toMatch(new RegExp(`Received signal: ${number}[^]*Quit event received[^]*Control stream connection failed: 4[^]*ENet peer acknowledged disconnection[^]*Cleaning up platform[^]*Global video stats`));
      expect(started.stderr).not.toContain('Connection terminated');
      expect(await state()).toMatchObject({ streams: 0, runningApp: server.apps[1]?.id });
    });

    it('with 1 at the second signal', async () => {
      const started = await streaming(stream());
      started.signal('SIGTERM');
      await started.sees(/Received signal: 15/);
      started.signal('SIGTERM');
      expect(await started.exit).toEqual({ code: 1, signal: null });
    });

    it.each(['SIGHUP', 'SIGQUIT', 'SIGKILL'] as const)('by %s at once, without a word', async (signal) => {
      const started = await streaming(embeddedStream());
      started.signal(signal);
      expect(await started.exit).toEqual({ code: null, signal });
      expect(started.stdout).not.toContain('Stopping');
    });

    it('with 0 when the host ends the app, and says the reason', async () => {
      const started = await streaming(stream());
      await server.order({ do: 'end-app' });
      expect(await started.exit).toEqual({ code: 0, signal: null });
      expect(started.stderr).toMatch(/Server notified termination reason: 0x80030023[^]*Connection terminated: 0[^]*Cleaning up platform/);
    });

    it('and ends the app with --quit-after, but only after an end that was meant', async () => {
      const left = await streaming(stream('--quit-after'));
      left.signal('SIGINT');
      await left.exit;
      expect(left.stderr).toContain('Quit response:');
      expect((await state()).runningApp).toBeNull();
      const lost = await streaming(stream('--quit-after'));
      await server.order({ do: 'drop-clients' });
      await expectDialog(lost);
      expect((await state()).runningApp).not.toBeNull();
    });
  });

  describe('stays in a dialog', () => {
    it.each([
      ['somebody cancels', 'cancel', -1],
      ['no video comes', 'no-video', -100],
      ['no frame is whole', 'no-frame', -101],
    ] as const)('when %s', async (_what, how, code) => {
      const started = await streaming(stream());
      if (how === 'cancel') await ask(access, '/cancel');
      else await server.order({ do: 'fault', fault: { kind: 'terminate', code } });
      await started.sees(new RegExp(`Connection terminated: ${code}`));
      await started.sees(/Cleaning up platform/);
      await expectDialog(started);
    });

    it('when the launch is refused, and tells the status', async () => {
      await server.order({ do: 'next-launch', status: 503, message: 'no display' });
      const started = stream();
      await started.sees(/Qt Warning: Request failed: 503 "no display"/);
      await expectDialog(started);
    });

    it('when the stream is refused', async () => {
      await server.order({ do: 'refuse-streams', refused: true });
      const started = new MoonlightProcess(script, ['stream', host(), 'desktop'], directory, { ATHENA_PRACTICE_TIME_SCALE: '0.1' });
      processes.push(started);
      await started.sees(/RTSP OPTIONS request failed: 111/);
      await started.sees(/failed: 111\n/);
      await expectDialog(started);
    });

    it.each([
      ['the app is unknown', 'No such app'],
      ['another app runs', 'Practice game'],
    ])('when %s', async (_what, app) => {
      const first = await streaming(stream());
      first.signal('SIGINT');
      await first.exit;
      await expectDialog(moonlight('stream', host(), app));
    });

    it('when it is not paired', async () => {
      await server.order({ do: 'unpair-all' });
      await expectDialog(stream());
    });

    it('when the host was installed again', async () => {
      await server.order({ do: 'reinstall', identity: 'same' });
      await expectDialog(stream());
    });
  });

  it('resumes what runs, and shares it with a second client', async () => {
    const first = await streaming(stream());
    const second = await streaming(stream());
    expect(first.stderr).toContain('/launch?');
    expect(second.stderr).toContain('/resume?');
    expect((await state()).streams).toBe(2);
  });

  it('tells poor and good times, lost frames and reordering', async () => {
    const started = await streaming(stream());
    for (const kind of ['poor', 'lost-frames', 'reordering', 'okay'] as const) await server.order({ do: 'fault', fault: { kind } });
    await started.sees(/status update: 1[^]*Unrecoverable frame[^]*Network dropped 1 frame[^]*Waiting for IDR frame[^]*Leaving speculative RFI[^]*status update: 0/);
  });

  it('says nothing at all while only the picture is frozen, and how much it missed afterwards', async () => {
    const started = await streaming(stream());
    await server.order({ do: 'freeze', frozen: true });
    await sleep(200);
    const before = started.stderr;
    await sleep(3_000);
    expect(started.stderr).toBe(before);
    await server.order({ do: 'freeze', frozen: false });
    await started.sees(/Network dropped \d{2,} frames[^]*Waiting for IDR frame/);
  });

  it('survives 4 seconds of silence', async () => {
    const started = await streaming(stream());
    await server.order({ do: 'vanish', how: 'silent' });
    await sleep(4_000);
    await server.order({ do: 'return' });
    await sleep(1_000);
    expect(started.alive).toBe(true);
    expect(started.stderr).not.toContain('terminated');
    expect((await state()).streams).toBe(1);
  });

  it('notices after 10 seconds that the host is gone (both shapes)', async () => {
    const qt = await streaming(stream());
    const plain = await streaming(embeddedStream());
    const startedMs = performance.now();
    await server.order({ do: 'vanish', how: 'refused' });
    await qt.sees(/unexpected disconnect event[^]*Connection terminated: -1/, 20_000);
    expect(performance.now() - startedMs).toBeGreaterThan(9_000);
    expect(await plain.exit).toEqual({ code: 0, signal: null });
    expect(plain.stdout).toMatch(/unexpected disconnect event\nConnection terminated with error: -1\n[^]*Transaction failed: 11[^]*already disconnected[^]*Cleaning up platform\.\.\.done\n$/);
    await expectDialog(qt);
  });

  it('leaves the host busy when it is killed; the host notices after about 5 seconds', async () => {
    await server.order({ do: 'habits', habits: { streamLimit: 1 } });
    const started = await streaming(stream());
    started.signal('SIGKILL');
    const startedMs = performance.now();
    await started.exit;
    // Back too early, as older hosts see it.
    const early = stream();
    await early.sees(/Request failed: 503 "The host's concurrent stream limit/);
    await expectDialog(early);
    while ((await state()).streams > 0) await sleep(50);
    const tookMs = performance.now() - startedMs;
    expect(tookMs).toBeGreaterThan(4_500);
    expect(tookMs).toBeLessThan(9_000);
    expect((await state()).runningApp).toBe(server.apps[1]?.id);
    await streaming(stream());
  });

  describe('as moonlight-embedded', () => {
    it.each(['SIGINT', 'SIGTERM'] as const)('ends with 0 at %s', async (signal) => {
      const started = await streaming(embeddedStream());
      expect(started.stdout).toContain('Starting RTSP handshake...done\n');
      started.signal(signal);
      expect(await started.exit).toEqual({ code: 0, signal: null });
      expect(started.stdout).toMatch(/Stopping input stream\.\.\.done\n[^]*failed: 4\n[^]*acknowledged disconnection\n[^]*Cleaning up platform\.\.\.done\n$/);
    });

    it('holds its words back on a pipe until it ends', async () => {
      const started = embeddedStream({});
      await started.sees(/Connecting to 127\.0\.0\.1/);
      while ((await state()).streams === 0) await sleep(20);
      await sleep(300);
      expect(started.stdout).toBe('Connecting to 127.0.0.1...\n');
      started.signal('SIGINT');
      await started.exit;
      expect(started.stdout).toContain('Cleaning up platform...done');
    });

    it('waits for ever when the stream is refused, and ends with 0 at a signal', async () => {
      await server.order({ do: 'refuse-streams', refused: true });
      const started = embeddedStream({ _STDBUF_O: 'L', ATHENA_PRACTICE_TIME_SCALE: '0.1' });
      await started.sees(/RTSP OPTIONS request failed: 111/);
      await sleep(700);
      expect(started.alive).toBe(true);
      started.signal('SIGTERM');
      expect(await started.exit).toEqual({ code: 0, signal: null });
    });

    it('ends with 0 when the host ends the app or drops it', async () => {
      const ended = await streaming(embeddedStream());
      await server.order({ do: 'fault', fault: { kind: 'poor' } });
      await ended.sees(/Connection is poor/);
      await server.order({ do: 'end-app' });
      expect(await ended.exit).toEqual({ code: 0, signal: null });
      expect(ended.stdout).toContain('0x80030023\nConnection has been terminated gracefully.\n');
      const dropped = await streaming(embeddedStream());
      await server.order({ do: 'drop-clients' });
      expect(await dropped.exit).toEqual({ code: 0, signal: null });
      expect(dropped.stdout).toContain('Connection terminated with error: -1');
    });

    it.each([
      ['the app is unknown', ['stream', '-app', 'desktop'], /Can't find app desktop/, null],
      ['the launch fails', ['stream', '-app', 'Desktop'], /Gamestream error: Failed/, { do: 'next-launch', status: -1, message: 'Failed to start the specified application' }],
      ['it is not paired', ['stream', '-app', 'Desktop'], /You must pair with the PC first/, { do: 'unpair-all' }],
      ['nobody listens', ['list'], /Can't connect to server 127\.0\.0\.1/, { do: 'vanish', how: 'refused' }],
    ] as const)('ends with 255 when %s', async (_what, args, words, order) => {
      if (order !== null) await server.order(order);
      const started = embedded(args);
      expect(await started.exit).toEqual({ code: 255, signal: null });
      expect(started.stdout).toMatch(words);
    });

    it('lists the apps in reverse order', async () => {
      const started = embedded(['list']);
      expect((await started.exit).code).toBe(0);
      expect(started.stdout).toContain('2. Desktop\n3. Practice game\n');
    });
  });

  describe('on the command line', () => {
    it('lists apps as CSV without escaping anything', async () => {
      const started = moonlight('list', 'living room', '--csv');
      expect((await started.exit).code).toBe(0);
      const [desktop, odd] = [server.apps[1]?.id, server.apps[2]?.id];
      expect(started.stdout).toContain('Name, ID, HDR Support, App Collection Game, Hidden, Direct Launch, Boxart URL\n');
      expect(started.stdout).toContain(`"Desktop",${desktop},false,false,false,false,"qrc:/res/no_app_image.png"\n`);
      expect(started.stdout).toContain(`"He said "5 > 3 & 2"\nמשחק",${odd},false,`);
    });

    it('pairs, keeps the host in its settings, and streams from then on', async () => {
      await server.order({ do: 'unpair-all' });
      await server.order({ do: 'habits', habits: { autoPin: '0420' } });
      const pairing = moonlight('pair', host(), '--pin', '0420');
      await pairing.sees(/Pairing completed/);
      await expectDialog(pairing);
      await streaming(stream());
      const quitting = moonlight('quit', host());
      expect((await quitting.exit).code).toBe(0);
      expect((await state()).runningApp).toBeNull();
    });

    it.each([
      [['--version'], 0, 'stdout', /^Moonlight 6\.1\.0\n$/],
      [['stream', '--help'], 0, 'stdout', /--hdr\n[^]*--no-yuv444\n[^]*--video-codec <video-codec> +AV1/],
      [['--help'], 0, 'stdout', /list[^]*pair[^]*quit[^]*stream/],
      [['stream', '127.0.0.1'], 1, 'stderr', /App not provided/],
      [['stream', '127.0.0.1', 'x', '--nonsense'], 1, 'stderr', /Unknown options: nonsense/],
      [['stream', '127.0.0.1', 'x', '--packet-size', '100'], 1, 'stderr', /Packet size/],
      [['dance'], 1, 'stderr', /Invalid action/],
    ] as const)('answers %j with %i', async (args, code, where, words) => {
      const started = moonlight(...args);
      expect((await started.exit).code).toBe(code);
      expect(started[where]).toMatch(words);
    });
  });
});
