// The practice Moonlight's command line, settings and voice, without a host.
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { readEmbeddedArguments } from '../../../../electron/practice/gamestream/embedded-options';
import { readMoonlightArguments } from '../../../../electron/practice/gamestream/moonlight-options';
import { readSessionUrl } from '../../../../electron/practice/gamestream/moonlight-session';
import { byteArray, MoonlightSettings, readIni, settingsFile, unescape } from '../../../../electron/practice/gamestream/moonlight-settings';
import { EmbeddedVoice, QtVoice } from '../../../../electron/practice/gamestream/moonlight-voice';

describe('the command line of moonlight-qt', () => {
  it('has its own settings where nothing is said', () => {
    expect(readMoonlightArguments(['stream', 'tv', 'Desktop'])).toEqual({
      ...{ kind: 'stream', host: 'tv', app: 'Desktop', widthPx: 1280, heightPx: 720, fps: 60, hdr: false },
      ...{ optimize: true, audioOnHost: false, quitAfter: false, videoCodec: 'auto' },
    });
  });

  it.each([
    [['--1080', '--720'], { widthPx: 1280 }],
    [['--4K', '--resolution', '2560x1440'], { widthPx: 2560, heightPx: 1440 }],
    [['-1440'], { widthPx: 2560 }],
    [['--fps=120'], { fps: 120 }],
    [['--hdr', '--no-hdr'], { hdr: false }],
    [['--no-game-optimization', '--audio-on-host', '--quit-after'], { optimize: false, audioOnHost: true, quitAfter: true }],
    [['--video-codec', 'hevc'], { videoCodec: 'hevc' }],
  ])('takes %j, before or after the action', (options, wishes) => {
    expect(readMoonlightArguments(['stream', 'tv', 'Desktop', ...options])).toMatchObject({ kind: 'stream', ...wishes });
    expect(readMoonlightArguments([...options, 'STREAM', 'tv', 'Desktop'])).toMatchObject({ kind: 'stream', host: 'tv', ...wishes });
  });

  it.each([
    [['stream', 'tv', 'x', '--resolution', 'big'], 'Invalid resolution format: big'],
    [['stream', 'tv', 'x', '--fps', 'fast'], 'Invalid fps value: fast'],
    [['stream', 'tv', 'x', '--fps'], "Missing value after '--fps'"],
    [['stream', 'tv', 'x', '--display-mode', 'cube'], 'Invalid display-mode choice: cube'],
    [['stream'], 'Host not provided'],
    [['pair', 'tv', '--pin', '12'], 'PIN'],
  ])('refuses %j', (args, words) => {
    const command = readMoonlightArguments(args);
    expect(command.kind).toBe('wrong');
    if (command.kind === 'wrong') expect(command.text).toContain(words);
  });

  it('opens its window without an action', () => {
    expect(readMoonlightArguments([])).toEqual({ kind: 'window' });
  });
});

describe('the command line of moonlight-embedded', () => {
  it('knows its options with one and two dashes', () => {
    expect(readEmbeddedArguments(['stream', '-1080', '--fps', '30', '-app', 'Desktop', '-port', '50000', '-pin', '0000', 'tv'])).toMatchObject({
      ...{ action: 'stream', host: 'tv', port: 50_000, app: 'Desktop', widthPx: 1920, heightPx: 1080, fps: 30 },
      pin: null, // "0000" counts as none
    });
    expect(readEmbeddedArguments(['stream', 'tv'])).toMatchObject({ app: 'Steam', port: 47_989, fps: 60 });
    expect(readEmbeddedArguments(['stream', '-nonsense'])).toBeNull();
    expect(readEmbeddedArguments(['stream', '-app'])).toBeNull();
  });
});

