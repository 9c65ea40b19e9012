// Proves what Athena makes of a Proxmox host's and a webhook's answers, good and bad, over real HTTPS and HTTP on loopback.
import { createServer, type IncomingHttpHeaders, type Server } from 'node:http';
import { createServer as createSecureServer } from 'node:https';
import type { AddressInfo } from 'node:net';
import { afterEach, describe, expect, it } from 'vitest';
import { ProxmoxSwitch } from '../../../electron/adapters/pause/proxmox';
import { WebhookDriver } from '../../../electron/adapters/pause/webhook-driver';
import { SystemClock } from '../../../electron/adapters/system-clock';
import { pauseTargetSchema, type TargetOf } from '../../../electron/common/entry';
import { Secret } from '../../../electron/domain/secret';
import { hostWith, proxmoxToken } from '../../contract/app-driver/worlds';
import { startProxmoxStandIn, type ProxmoxStandIn } from '../../peers/proxmox-stand-in';
import { makeSelfSigned } from '../../peers/self-signed';
import { expectFailure, expectSuccess } from './host-world';

const clock = new SystemClock();
const [tokenId = '', tokenSecret = ''] = proxmoxToken.split('=');
const closing: (() => Promise<void>)[] = [];
const [certificate, other] = await Promise.all([makeSelfSigned(), makeSelfSigned()]);

afterEach(async () => {
  for (const close of closing.splice(0)) await close();
});

describe('the Proxmox API', () => {
  const host = hostWith({ vmHost: { address: '127.0.0.1' } });
  const never = new AbortController().signal;
  const forgotten: string[] = [];

  async function world(part: Partial<TargetOf<'proxmox'>> = {}): Promise<{ api: ProxmoxStandIn; vm: ProxmoxSwitch; target: TargetOf<'proxmox'> }> {
    const api = await startProxmoxStandIn(certificate, proxmoxToken);
    closing.push(() => api.stop());
    const secrets = { read: async () => new Secret(tokenSecret), forgetHeld: () => void forgotten.push('token') };
    const vm = new ProxmoxSwitch({ secrets, clock, answerMs: 400, taskMs: 1_000 });
    const target = pauseTargetSchema.parse({ by: 'proxmox', port: api.port, node: 'pve', vmid: 101, tokenId, fingerprint: certificate.fingerprint, ...part });
    return { api, vm, target: target as TargetOf<'proxmox'> };
  }

  it('waits for a slow task, and asks nothing without the token', async () => {
    const { api, vm, target } = await world();
    api.machine.taskLooks = 3;
    expectSuccess(await vm.order(host, target, 'suspend', never));
    expect(api.machine.asked.map(({ line }) => line.replace(/UPID.*\/status/, 'TASK'))).toEqual([
      'POST /api2/json/nodes/pve/qemu/101/status/suspend',
      ...Array.from({ length: 4 }, () => 'GET /api2/json/nodes/pve/tasks/TASK'),
    ]);
    expect(new Set(api.machine.asked.map(({ authorization }) => authorization))).toEqual(new Set([`PVEAPIToken=${proxmoxToken}`]));
    expect(expectSuccess(await vm.state(host, target, never))).toEqual({ kind: 'suspended' });
  });

  it('gives up a task that does not end, and tells why one failed', async () => {
    const { api, vm, target } = await world();
    api.machine.taskLooks = 1_000;
    expectFailure(await vm.order(host, target, 'suspend', never), 'timed-out');
    Object.assign(api.machine, { taskLooks: 0, exitStatus: 'VM is locked (backup)' });
    expect(expectFailure(await vm.order(host, target, 'suspend', never), 'host-busy').message).toContain('backup');
    Object.assign(api.machine, { exitStatus: 'got timeout' });
    expect(expectFailure(await vm.order(host, target, 'suspend', never), 'io').message).toContain('got timeout');
  });

  it('says in plain words what a refusal means', async () => {
    const { api, vm, target } = await world();
    const told = async (status: number, body: string) => {
      api.machine.next.push({ status, body });
      return vm.order(host, target, 'suspend', never);
    };
    expectFailure(await told(401, '{"data":null,"message":"invalid token value!"}'), 'auth-refused');
    expect(forgotten).toEqual(['token']);
    expect(expectFailure(await told(403, '{"data":null,"message":"Permission check failed (/vms/101, VM.PowerMgmt)"}'), 'permission-denied').message).toContain('VM.PowerMgmt');
    expectFailure(await told(500, '{"data":null,"message":"VM is locked (snapshot)"}'), 'host-busy');
    expectFailure(await told(500, '{"data":null,"message":"Configuration file does not exist"}'), 'not-found');
    expectFailure(await told(503, ''), 'io');
    const page = expectFailure(await told(200, '<!DOCTYPE html><html><title>Log in</title>'), 'bad-answer');
    expect(page.message).toContain('web page');
    expectFailure(await told(200, '{"data":"not a task"}'), 'bad-answer');
  });

  it('shows its token to no other certificate than the one that was vouched for', async () => {
    const { api, vm, target } = await world();
    const changed = expectFailure(await vm.state(host, { ...target, fingerprint: other.fingerprint }, never), 'certificate-changed');
    expect(changed.message).toContain(certificate.fingerprint);
    const { fingerprint: _none, ...unpinned } = target;
    expectFailure(await vm.state(host, unpinned, never), 'certificate-changed');
    expect(api.machine.asked).toEqual([]);
    expectSuccess(await vm.state(host, { ...target, fingerprint: certificate.fingerprint.toLowerCase() }, never));
  });

  it('does not wait for a host that says nothing', async () => {
    const { api, vm, target } = await world();
    api.machine.isSilent = true;
    expectFailure(await vm.state(host, target, never), 'timed-out');
    const cancel = new AbortController();
    const asked = vm.state(host, target, cancel.signal);
    cancel.abort();
    expectFailure(await asked, 'cancelled');
  });
});

