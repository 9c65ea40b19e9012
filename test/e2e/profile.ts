// Prepares what an Athena finds at its start: a library, what was used, passwords, trusted SSH keys.
import { copyFile, mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises';
import { spawnSync } from 'node:child_process';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { SshServer } from '../peers/ssh-server';

export interface Profile {
  readonly directory: string;
  /** Keeps an entry's password as `athena password` does. Where, depends on the session bus in `env`. */
  keepPassword(entryId: string, password: string, env?: Readonly<Record<string, string>>): void;
  stop(): Promise<void>;
}

export interface SavedEntry {
  readonly id: string;
  readonly name: string;
  readonly protocol: 'vnc' | 'rdp';
  readonly port: number;
  /** The token that stands in the command line of the app to pause; needs `ssh`. */
  readonly appToken?: string;
  readonly resumeCountdownS?: number;
  /** Minutes since it was launched last; absent: never. */
  readonly usedMinutesAgo?: number;
}

export interface ProfileParts {
  readonly entries: readonly SavedEntry[];
  /** Athena logs in here, and knows the host's key. */
  readonly ssh?: SshServer;
}

const projectRoot = join(import.meta.dirname, '..', '..');

/** A profile whose one host, "Rig", is this machine. */
export async function prepareProfile({ entries, ssh }: ProfileParts): Promise<Profile> {
  const directory = await mkdtemp(join(tmpdir(), 'athena-e2e-'));
  const config = join(directory, 'config', 'athena');
  const state = join(directory, 'state', 'athena');
  for (const folder of [config, state]) await mkdir(folder, { recursive: true });
  const access = ssh && { user: ssh.user, port: ssh.port, keyFile: ssh.privateKeyFile };
  const saved = entries.map(({ id, name, protocol, port, appToken, resumeCountdownS }) => ({
    ...{ id, name, protocol, port, host: 'rig' },
    ...(appToken !== undefined && { pause: { by: 'command', pattern: `\\b${appToken}$` } }),
    ...(resumeCountdownS !== undefined && { resumeCountdownS }),
  }));
  const hosts = [{ id: 'rig', name: 'Rig', address: '127.0.0.1', ...(access && { ssh: access }) }];
  await writeFile(join(config, 'config.json'), JSON.stringify({ version: 1, hosts, entries: saved }));
  const usedAtMs = Object.fromEntries(
    entries.flatMap(({ id, usedMinutesAgo }) => (usedMinutesAgo === undefined ? [] : [[id, Date.now() - usedMinutesAgo * 60_000]])),
  );
  await writeFile(join(state, 'history.json'), JSON.stringify({ version: 1, usedAtMs }));
  if (ssh) await copyFile(ssh.knownHostsFile, join(config, 'known_hosts'));
  return {
    directory,
    keepPassword: (entryId, password, env = {}) => {
      const homes = Object.fromEntries(
        ['CONFIG', 'DATA', 'STATE', 'CACHE'].map((name) => [`XDG_${name}_HOME`, join(directory, name.toLowerCase())]),
      );
      const { status, stderr } = spawnSync(process.execPath, [join(projectRoot, 'out/main/cli.cjs'), 'password', entryId], {
        input: `${password}\n`,
        encoding: 'utf8',
        env: { PATH: process.env['PATH'], HOME: directory, ...homes, ...env },
      });
      if (status !== 0) throw new Error(`"athena password" ended with ${status}: ${stderr}`);
    },
    stop: () => rm(directory, { recursive: true, force: true }),
  };
}