describe('Moonlight.conf', () => {
  let directory: string;
  beforeEach(() => {
    directory = mkdtempSync(join(tmpdir(), 'athena-settings-'));
  });
  afterEach(() => rmSync(directory, { recursive: true, force: true }));

  it('is where Moonlight keeps it', () => {
    expect(settingsFile({ XDG_CONFIG_HOME: '/c' }, directory)).toBe('/c/Moonlight Game Streaming Project/Moonlight.conf');
    writeFileSync(join(directory, 'portable.dat'), '');
    expect(settingsFile({ XDG_CONFIG_HOME: '/c' }, directory)).toBe(join(directory, 'Moonlight Game Streaming Project/Moonlight.ini'));
  });

  it('is read as Qt writes it', () => {
    const values = readIni('[General]\r\ncertificate="@ByteArray(-----BEGIN\\nx\\n)"\nkey=@ByteArray(k\\x41)\n\n[hosts]\n1\\hostname=tv\n1\\mac=@ByteArray(\\x1\\0\\x2)\nsize=1\n');
    expect(values.get('General/certificate')).toBe('-----BEGIN\nx\n');
    expect(values.get('General/key')).toBe('kA');
    expect(values.get('hosts/1\\hostname')).toBe('tv');
    expect(values.get('hosts/1\\mac')).toBe('\x01\0\x02');
    for (const text of ['a "b" \\ \n c', '', 'plain']) expect(unescape(byteArray(text))).toBe(text);
  });

  it('keeps identity and hosts, one per unique id', () => {
    const file = join(directory, 'a', 'Moonlight.conf');
    const identity = new MoonlightSettings(file).identity();
    const settings = new MoonlightSettings(file);
    expect(settings.identity()).toEqual(identity);
    const host = { name: 'tv', uuid: 'U1', address: '10.0.0.2', port: 47_989, certificatePem: 'pem\n' };
    settings.keepHost(host);
    settings.keepHost({ ...host, uuid: 'U2', name: 'attic' });
    settings.keepHost({ ...host, name: 'new tv' });
    expect(new MoonlightSettings(file).hosts).toEqual([
      { name: 'new tv', uuid: 'U1', addresses: ['10.0.0.2:47989'], certificatePem: 'pem\n' },
      { name: 'attic', uuid: 'U2', addresses: ['10.0.0.2:47989'], certificatePem: 'pem\n' },
    ]);
  });

  it('is taken from the array that was being written when Moonlight died', () => {
    const file = join(directory, 'Moonlight.conf');
    writeFileSync(file, '[hosts]\n1\\hostname=half\nsize=1\n[hostsbackup]\n1\\hostname=whole\n1\\uuid=U\nsize=1\n');
    expect(new MoonlightSettings(file).hosts.map(({ name }) => name)).toEqual(['whole']);
  });
});

describe('the voices', () => {
  it('say a stage on two lines with time and source, or on one without', () => {
    const lines: string[] = [];
    const qt = new QtVoice((text) => lines.push(text));
    qt.stage('Starting RTSP handshake');
    qt.stage('Starting control stream', 11);
    expect(lines).toEqual([
      '00:00:00 - SDL Info (0): Starting RTSP handshake...\n',
      '00:00:00 - SDL Info (0): done\n',
      '00:00:00 - SDL Info (0): Starting control stream...\n',
      '00:00:00 - SDL Info (0): failed: 11\n',
    ]);
    const words: string[] = [];
    const embedded = new EmbeddedVoice((text) => words.push(text), true);
    embedded.stage('Starting RTSP handshake');
    embedded.verdict(-100);
    embedded.verdict(101);
    expect(words).toEqual([
      'Starting RTSP handshake...done\n',
      "No video received from host. Check the host PC's firewall and port forwarding rules.\n",
      'Connection terminated with error: 101\n',
    ]);
  });

  it('hold back until a block is full where nobody reads line by line', () => {
    const words: string[] = [];
    const embedded = new EmbeddedVoice((text) => words.push(text), false);
    embedded.say('short');
    expect(words).toEqual([]);
    embedded.say('x'.repeat(5_000));
    expect(words).toHaveLength(1);
    expect(words[0]?.startsWith('short\nxxx')).toBe(true);
  });
});

describe('session URLs', () => {
  it.each([
    ['rtspenc://127.0.0.1:48010', { address: '127.0.0.1', port: 48_010 }],
    ['rtsp://[::1]:48010', { address: '::1', port: 48_010 }],
    ['http://127.0.0.1:48010', null],
    ['', null],
  ])('%j is read as %j', (url, place) => {
    expect(readSessionUrl(url)).toEqual(place);
  });
});