describe('a webhook', () => {
  interface Received {
    readonly line: string;
    readonly headers: IncomingHttpHeaders;
    readonly body: string;
  }
  type Answers = (received: Received, at: number) => { status: number; body?: string; location?: string } | null;

  async function receiver(answers: Answers, secure = false): Promise<{ origin: string; received: Received[] }> {
    const received: Received[] = [];
    const take: Parameters<typeof createServer>[1] = (request, response) => {
      let body = '';
      request.on('data', (chunk: Buffer) => (body += chunk.toString('utf8')));
      request.on('end', () => {
        const one = { line: `${request.method ?? ''} ${request.url ?? ''}`, headers: request.headers, body };
        received.push(one);
        const answer = answers(one, received.length);
        if (!answer) return;
        response.writeHead(answer.status, answer.location === undefined ? {} : { location: answer.location });
        response.end(answer.body ?? '');
      });
    };
    const server: Server = secure ? createSecureServer({ key: certificate.key, cert: certificate.cert }, take) : createServer(take);
    await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
    closing.push(
      () =>
        new Promise<void>((resolve) => {
          server.close(() => resolve());
          server.closeAllConnections();
        }),
    );
    return { origin: `${secure ? 'https' : 'http'}://127.0.0.1:${(server.address() as AddressInfo).port}`, received };
  }

  const host = hostWith({});
  const targetAt = (origin: string, part: Partial<TargetOf<'webhook'>> = {}): TargetOf<'webhook'> => ({ by: 'webhook', pause: `${origin}/pause`, resume: `${origin}/resume`, ...part });
  const driverWith = (secret: string | null, extraCa?: string): WebhookDriver =>
    new WebhookDriver({
      secrets: { read: async () => (secret === null ? null : new Secret(secret)), forgetHeld: () => undefined },
      clock,
      nameOf: () => 'Game',
      answerMs: 400,
      ...(extraCa !== undefined && { extraCa }),
    });

  it('is told entry, host and state, and is not called verified when nothing can be read', async () => {
    const { origin, received } = await receiver(() => ({ status: 204 }));
    const driver = driverWith('Bearer abc');
    const target = targetAt(origin, { secretHeader: 'Authorization' });
    const paused = expectSuccess(await driver.pause(host, target));
    expect(paused).toMatchObject({ method: 'webhook', verified: false });
    expect(expectSuccess(await driver.read(host, target))).toMatchObject({ state: 'paused', verified: false });
    expect(received.map(({ line, body, headers }): unknown[] => [line, JSON.parse(body), headers.authorization])).toEqual([
      ['POST /pause', { entry: 'Game', host: 'Desk', state: 'paused' }, 'Bearer abc'],
    ]);
    expectSuccess(await driver.pause(host, target));
    expect(received).toHaveLength(1);
  });

  it('is asked once more when it fails, and no more than that', async () => {
    const mended = await receiver((_, at) => ({ status: at === 1 ? 502 : 200 }));
    expectSuccess(await driverWith(null).pause(host, targetAt(mended.origin)));
    const broken = await receiver(() => ({ status: 500 }));
    expectFailure(await driverWith(null).pause(host, targetAt(broken.origin)), 'io');
    expect([mended.received.length, broken.received.length]).toEqual([2, 2]);
    const silent = await receiver(() => null);
    expectFailure(await driverWith(null).pause(host, targetAt(silent.origin)), 'timed-out');
  });

  it('does not carry the secret elsewhere', async () => {
    const away = await receiver(() => ({ status: 200 }));
    const here = await receiver(({ line }) => (line === 'POST /pause' ? { status: 308, location: `${away.origin}/x` } : { status: 200 }));
    const target = targetAt(here.origin, { secretHeader: 'X-Key', status: `${away.origin}/state` });
    expectFailure(await driverWith('k').pause(host, targetAt(here.origin, { secretHeader: 'X-Key' })), 'bad-answer');
    expect(away.received).toEqual([]);
    expectFailure(await driverWith('k').read(host, target), 'bad-answer');
    expect(away.received.map(({ headers }) => headers['x-key'])).toEqual([undefined]);
    const moved = await receiver(({ line }) => (line === 'POST /pause' ? { status: 307, location: '/v2' } : { status: 200 }));
    expectSuccess(await driverWith('k').pause(host, targetAt(moved.origin, { secretHeader: 'X-Key' })));
    expect(moved.received.map(({ line, headers }) => [line, headers['x-key']])).toEqual([['POST /pause', 'k'], ['POST /v2', 'k']]);
  });

  it('must have a certificate that this machine trusts', async () => {
    const { origin, received } = await receiver(() => ({ status: 200 }), true);
    expectFailure(await driverWith(null).pause(host, targetAt(origin)), 'certificate-changed');
    expect(received).toEqual([]);
    expectSuccess(await driverWith(null, certificate.cert).pause(host, targetAt(origin)));
  });

  it('that does not let Athena in, or wants a secret nobody gave, is told so', async () => {
    const { origin, received } = await receiver(() => ({ status: 403 }));
    expectFailure(await driverWith(null).pause(host, targetAt(origin, { secretHeader: 'X-Key' })), 'auth-refused');
    expect(received).toEqual([]);
    const refused = expectFailure(await driverWith('top-secret').pause(host, targetAt(origin, { secretHeader: 'X-Key' })), 'auth-refused');
    expect(JSON.stringify(refused)).not.toContain('top-secret');
  });
});
