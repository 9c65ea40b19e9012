// Which keys are tried for a log-in, and what is said of those that can't be used.
import { execFileSync } from 'node:child_process';
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, it } from 'vitest';
import { findLogInKeys, type LogInKeys } from '../../../../electron/adapters/pause/ssh-keys';

const made = { home: '' };
beforeEach(() => {
  made.home = mkdtempSync(join(tmpdir(), 'athena-keys-'));
  mkdirSync(join(made.home, '.ssh'));
});
afterEach(() => {
  rmSync(made.home, { recursive: true });
});

function makeKey(file: string, type = 'ed25519', passphrase = ''): void {
  execFileSync('ssh-keygen', ['-q', '-t', type, '-N', passphrase, '-f', file]);
}

const find = (keyFile?: string, agentSocket?: string): Promise<LogInKeys> =>
  findLogInKeys(
    { user: 'me', port: 22, ...(keyFile === undefined ? {} : { keyFile }) },
    { homeDirectory: made.home, knownHostsFiles: [], ...(agentSocket === undefined ? {} : { agentSocket }) },
  );
const kinds = ({ methods }: LogInKeys): unknown[] => methods.map((method) => (typeof method === 'object' ? method.type : method));

it('tries the agent, then the usual files, in the order of OpenSSH', async () => {
  const agent = join(made.home, 'agent');
  writeFileSync(agent, '');
  makeKey(join(made.home, '.ssh', 'id_rsa'), 'rsa');
  makeKey(join(made.home, '.ssh', 'id_ed25519'));
  const keys = await find(undefined, agent);
  expect(kinds(keys)).toEqual(['agent', 'publickey', 'publickey']);
  expect(keys.tried.slice(1)).toEqual([join(made.home, '.ssh', 'id_ed25519'), join(made.home, '.ssh', 'id_rsa')]);
  expect(keys.unusable).toEqual([]);
});

it('does not try an agent that is gone', async () => {
  expect(kinds(await find(undefined, join(made.home, 'no agent')))).toEqual([]);
});

it('takes nothing but the key file of the record', async () => {
  makeKey(join(made.home, 'mine'));
  makeKey(join(made.home, '.ssh', 'id_ed25519'));
  const keys = await find('~/mine');
  expect(keys.tried).toEqual([join(made.home, 'mine')]);
  expect((await find(join(made.home, 'mine'))).tried).toEqual([join(made.home, 'mine')]);
});

it('tells what is wrong with a key, and asks the agent for one that is locked', async () => {
  const agent = join(made.home, 'agent');
  writeFileSync(agent, '');
  makeKey(join(made.home, 'locked'), 'ed25519', 'secret');
  writeFileSync(join(made.home, 'junk'), 'not a key\0');
  const locked = await find(join(made.home, 'locked'), agent);
  expect(locked.unusable).toEqual([{ file: join(made.home, 'locked'), problem: 'locked' }]);
  expect(kinds(locked)).toEqual(['agent']);
  makeKey(join(made.home, 'public'));
  expect((await find(join(made.home, 'public.pub'))).unusable[0]?.problem).toBe('not-a-key');
  expect((await find(join(made.home, 'junk'))).unusable[0]?.problem).toBe('not-a-key');
  expect((await find(join(made.home, 'nowhere'))).unusable[0]?.problem).toBe('missing');
  expect((await find(made.home)).unusable[0]?.problem).toBe('unreadable');
});

it('reads a locked key of the older PEM format as locked too', async () => {
  execFileSync('ssh-keygen', ['-q', '-t', 'rsa', '-m', 'PEM', '-N', 'secret', '-f', join(made.home, 'pem')]);
  expect((await find(join(made.home, 'pem'))).unusable[0]?.problem).toBe('locked');
});
