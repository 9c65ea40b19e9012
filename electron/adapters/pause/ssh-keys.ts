// Finds the keys Athena may log in with: the record's key file, or the SSH agent and then the usual files in ~/.ssh.
import { access, readFile } from 'node:fs/promises';
import { homedir } from 'node:os';
import { join } from 'node:path';
import type { AnyAuthMethod } from 'ssh2';
import type { SshAccess } from '../../common/host';

/** What of the user's own SSH set-up Athena makes use of, without changing it. */
export interface UserSsh {
  readonly homeDirectory: string;
  /** Absent: there is no agent. */
  readonly agentSocket?: string;
  /** Read when a host's key is checked. */
  readonly knownHostsFiles: readonly string[];
}

/** The agent of Windows listens on this pipe (OpenSSH for Windows). */
const windowsAgent = String.raw`\\.\pipe\openssh-ssh-agent`;

/** Where OpenSSH looks: ssh(1), FILES, and SSH_AUTH_SOCK. */
export function usualUserSsh(): UserSsh {
  const homeDirectory = homedir();
  const agentSocket = process.env['SSH_AUTH_SOCK'] ?? (process.platform === 'win32' ? windowsAgent : undefined);
  return {
    homeDirectory,
    knownHostsFiles: [join(homeDirectory, '.ssh', 'known_hosts'), '/etc/ssh/ssh_known_hosts'],
    ...(agentSocket === undefined || agentSocket === '' ? {} : { agentSocket }),
  };
}

export interface LogInKeys {
  readonly methods: readonly AnyAuthMethod[];
  /** What is tried, in words, for the message when the host refuses all of it. */
  readonly tried: readonly string[];
  /** What can't be used, and why. */
  readonly unusable: readonly UnusableKey[];
}

export interface UnusableKey {
  readonly file: string;
  readonly problem: 'missing' | 'unreadable' | 'locked' | 'not-a-key';
}

/** In the order in which OpenSSH prefers them. */
const usualNames = ['id_ed25519', 'id_ecdsa', 'id_rsa'];

/** Never fails: what can't be used is told in `unusable`. */
export async function findLogInKeys(access: SshAccess, places: UserSsh): Promise<LogInKeys> {
  const username = access.user;
  const methods: AnyAuthMethod[] = [];
  const tried: string[] = [];
  const unusable: UnusableKey[] = [];
  const useAgent = async (): Promise<void> => {
    const agent = places.agentSocket;
    if (agent === undefined || !(await exists(agent))) return;
    methods.push({ type: 'agent', username, agent });
    tried.push('the keys of the SSH agent');
  };
  const useFile = async (file: string): Promise<void> => {
    const key = await readKey(file);
    if (Buffer.isBuffer(key)) {
      methods.push({ type: 'publickey', username, key });
      tried.push(file);
    } else unusable.push({ file, problem: key });
  };

  if (access.keyFile !== undefined) {
    await useFile(expandHome(access.keyFile, places.homeDirectory));
    // A locked key is often unlocked in the agent.
    if (unusable.some(({ problem }) => problem === 'locked')) await useAgent();
    return { methods, tried, unusable };
  }
  await useAgent();
  for (const name of usualNames) await useFile(join(places.homeDirectory, '.ssh', name));
  return { methods, tried, unusable: unusable.filter(({ problem }) => problem !== 'missing') };
}

async function readKey(file: string): Promise<Buffer | UnusableKey['problem']> {
  let text: Buffer;
  try {
    text = await readFile(file);
  } catch (error) {
    return (error as NodeJS.ErrnoException).code === 'ENOENT' ? 'missing' : 'unreadable';
  }
  const { default: ssh2 } = await import('ssh2');
  const parsed = ssh2.utils.parseKey(text);
  // ssh2 tells an encrypted key from a broken one by its message only.
  if (parsed instanceof Error) return /encrypted|passphrase/i.test(parsed.message) ? 'locked' : 'not-a-key';
  return parsed.isPrivateKey() ? text : 'not-a-key';
}

function expandHome(file: string, homeDirectory: string): string {
  return file.startsWith('~/') ? join(homeDirectory, file.slice(2)) : file;
}

async function exists(path: string): Promise<boolean> {
  try {
    await access(path);
    return true;
  } catch {
    return false; // a socket that is gone: the agent has ended
  }
}
