// Secrets in the desktop's keyring through libsecret's `secret-tool`: the window and the command line share it.
import { spawn } from 'node:child_process';
import { Secret, type SecretStore } from '../../domain/secret';

/** A locked keyring asks the user; longer than this, it isn't going to be answered (milliseconds). */
const answerLimitMs = 60_000;

interface Ran {
  readonly exitCode: number | null;
  readonly stdout: string;
}

/** The secret travels on stdin and stdout: never an argument. secret-tool(1) reads until the end of stdin. */
function run(args: readonly string[], input: string, limitMs = answerLimitMs): Promise<Ran> {
  return new Promise((resolve) => {
    const child = spawn('secret-tool', [...args], { stdio: ['pipe', 'pipe', 'ignore'], timeout: limitMs });
    let stdout = '';
    child.stdout.setEncoding('utf8').on('data', (text: string) => (stdout += text));
    child.stdin.on('error', () => undefined);
    child.on('error', () => resolve({ exitCode: null, stdout: '' }));
    child.on('close', (exitCode) => resolve({ exitCode, stdout }));
    child.stdin.end(input);
  });
}

const attributes = (key: string): string[] => ['application', 'athena', 'key', key];

/** Whether the tool is here and an unlocked keyring takes a secret; the one it stores for this is removed again. */
export async function keyringAnswers(): Promise<boolean> {
  if (process.platform !== 'linux' || !process.env['DBUS_SESSION_BUS_ADDRESS']) return false;
  const probe = 'athena-probe';
  const stored = await run(['store', '--label=Athena', ...attributes(probe)], probe, 5_000);
  if (stored.exitCode !== 0) return false;
  await run(['clear', ...attributes(probe)], '');
  return true;
}

export class SecretToolSecrets implements SecretStore {
  describe(): Promise<string> {
    return Promise.resolve("the desktop's keyring");
  }

  async read(key: string): Promise<Secret | null> {
    const { exitCode, stdout } = await run(['lookup', ...attributes(key)], '');
    return exitCode === 0 && stdout !== '' ? new Secret(stdout) : null;
  }

  async write(key: string, secret: Secret): Promise<void> {
    const { exitCode } = await run(['store', `--label=Athena: ${key}`, ...attributes(key)], secret.reveal());
    if (exitCode !== 0) throw new Error('the keyring did not take the secret: unlock it and try again');
  }

  async remove(key: string): Promise<void> {
    await run(['clear', ...attributes(key)], '');
  }
}
