// What each client is started with: arguments, environment, and never a password where others see it.
import { describe, expect, it } from 'vitest';
import { createFreeRdp } from '../../../../electron/adapters/clients/freerdp';
import { createMstsc } from '../../../../electron/adapters/clients/mstsc';
import { createTigerVnc } from '../../../../electron/adapters/clients/tigervnc';
import { Secret } from '../../../../electron/domain/secret';
import type { ConnectRequest, FoundClient, LaunchPlan, StreamClient } from '../../../../electron/domain/session/stream-client';
import { fakeMachine } from '../../../fakes/fake-machine';

const machine = fakeMachine({ platform: 'linux' });
const tigerVnc = createTigerVnc(machine);
const freeRdp = createFreeRdp(machine, '/state/freerdp');
const mstsc = createMstsc(machine);

const request: ConnectRequest = {
  address: 'deck.local',
  port: 4000,
  username: 'anna',
  password: new Secret('pässwort %n$(id)'),
  fullScreen: false,
  title: 'A; title',
  certificateFingerprint: null,
};

function foundAt(version: string | null, ...command: [string, ...string[]]): FoundClient {
  return { found: true, client: 'freerdp', displayName: '', version, command, origin: 'path' };
}

function planOf(client: StreamClient, changes: Partial<ConnectRequest> = {}, found = foundAt('2.11.7', '/bin/client')): LaunchPlan {
  const plan = client.plan(found, { ...request, ...changes });
  if (!plan.ok) throw new Error(plan.failure.message);
  return plan.value;
}

describe('every client', () => {
  const clients = [tigerVnc, freeRdp, mstsc];

  it.each(clients.map((client) => [client.id, client] as const))('%s: no argument holds the password', (_id, client) => {
    const plan = planOf(client);
    expect(plan.args.join('\n')).not.toContain('pässwort');
    expect(JSON.stringify(structuredClone(plan))).toContain(JSON.stringify(plan.args)); // it can go to a thread
  });

  it.each(clients.map((client) => [client.id, client] as const))('%s: refuses what could pass for something else', (_id, client) => {
    const refused: Partial<ConnectRequest>[] = [
      { address: '-via=evil' },
      { address: 'a=b' },
      { address: 'a b' },
      { address: '/etc/passwd' },
      { address: '' },
      { port: 0 },
      { port: 65_536 },
      { port: 1.5 },
      { username: 'a\nb' },
      { password: new Secret('a\rb') },
      { password: new Secret('\u0003') },
    ];
    for (const changes of refused) {
      expect(client.plan(foundAt(null, '/bin/client'), { ...request, ...changes })).toMatchObject({
        ok: false,
        failure: { kind: 'bad-input' },
      });
    }
  });

  it.each(clients.map((client) => [client.id, client] as const))('%s: the program’s own leading arguments stay in front', (_id, client) => {
    const plan = planOf(client, {}, foundAt(null, 'flatpak', 'run', 'app'));
    expect([plan.file, ...plan.args.slice(0, 2)]).toEqual(['flatpak', 'run', 'app']);
  });
});

describe('TigerVNC', () => {
  it('gets user and password in its environment, and no dialogs', () => {
    expect(planOf(tigerVnc)).toEqual({
      file: '/bin/client',
      args: ['-ReconnectOnError=0', '-AlertOnFatalError=0', '-FullScreen=0', '-Shared=1', '-Log=*:stderr:30', 'deck.local::4000'],
      env: { VNC_USERNAME: 'anna', VNC_PASSWORD: 'pässwort %n$(id)', LANGUAGE: 'C' },
      typedPassword: null,
    });
  });

  it('gets both variables even when there is nothing to say: without them it would ask in a box', () => {
    expect(planOf(tigerVnc, { username: null, password: null }).env).toMatchObject({ VNC_USERNAME: '', VNC_PASSWORD: '' });
  });

  it('full screen and IPv6', () => {
    const { args } = planOf(tigerVnc, { fullScreen: true, address: 'fe80::1%eth0' });
    expect(args).toContain('-FullScreen=1');
    expect(args.at(-1)).toBe('[fe80::1%eth0]::4000');
  });
});

describe('FreeRDP', () => {
  it('2.x: asks for the password on the terminal, shows an unknown certificate, speaks no RDP security', () => {
    expect(planOf(freeRdp)).toEqual({
      file: '/bin/client',
      args: [
        '/v:deck.local:4000',
        '/u:anna',
        '/d:',
        '/from-stdin',
        '-sec-rdp',
        '/log-filters:com.freerdp.core.connection:DEBUG',
        '-auto-reconnect',
        '/t:A; title',
        '/dynamic-resolution',
        '/sound',
      ],
      env: {
        XDG_CONFIG_HOME: '/state/freerdp',
        WLOG_LEVEL: undefined,
        WLOG_FILTER: undefined,
        WLOG_APPENDER: undefined,
        WLOG_PREFIX: undefined,
        WLOG_FILEAPPENDER_OUTPUT_FILE_PATH: undefined,
      },
      typedPassword: 'pässwort %n$(id)',
    });
  });

  it('3.x: says the same in other words', () => {
    const { args } = planOf(freeRdp, {}, foundAt('3.15.0', '/usr/bin/xfreerdp3'));
    expect(args).toContain('/sec:rdp:off');
    expect(args).not.toContain('-sec-rdp');
    expect(args.find((arg) => arg.startsWith('/log-filters:'))).toContain('com.freerdp.core.rdp:DEBUG');
  });

  it('pins a certificate, and only a whole SHA-256', () => {
    const pin = Array.from({ length: 32 }, () => '0f').join(':');
    expect(planOf(freeRdp, { certificateFingerprint: pin }).args).toContain(`/cert:deny,fingerprint:sha256:${pin}`);
    expect(planOf(freeRdp).args.filter((arg) => arg.startsWith('/cert'))).toEqual([]);
    for (const wrong of ['0f', pin.toUpperCase(), `${pin},ignore`, '']) {
      expect(freeRdp.plan(foundAt(null, 'x'), { ...request, certificateFingerprint: wrong })).toMatchObject({ ok: false });
    }
  });

  it.each([
    ['anna', '/u:anna', '/d:'],
    ['OFFICE\\anna', '/u:anna', '/d:OFFICE'],
    ['anna@office.example', '/u:anna@office.example', '/d:'],
    [null, '/u:', '/d:'],
  ])('user %s', (username, user, domain) => {
    const { args } = planOf(freeRdp, { username });
    expect(args.slice(1, 3)).toEqual([user, domain]);
  });

  it('full screen, IPv6, no password', () => {
    const plan = planOf(freeRdp, { fullScreen: true, address: '::1', password: null });
    expect(plan.args[0]).toBe('/v:[::1]:4000');
    expect(plan.args).toContain('/f');
    expect(plan.args).not.toContain('/dynamic-resolution');
    expect(plan.typedPassword).toBeNull();
  });
});

describe('the others', () => {
  it('mstsc is told where, and whether to fill the screen', () => {
    expect(planOf(mstsc).args).toEqual(['/v:deck.local:4000']);
    expect(planOf(mstsc, { fullScreen: true, address: '::1' }).args).toEqual(['/v:[::1]:4000', '/f']);
  });
});
