// `athena hosts`, `wake` and `explain`: which GameStream hosts there are, what they do, waking one, and why one is offline.
import type { GameStreamRecord } from '../domain/hosts/gamestream-record';
import type { Services } from '../domain/services';
import type { OfflineReason } from '../common/gamestream';
import { failure } from '../common/result';
import { withServices } from './cli-services';
import { exitCodes } from './exit-codes';
import { exitCodeFor, findHost, knownHost } from './find-host';
import { printFailure, printJson, printLine } from './output';

interface CommonOptions {
  readonly json: boolean;
  readonly verbose: boolean;
}

export interface HostsOptions extends CommonOptions {
  readonly find: boolean;
  readonly seconds: string;
}

export interface WakeOptions extends CommonOptions {
  /** --no-wait: only send the signal. */
  readonly wait: boolean;
}

const longestS = 600;

export async function hostsCommand(options: HostsOptions): Promise<number> {
  if (!options.find) return withServices(options, (services) => tellHosts(services, options));
  const seconds = Number(options.seconds);
  if (!(seconds > 0 && seconds <= longestS)) {
    const message = `--seconds must be a number above 0 and at most ${longestS}, not "${options.seconds}".`;
    printFailure(failure('bad-input', message, 'See `athena hosts --help`.').failure, options.json);
    return exitCodes.badInput;
  }
  return withServices(options, (services) => findHosts(services, seconds, options));
}

async function tellHosts(services: Services, { json }: CommonOptions): Promise<number> {
  // All at once: one that is off would hold up the rest.
  const told = await Promise.all(services.gameStream.records.map((record) => stateOf(record, services)));
  for (const facts of told) {
    if (json) printJson(facts);
    else {
      const doing = facts.running === null ? facts.state : `${facts.state}: ${facts.running}`;
      printLine(`${facts.name}  ${facts.addresses.join(', ')}  ${facts.paired ? 'paired' : 'not paired'}  ${doing}`);
    }
  }
  return exitCodes.done;
}

async function stateOf({ hostId, uniqueId }: GameStreamRecord, { gameStream, library }: Services) {
  const looked = await gameStream.look(hostId);
  const record = gameStream.record(hostId);
  const running = looked.ok ? looked.value.info.runningAppId : null;
  return {
    host: hostId,
    name: library.host(hostId)?.name ?? hostId,
    uniqueId,
    addresses: record?.addresses ?? [],
    httpPort: record?.httpPort ?? null,
    paired: (record?.certificatePem ?? null) !== null && !(looked.ok && looked.value.info.paired === false),
    state: looked.ok ? (running === null ? 'online' : 'busy') : 'offline',
    running: record?.apps.find(({ id }) => id === running)?.name ?? (running === null ? null : String(running)),
    ...(!looked.ok && { why: looked.failure.message, advice: looked.failure.advice }),
  };
}

async function findHosts({ foundHosts }: Services, seconds: number, { json }: CommonOptions): Promise<number> {
  foundHosts.start();
  await new Promise<void>((resolve) => {
    const timer = setTimeout(resolve, seconds * 1_000);
    process.once('SIGINT', () => {
      clearTimeout(timer);
      resolve();
    });
  });
  const announced = foundHosts.announced();
  for (const { host, hostId } of announced) {
    if (json) printJson({ ...host, host: hostId });
    else printLine(`${host.name}  ${host.addresses.join(', ')}  port ${host.httpPort}${hostId === null ? '' : `  (known as ${hostId})`}`);
  }
  if (announced.length === 0 && !json) process.stderr.write('No host announced itself. Those in other networks never do: add them by their address.\n');
  return announced.length > 0 ? exitCodes.done : exitCodes.negative;
}

export function wakeCommand(host: string, options: WakeOptions): Promise<number> {
  return withServices(options, async (services) => {
    const record = knownHost(host, services);
    if (!record) {
      const advice = 'A host must have been added and paired while it was on: `athena pair HOST`.';
      printFailure(failure('not-found', `There is no GameStream host "${host}".`, advice).failure, options.json);
      return exitCodes.badInput;
    }
    const cancel = new AbortController();
    process.once('SIGINT', () => cancel.abort());
    const sent = await services.wake.wake(record.hostId);
    if (sent.ok) {
      if (options.json) printJson({ event: 'signal-sent', host: record.hostId });
      else printLine(options.wait ? 'The wake-up signal is out; waiting for the host to answer (Ctrl+C stops).' : 'The wake-up signal is out.');
    }
    const answer = sent.ok && options.wait ? await services.wake.wakeAndWait(record.hostId, cancel.signal) : sent;
    if (!answer.ok) {
      printFailure(answer.failure, options.json);
      return exitCodeFor(answer.failure.kind);
    }
    if (options.wait) {
      if (options.json) printJson({ event: 'awake', host: record.hostId });
      else printLine('The host answers.');
    }
    return exitCodes.done;
  });
}

const marks: Record<OfflineReason['steps'][number]['state'], string> = { good: 'ok ', bad: 'BAD', unknown: '?  ' };

export function explainCommand(host: string, options: CommonOptions): Promise<number> {
  return withServices(options, async (services) => {
    const found = await findHost(host, services);
    const explained = found.ok ? await services.explainHost(found.value.hostId) : found;
    if (!explained.ok) {
      printFailure(explained.failure, options.json);
      return exitCodeFor(explained.failure.kind);
    }
    const { steps, failedAt, message, advice } = explained.value;
    if (options.json) printJson({ steps, failedAt, message, advice });
    else {
      for (const { step, state, text } of steps) printLine(`${marks[state]}  ${step.padEnd(11)}  ${text}`);
      printLine(`${message} ${advice}`);
    }
    return failedAt === null ? exitCodes.done : exitCodes.negative;
  });
}
