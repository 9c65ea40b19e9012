// Host keys and log-in keys over a real sshd, an SSH agent, and servers with several host keys.
import { execFile, spawn } from 'node:child_process';
import { once } from 'node:events';
import { readFileSync } from 'node:fs';
import { mkdir, readFile, rm, stat, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { afterEach, expect, it } from 'vitest';
import { findFreePort } from '../../peers/loopback-port';
import { startSshServer, type SshServer } from '../../peers/ssh-server';
import { byCommand, createControl, expectFailure, expectSuccess, hostAt, type ControlParts } from './host-world';
import { shellBehind, startOddSshServer, type OddSshServer } from './odd-ssh-server';

const run = promisify(execFile);
const cleanUps: (() => Promise<void>)[] = [];

afterEach(async () => {
  for (const cleanUp of cleanUps.splice(0).reverse()) await cleanUp();
});

async function sshd(options: Parameters<typeof startSshServer>[0] = {}): Promise<SshServer> {
  const server = await startSshServer(options);
  cleanUps.push(() => server.stop());
  return server;
}

async function oddServer(options: Parameters<typeof startOddSshServer>[0]): Promise<OddSshServer> {
  const server = await startOddSshServer(options);
  cleanUps.push(() => server.stop());
  return server;
}

async function control(...args: Parameters<typeof createControl>): Promise<ControlParts> {
  const parts = await createControl(...args);
  cleanUps.push(() => parts.dispose());
  return parts;
}

it('an unknown key is asked about with the fingerprint ssh-keygen shows, and written to its own file when trusted', async () => {
  const server = await sshd();
  const parts = await control();
  const host = hostAt(server);
  const { question, message } = expectFailure(await parts.control.warm(host), 'host-key-unknown');
  expect(question).toEqual({ hostId: 'desk', address: `[127.0.0.1]:${server.port}`, keyType: 'ssh-ed25519', fingerprint: server.hostKeyFingerprint });
  expect(message).toContain(server.hostKeyFingerprint);
  await expect(stat(parts.ownKnownHosts)).rejects.toThrow();
  if (!question) return;
  await parts.control.trust(question);
  expect(await readFile(parts.ownKnownHosts, 'utf8')).toBe(await readFile(server.knownHostsFile, 'utf8'));
  expectSuccess(await parts.control.warm(host));
});

it("the user's own known_hosts counts, hashed too, and is never written", async () => {
  const server = await sshd();
  await run('ssh-keygen', ['-q', '-H', '-f', server.knownHostsFile]);
  await rm(`${server.knownHostsFile}.old`, { force: true });
  const before = readFileSync(server.knownHostsFile, 'utf8');
  expect(before).toContain('|1|');
  const parts = await control({ knownHostsFiles: [server.knownHostsFile] });
  expectSuccess(await parts.control.warm(hostAt(server)));
  expect(readFileSync(server.knownHostsFile, 'utf8')).toBe(before);
});

it('a changed key is refused, with file and line to look at', async () => {
  const [server, stranger] = [await sshd(), await sshd()];
  const [, type = '', key = ''] = readFileSync(stranger.knownHostsFile, 'utf8').trim().split(' ');
  const parts = await control();
  await writeFile(parts.ownKnownHosts, `# a comment\n[127.0.0.1]:${server.port} ${type} ${key}\n`);
  const failed = expectFailure(await parts.control.pause(hostAt(server), byCommand('x')), 'host-key-changed');
  expect(failed.question).toBeUndefined();
  expect(failed.message).toContain(server.hostKeyFingerprint);
  expect(failed.advice).toContain(`line 2 of ${parts.ownKnownHosts}`);
});

it('a revoked key is refused, although it is listed as known', async () => {
  const server = await sshd();
  const parts = await control({ knownHostsFiles: [server.knownHostsFile] });
  await writeFile(parts.ownKnownHosts, `@revoked ${readFileSync(server.knownHostsFile, 'utf8')}`);
  const failed = expectFailure(await parts.control.warm(hostAt(server)), 'host-key-changed');
  expect(failed.advice).toContain(`line 1 of ${parts.ownKnownHosts}`);
});

it('of several host keys the one is asked for that is known', async () => {
  const server = await oddServer({ hostKeys: ['ed25519', 'rsa'], serve: (channel) => shellBehind(channel, ['sh']) });
  for (const [index, type] of ['ssh-ed25519', 'ssh-rsa'].entries()) {
    const parts = await control();
    const known = server.knownHosts[index] ?? '';
    expect(known).toContain(` ${type} `);
    await writeFile(parts.ownKnownHosts, `${known}\n`);
    expectSuccess(await parts.control.warm(hostAt(server)));
  }
});

it('a key of another type than the known one is asked about, and the question says that one is known', async () => {
  const server = await oddServer({ hostKeys: ['rsa'] });
  const parts = await control();
  const [, base64] = (await startThrowawayKey(parts)).split(' ');
  await writeFile(parts.ownKnownHosts, `[127.0.0.1]:${server.port} ssh-ed25519 ${base64}\n`);
  const failed = expectFailure(await parts.control.warm(hostAt(server)), 'host-key-unknown');
  expect(failed.question?.keyType).toBe('ssh-rsa');
  expect(failed.message).toContain('ssh-ed25519');
});

async function startThrowawayKey({ directory }: ControlParts): Promise<string> {
  await run('ssh-keygen', ['-q', '-t', 'ed25519', '-N', '', '-f', join(directory, 'throwaway')]);
  return readFile(join(directory, 'throwaway.pub'), 'utf8');
}

it('a log-in with no key, or a key the host does not know, is refused in plain words', async () => {
  const server = await sshd();
  const parts = await control({ knownHostsFiles: [server.knownHostsFile] });
  const { privateKeyFile: _unused, ...access } = server;
  const none = expectFailure(await parts.control.warm(hostAt(access)), 'auth-refused');
  expect(none.message).toContain('no key to try');
  expect(none.advice).toContain('ssh-copy-id');
  await startThrowawayKey(parts);
  const wrong = expectFailure(
    await parts.control.warm(hostAt({ ...server, privateKeyFile: join(parts.directory, 'throwaway') })),
    'auth-refused',
  );
  expect(wrong.message).toContain(join(parts.directory, 'throwaway'));
  const missing = expectFailure(await parts.control.warm(hostAt({ ...server, privateKeyFile: '/nowhere/key' })), 'auth-refused');
  expect(missing.message).toContain('/nowhere/key does not exist');
  expectFailure(await parts.control.warm(hostAt({ ...server, user: 'nobody-of-this-name' })), 'auth-refused');
});

it('a locked key is told apart, and works as soon as the agent holds it; an agent alone works too', async () => {
  const server = await sshd();
  const lockedKey = `${server.privateKeyFile}.locked`;
  await writeFile(lockedKey, server.privateKey, { mode: 0o600 });
  await run('ssh-keygen', ['-q', '-p', '-P', '', '-N', 'a secret', '-f', lockedKey]);
  const place = (await control()).directory;
  const agentSocket = join(place, 'agent');
  const agent = spawn('ssh-agent', ['-D', '-a', agentSocket], { stdio: 'ignore' });
  cleanUps.push(async () => {
    if (agent.exitCode !== null || agent.signalCode !== null) return;
    const ended = once(agent, 'exit');
    agent.kill();
    await ended;
  });
  await expect.poll(async () => (await stat(agentSocket)).isSocket(), { timeout: 5_000 }).toBe(true);

  const parts = await control({ knownHostsFiles: [server.knownHostsFile], agentSocket });
  const withLocked = hostAt({ ...server, privateKeyFile: lockedKey });
  const locked = expectFailure(await parts.control.warm(withLocked), 'auth-refused');
  expect(locked.message).toContain('locked with a passphrase');
  expect(locked.advice).toContain(`ssh-add ${lockedKey}`);

  await run('ssh-add', ['-q', server.privateKeyFile], { env: { ...process.env, SSH_AUTH_SOCK: agentSocket } });
  expectSuccess(await parts.control.warm(withLocked));
  parts.control.close();
  const { privateKeyFile: _unused, ...access } = server;
  expectSuccess(await parts.control.warm(hostAt(access)));
});

it('the usual files in ~/.ssh are tried, past an agent that does not answer as one', async () => {
  const server = await sshd();
  const parts = await control({ knownHostsFiles: [server.knownHostsFile], agentSocket: '/dev/null' });
  await mkdir(join(parts.directory, '.ssh'));
  await writeFile(join(parts.directory, '.ssh', 'id_ed25519'), server.privateKey, { mode: 0o600 });
  const { privateKeyFile: _unused, ...access } = server;
  expectSuccess(await parts.control.warm(hostAt(access)));
});

it('a key trusted for one port says nothing about a server on another', async () => {
  const directory = (await control()).directory;
  const [port, other] = [await findFreePort(), await findFreePort()];
  const first = await sshd({ port, stateDirectory: directory });
  const parts = await control({ knownHostsFiles: [first.knownHostsFile] });
  expectSuccess(await parts.control.warm(hostAt(first)));
  const second = await sshd({ port: other });
  expectFailure(await parts.control.warm(hostAt(second)), 'host-key-unknown');
});
