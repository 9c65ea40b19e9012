// What the practice Moonlight says and writes is what Athena's readers know from the real one, code by code and key by key.
import { mkdtemp, readFile, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { MoonlightEmbeddedReader } from '../../../../electron/adapters/clients/moonlight-embedded-reader';
import { readMoonlightSettings } from '../../../../electron/adapters/clients/moonlight-import';
import { MoonlightQtReader } from '../../../../electron/adapters/clients/moonlight-qt-reader';
import { writeMoonlightSettings } from '../../../../electron/adapters/clients/moonlight-settings';
import { makeIdentity } from '../../../../electron/practice/gamestream/certificate';
import { MoonlightSettings, settingsFile } from '../../../../electron/practice/gamestream/moonlight-settings';
import { EmbeddedVoice, QtVoice, type MoonlightVoice } from '../../../../electron/practice/gamestream/moonlight-voice';
import type { ClientEvent, OutputReader } from '../../../../electron/domain/session/stream-client';

const voices: readonly (readonly [name: string, voice: (write: (text: string) => void) => MoonlightVoice, reader: () => OutputReader])[] = [
  ['moonlight-qt', (write) => new QtVoice(write), () => new MoonlightQtReader()],
  ['moonlight-embedded', (write) => new EmbeddedVoice(write, true), () => new MoonlightEmbeddedReader()],
];

describe.each(voices)('%s', (_name, makeVoice, makeReader) => {
  function hear(say: (voice: MoonlightVoice) => void): { events: ClientEvent[]; reader: OutputReader } {
    let text = '';
    say(makeVoice((part) => (text += part)));
    const reader = makeReader();
    return { events: text.split('\n').flatMap((line) => reader.line(line)), reader };
  }

  it.each([0, -1, -100, -101, -102, -103, -104, 101, 113, -2_146_233_087])('the verdict %i', (code) => {
    const { events, reader } = hear((voice) => voice.verdict(code));
    expect(events).toEqual([{ kind: 'terminated', code }]);
    expect(reader.end({ exitCode: 0, signal: null })).toEqual(code === 0 ? { kind: 'host-ended' } : { kind: 'terminated', code });
  });

  it('a connection that is poor, and okay again', () => {
    const { events } = hear((voice) => {
      voice.status(1);
      voice.status(0);
    });
    expect(events).toEqual([{ kind: 'poor' }, { kind: 'okay' }]);
  });

  it('a stage that fails, with and without words between', () => {
    const plain = hear((voice) => voice.stage('Starting RTSP handshake', 111));
    expect(plain.events.at(-1)).toEqual({ kind: 'given-up', end: { kind: 'stage-failed', stage: 'RTSP handshake', code: 111 } });
    const words = 'Failed to establish ENet connection on UDP port 47999: unexpected event 3 (error: 11)';
    const worded = hear((voice) => voice.stage('Starting control stream', 11, words));
    expect(worded.events.at(-1)).toEqual({ kind: 'given-up', end: { kind: 'stage-failed', stage: 'control stream establishment', code: 11 } });
  });
});

describe('settings', () => {
  const { certificatePem, keyPem } = makeIdentity('NVIDIA GameStream Client', 'zero');
  const name = 'Mira\'s "Rig"; [1]';

  it('that Athena wrote are read, name and all', async () => {
    const directory = await mkdtemp(join(tmpdir(), 'athena-agree-'));
    const host = { name, uniqueId: 'RIG', addresses: ['192.168.1.20', 'fd00::20'], httpPort: 47_989, certificatePem, mac: '02:00:00:41:54:48' };
    expect((await writeMoonlightSettings(directory, { identity: { certificatePem, keyPem, uniqueId: '0123456789ABCDEF' }, hosts: [host] })).ok).toBe(true);
    const settings = new MoonlightSettings(settingsFile({ XDG_CONFIG_HOME: directory }, directory));
    expect(settings.identity()).toEqual({ certificatePem, keyPem });
    expect(settings.hosts).toEqual([{ name, uuid: 'RIG', addresses: ['192.168.1.20:47989', 'fd00::20:47989'], certificatePem }]);
    await rm(directory, { recursive: true });
  });

  it('that the practice Moonlight wrote are read by Athena', async () => {
    const directory = await mkdtemp(join(tmpdir(), 'athena-agree-'));
    const file = join(directory, 'Moonlight.conf');
    const settings = new MoonlightSettings(file);
    settings.setIdentity({ certificatePem, keyPem });
    settings.keepHost({ name: 'Rig', uuid: 'RIG', address: '192.168.1.20', port: 50_000, certificatePem });
    const read = readMoonlightSettings(file, await readFile(file, 'utf8'));
    expect(read.hosts).toEqual([{ name: 'Rig', uniqueId: 'RIG', addresses: ['192.168.1.20'], httpPort: 50_000, certificatePem, mac: null }]);
    expect(new MoonlightSettings(file).hosts.map((host) => host.name)).toEqual(['Rig']);
    await rm(directory, { recursive: true });
  });
});
