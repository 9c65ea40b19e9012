// Which client a protocol gets on which system, and that a reconnect need not ask a program again what it is.
import { describe, expect, it } from 'vitest';
import { clientReader, createClientRegistry } from '../../../../electron/adapters/clients/client-registry';
import type { Machine } from '../../../../electron/adapters/clients/machine';
import type { ClientFinder } from '../../../../electron/domain/session/client-choice';
import { fakeMachine, prints } from '../../../fakes/fake-machine';

const freeRdp = prints('This is FreeRDP version 2.11.7 (2.11.7)');

function registryOn(machine: Machine): ClientFinder {
  return createClientRegistry({ machine, freeRdpDirectory: '/state' });
}

describe('client registry', () => {
  it('gives RDP to FreeRDP, and on Windows to Windows’ own client', async () => {
    const linux = fakeMachine({ platform: 'linux', env: { PATH: '/usr/bin' }, programs: { '/usr/bin/xfreerdp': freeRdp } });
    expect(await registryOn(linux).choose('rdp')).toMatchObject({ found: { client: 'freerdp' }, client: { id: 'freerdp' } });
    const file = 'C:\\Windows\\System32\\mstsc.exe';
    const windows = fakeMachine({ platform: 'win32', env: { SystemRoot: 'C:\\Windows' }, programs: { [file]: prints('') } });
    expect(await registryOn(windows).choose('rdp')).toMatchObject({ found: { client: 'mstsc' }, client: { id: 'mstsc' } });
  });

  it('tells what is missing', async () => {
    const bare = registryOn(fakeMachine({ platform: 'linux' }));
    expect(await bare.choose('vnc')).toMatchObject({ kind: 'missing', missing: { client: 'tigervnc' } });
    const survey = await bare.survey();
    expect(survey.map(({ client, found }) => [client, found])).toEqual([
      ['tigervnc', false],
      ['freerdp', false],
      ['moonlight-qt', false],
      ['moonlight-embedded', false],
    ]);
  });

  it('takes Moonlight for GameStream, and Moonlight Embedded where there is none', async () => {
    const qt = prints('Usage: moonlight [options] <action>');
    const embedded = prints('Moonlight Embedded 2.7.1');
    const env = { PATH: '/usr/bin' };
    const both = { '/usr/bin/moonlight-embedded': embedded, '/usr/bin/moonlight-qt': qt };
    expect(await registryOn(fakeMachine({ platform: 'linux', env, programs: both })).choose('gamestream')).toMatchObject({ client: { id: 'moonlight-qt' } });
    const one = { '/usr/bin/moonlight-embedded': embedded };
    expect(await registryOn(fakeMachine({ platform: 'linux', env, programs: one })).choose('gamestream')).toMatchObject({ client: { id: 'moonlight-embedded' } });
    expect(await registryOn(fakeMachine({ platform: 'linux', env })).choose('gamestream')).toMatchObject({ kind: 'missing', missing: { client: 'moonlight-qt' } });
  });

  it('asks a program once, again after it went away, and again for a survey', async () => {
    const programs = new Map([['/usr/bin/xfreerdp', freeRdp]]);
    const ran: string[] = [];
    const machine: Machine = {
      ...fakeMachine({ platform: 'linux', env: { PATH: '/usr/bin' } }),
      isExecutable: async (file) => programs.has(file),
      run: async (file) => {
        ran.push(file);
        return freeRdp();
      },
    };
    const registry = registryOn(machine);
    await registry.choose('rdp');
    await registry.choose('rdp');
    expect(ran).toHaveLength(1);
    programs.clear();
    expect(await registry.choose('rdp')).toMatchObject({ kind: 'missing' });
    programs.set('/usr/bin/xfreerdp', freeRdp);
    expect(await registry.choose('rdp')).toMatchObject({ found: { version: '2.11.7' } });
    expect(ran).toHaveLength(2);
    await registry.survey();
    expect(ran).toHaveLength(3);
  });

  it('makes a fresh reader for each run', () => {
    for (const id of ['tigervnc', 'freerdp', 'mstsc', 'moonlight-qt', 'moonlight-embedded'] as const) {
      expect(clientReader(id)).not.toBe(clientReader(id));
      expect(clientReader(id).end({ exitCode: 0, signal: 'SIGSEGV' })).toEqual({ kind: 'crashed', signal: 'SIGSEGV' });
    }
  });

  it('mstsc says nothing, and nothing is made of it', () => {
    const reader = clientReader('mstsc');
    expect([...reader.line('streaming'), ...reader.partial('Password: ')]).toEqual([]);
    expect(reader.end({ exitCode: 0, signal: null })).toEqual({ kind: 'ended-by-user' });
    expect(reader.end({ exitCode: 260, signal: null })).toEqual({ kind: 'unexpected', exitCode: 260 });
  });
});
