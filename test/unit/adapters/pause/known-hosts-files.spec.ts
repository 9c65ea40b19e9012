// Athena's own known_hosts file: what is added, what is kept, and which files are never written.
import { chmodSync, mkdirSync, mkdtempSync, readFileSync, readdirSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import ssh2 from 'ssh2';
import { afterEach, beforeEach, expect, it } from 'vitest';
import { judgeKey } from '../../../../electron/adapters/pause/known-hosts';
import { KnownHostsFiles } from '../../../../electron/adapters/pause/known-hosts-files';
import { SilentLog } from '../../../fakes/silent-log';

const made = { directory: '' };
beforeEach(() => {
  made.directory = mkdtempSync(join(tmpdir(), 'athena-known-files-'));
});
afterEach(() => {
  rmSync(made.directory, { recursive: true });
});

function newKey(): Buffer {
  return Buffer.from(ssh2.utils.generateKeyPairSync('ed25519').public.split(' ')[1] ?? '', 'base64');
}

it('adds keys to its own file, which it makes readable for its user only, and leaves no other file behind', async () => {
  const own = join(made.directory, 'new', 'known_hosts');
  const files = new KnownHostsFiles(own, [], new SilentLog());
  const [one, other] = [newKey(), newKey()];
  await Promise.all([files.append('desk', one), files.append('[desk]:2222', other), files.append('desk', one)]);
  expect(readFileSync(own, 'utf8')).toBe(
    `desk ssh-ed25519 ${one.toString('base64')}\n[desk]:2222 ssh-ed25519 ${other.toString('base64')}\n`,
  );
  expect(statSync(own).mode & 0o777).toBe(0o600);
  expect(readdirSync(join(made.directory, 'new'))).toEqual(['known_hosts']);
});

it('keeps what people wrote, also without a line break at the end', async () => {
  const own = join(made.directory, 'known_hosts');
  writeFileSync(own, '# by hand');
  const key = newKey();
  await new KnownHostsFiles(own, [], new SilentLog()).append('desk', key);
  expect(readFileSync(own, 'utf8')).toBe(`# by hand\ndesk ssh-ed25519 ${key.toString('base64')}\n`);
});

it('reads its own file and the others, and never writes the others', async () => {
  const [own, users] = [join(made.directory, 'own'), join(made.directory, 'users')];
  const key = newKey();
  const text = `desk ssh-ed25519 ${key.toString('base64')}\n@cert-authority * ssh-ed25519 ${key.toString('base64')}\n`;
  writeFileSync(users, text);
  const log = new SilentLog();
  const files = new KnownHostsFiles(own, [join(made.directory, 'not there'), users], log);
  await files.append('other', newKey());
  const read = await files.read();
  if (!read.ok) throw new Error(read.failure.message);
  expect(read.value).toHaveLength(2);
  expect(judgeKey(read.value, { address: 'desk', port: 22 }, key)).toEqual({ kind: 'known' });
  expect(readFileSync(users, 'utf8')).toBe(text);
  expect(log.heard).toContainEqual(expect.objectContaining({ fields: expect.objectContaining({ file: users, line: 2 }) as unknown }));
});

it('goes on without a file of the user that cannot be read, but not without its own', async () => {
  const folder = join(made.directory, 'a folder');
  mkdirSync(folder);
  chmodSync(folder, 0o700);
  const log = new SilentLog();
  expect((await new KnownHostsFiles(join(made.directory, 'own'), [folder], log).read()).ok).toBe(true);
  expect(log.heard.map(({ level }) => level)).toContain('warn');
  const refused = await new KnownHostsFiles(folder, [], log).read();
  expect(refused).toMatchObject({ ok: false, failure: { kind: 'io' } });
});

it('writes no name or key that would make two lines', async () => {
  const files = new KnownHostsFiles(join(made.directory, 'own'), [], new SilentLog());
  await expect(files.append('desk\nevil', newKey())).rejects.toThrow();
  await expect(files.append('desk', Buffer.from('no key'))).rejects.toThrow();
  await expect(files.append('desk', newKey())).resolves.toBeUndefined();
});
