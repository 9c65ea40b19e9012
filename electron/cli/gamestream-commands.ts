// `athena pair`, `apps` and `quit`: GameStream hosts (Sunshine and its forks) from the command line.
import { randomInt } from 'node:crypto';
import { hostname } from 'node:os';
import { failure } from '../common/result';
import { newPin } from '../common/pin';
import { withServices } from './cli-services';
import { exitCodes } from './exit-codes';
import { exitCodeFor, findHost, webPassword } from './find-host';
import { printFailure, printJson, printLine } from './output';

interface CommonOptions {
  readonly json: boolean;
  readonly verbose: boolean;
}

export interface QuitOptions extends CommonOptions {
  readonly webUser?: string;
}

export interface PairOptions extends QuitOptions {
  readonly pin?: string;
}

export function pairCommand(host: string, options: PairOptions): Promise<number> {
  return withServices(options, async (services) => {
    const pin = options.pin ?? newPin(randomInt);
    if (!/^[0-9]{4}$/.test(pin)) {
      printFailure(failure('bad-input', 'A PIN is exactly four digits.', 'Leave --pin out to have one made.').failure, options.json);
      return exitCodes.badInput;
    }
    const found = await findHost(host, services);
    if (!found.ok) {
      printFailure(found.failure, options.json);
      return exitCodeFor(found.failure.kind);
    }
    const cancel = new AbortController();
    process.once('SIGINT', () => cancel.abort());
    const web = options.webUser === undefined ? undefined : { username: options.webUser, password: await webPassword() };
    if (!web) {
      if (options.json) printJson({ event: 'pin', pin });
      else printLine(`Type this PIN on the host (Sunshine: web page, tab PIN): ${pin}`);
    }
    const clientName = `Athena on ${hostname()}`;
    const paired = await services.gameStream.pair(found.value.hostId, { pin, clientName, cancel: cancel.signal, ...(web && { web }) });
    if (!paired.ok) {
      printFailure(paired.failure, options.json);
      return exitCodeFor(paired.failure.kind);
    }
    const { hostId, uniqueId, apps } = paired.value;
    if (options.json) printJson({ event: 'paired', host: hostId, uniqueId, apps: apps.length });
    else printLine(`Paired with ${services.library.host(hostId)?.name ?? hostId}: ${apps.length} apps.`);
    return exitCodes.done;
  });
}

export function appsCommand(host: string, options: CommonOptions): Promise<number> {
  return withServices(options, async (services) => {
    const found = await findHost(host, services);
    const apps = found.ok ? await services.gameStream.refreshApps(found.value.hostId) : found;
    if (!apps.ok) {
      printFailure(apps.failure, options.json);
      return exitCodeFor(apps.failure.kind);
    }
    if (options.json) for (const app of apps.value) printJson(app);
    else for (const { name, hdr } of apps.value) printLine(`${name}${hdr ? '  (HDR)' : ''}`);
    return exitCodes.done;
  });
}

export function quitCommand(host: string, options: QuitOptions): Promise<number> {
  return withServices(options, async (services) => {
    const found = await findHost(host, services);
    const web = options.webUser === undefined ? undefined : { username: options.webUser, password: await webPassword() };
    const quit = found.ok ? await services.gameStream.quit(found.value.hostId, web) : found;
    if (!quit.ok) {
      printFailure(quit.failure, options.json);
      return exitCodeFor(quit.failure.kind);
    }
    if (options.json) printJson({ event: 'quit' });
    else printLine('Nothing runs on the host any more.');
    return exitCodes.done;
  });
}
