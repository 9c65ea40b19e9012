// `athena password` and `athena trust`: the answers a session may ask for, given where no window is.
import type { Services } from '../domain/services';
import { withServices } from './cli-services';
import { exitCodes } from './exit-codes';
import { printFailure, printLine } from './output';
import type { Entry } from '../common/entry';

const longestPassword = 1_024;

function entryOr(name: string, { library }: Services): Entry | null {
  const entry = library.entries.find((candidate) => candidate.id === name || candidate.name === name);
  if (!entry) printFailure({ kind: 'not-found', message: `There is no entry "${name}".`, advice: `Look into ${library.file}.` }, false);
  return entry ?? null;
}

/** Standard input, not an argument: arguments are seen by every user of the machine. */
async function readPassword(): Promise<string> {
  let text = '';
  process.stdin.setEncoding('utf8');
  for await (const chunk of process.stdin) {
    text += String(chunk);
    if (text.includes('\n') || text.length > longestPassword) break;
  }
  return text.split(/\r?\n/, 1)[0] ?? '';
}

/** The secret of an entry's way of pausing: a Proxmox token's, or what a webhook wants in its header. */
export function pauseSecretCommand(name: string, options: { verbose: boolean }): Promise<number> {
  return withServices(options, async (services) => {
    const entry = entryOr(name, services);
    const host = entry && services.library.host(entry.host);
    if (!entry || !host) return exitCodes.badInput;
    if (!entry.pause || !services.pauseSecrets.isNeeded(host, entry.pause)) {
      const message = `The way ${entry.name} is paused needs no secret.`;
      printFailure({ kind: 'bad-input', message, advice: 'Proxmox and webhooks with a "secretHeader" do.' }, false);
      return exitCodes.badInput;
    }
    if (process.stdin.isTTY) process.stderr.write(`Secret for pausing ${entry.name} (shown as you type; better: pipe it in): `);
    const secret = await readPassword();
    if (secret.length > longestPassword || !/^[\x20-\x7e]*$/.test(secret)) {
      const message = `A secret has at most ${longestPassword} characters, all of them printable ASCII.`;
      printFailure({ kind: 'bad-input', message, advice: 'Check what is piped in.' }, false);
      return exitCodes.badInput;
    }
    await services.pauseSecrets.give(host, entry.pause, secret);
    printLine(secret === '' ? 'Forgotten.' : `Kept in ${await services.secrets.describe()}.`);
    return exitCodes.done;
  });
}

export function passwordCommand(name: string, options: { verbose: boolean }): Promise<number> {
  return withServices(options, async (services) => {
    const entry = entryOr(name, services);
    if (!entry) return exitCodes.badInput;
    if (process.stdin.isTTY) process.stderr.write(`Password for ${entry.name} (shown as you type; better: pipe it in): `);
    const password = await readPassword();
    if (password.length > longestPassword || password.includes('\0')) {
      const message = `A password has at most ${longestPassword} characters, none of them NUL.`;
      printFailure({ kind: 'bad-input', message, advice: 'Check what is piped in.' }, false);
      return exitCodes.badInput;
    }
    if (password === '') await services.passwords.forget(entry.id);
    else await services.passwords.give(entry.id, password, true);
    printLine(password === '' ? 'Forgotten.' : `Kept in ${await services.secrets.describe()}.`);
    return exitCodes.done;
  });
}

export function trustCommand(name: string, fingerprint: string, options: { verbose: boolean }): Promise<number> {
  return withServices(options, async (services) => {
    const entry = entryOr(name, services);
    if (!entry) return exitCodes.badInput;
    if (fingerprint === 'none') {
      await services.certificates.forget(entry.host, entry.protocol);
      printLine(`No certificate is trusted for ${entry.name} any more.`);
      return exitCodes.done;
    }
    const sha256 = fingerprint.toLowerCase().replace(/^sha256:/, '');
    if (!/^[0-9a-f]{2}(:[0-9a-f]{2}){31}$/.test(sha256)) {
      const message = `"${fingerprint}" is no SHA-256 fingerprint.`;
      printFailure({ kind: 'bad-input', message, advice: 'It is 32 pairs of hex digits joined by colons.' }, false);
      return exitCodes.badInput;
    }
    await services.certificates.trust(entry.host, entry.protocol, sha256);
    printLine(`Trusted for ${entry.name}.`);
    return exitCodes.done;
  });
}
