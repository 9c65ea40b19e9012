// `athena hosts`, `pair`, `apps` and `quit`: GameStream hosts (Sunshine and its forks) from the command line.
import { randomInt } from 'node:crypto';
import { hostname } from 'node:os';
import type { GameStreamRecord } from '../domain/hosts/gamestream-record';
import type { Services } from '../domain/services';
import { failure, success, type Result } from '../common/result';
import { withServices } from './cli-services';
import { exitCodes } from './exit-codes';
import { printFailure, printJson, printLine } from './output';
import { parseHostArgument } from './host-argument';

interface CommonOptions {
  readonly json: boolean;
  readonly verbose: boolean;
}

export interface PairOptions extends CommonOptions {
  readonly pin?: string;
  readonly webUser?: string;
}

function exitCodeFor(kind: string): number {
  switch (kind) {
    case 'bad-input':
    case 'not-found':
      return exitCodes.badInput;
    case 'not-paired':
    case 'wrong-pin':
    case 'man-in-the-middle':
    case 'certificate-changed':
    case 'pairing-refused':
      return exitCodes.askUser;
    default:
      return exitCodes.negative;
  }
}

/** A known host by id, name, identity or address; an address that isn't known yet is asked who it is. */
async function findHost(text: string, { gameStream, library }: Services): Promise<Result<GameStreamRecord>> {
  const known = gameStream.records.find(({ hostId, uniqueId, addresses }) => {
    const name = library.host(hostId)?.name;
    return [hostId, uniqueId, name, ...addresses].includes(text);
  });
  if (known) return success(known);
  const target = parseHostArgument(text);
  if (!target) return failure('bad-input', `"${text}" is no host.`, 'Give a name or address, with :PORT where it is not 47989.');
  const added = await gameStream.add(target.address, target.port);
  return added.ok ? success(added.value.record) : added;
}

/** The secret of Sunshine's web log-in comes from the environment or standard input, never from an argument. */
async function webPassword(): Promise<string> {
  const given = process.env['ATHENA_WEB_PASSWORD'];
  if (given !== undefined) return given;
  let text = '';
  for await (const chunk of process.stdin.setEncoding('utf8')) {
    text += String(chunk);
    if (text.includes('\n') || text.length > 4_096) break;
  }
  return text.split(/\r?\n/, 1)[0] ?? '';
}

export function hostsCommand(options: CommonOptions): Promise<number> {
  return withServices(options, async ({ gameStream, library }) => {
    for (const { hostId, uniqueId } of gameStream.records) {
      const looked = await gameStream.look(hostId);
      const record = gameStream.record(hostId);
      const running = looked.ok ? looked.value.info.runningAppId : null;
      const facts = {
        host: hostId,
        name: library.host(hostId)?.name ?? hostId,
        uniqueId,
        addresses: record?.addresses ?? [],
        httpPort: record?.httpPort ?? null,
        paired: record?.certificatePem !== null,
        state: looked.ok ? (running === null ? 'online' : 'busy') : 'offline',
        running: record?.apps.find(({ id }) => id === running)?.name ?? (running === null ? null : String(running)),
        ...(!looked.ok && { why: looked.failure.message, advice: looked.failure.advice }),
      };
      if (options.json) printJson(facts);
      else {
        const doing = facts.running === null ? facts.state : `${facts.state}: ${facts.running}`;
        printLine(`${facts.name}  ${facts.addresses.join(', ')}  ${facts.paired ? 'paired' : 'not paired'}  ${doing}`);
      }
    }
    return exitCodes.done;
  });
}

export function pairCommand(host: string, options: PairOptions): Promise<number> {
  return withServices(options, async (services) => {
    const pin = options.pin ?? String(randomInt(10_000)).padStart(4, '0');
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
      return paired.failure.kind === 'cancelled' ? exitCodes.stopped : exitCodeFor(paired.failure.kind);
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

export function quitCommand(host: string, options: CommonOptions): Promise<number> {
  return withServices(options, async (services) => {
    const found = await findHost(host, services);
    const quit = found.ok ? await services.gameStream.quit(found.value.hostId) : found;
    if (!quit.ok) {
      printFailure(quit.failure, options.json);
      return exitCodeFor(quit.failure.kind);
    }
    if (options.json) printJson({ event: 'quit' });
    else printLine('Nothing runs on the host any more.');
    return exitCodes.done;
  });
}
