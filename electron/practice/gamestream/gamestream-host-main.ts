// Entry of the practice GameStream host: `practice-gamestream-host --dir DIR [--app FILE] [--port N] [--json] [--announce |
// --announce-here] [--owned]`. It takes orders as lines of JSON on stdin and ends at SIGINT, SIGTERM or SIGHUP; with `--owned` also when
// stdin ends. Exit codes: 0 asked to end, 1 failed, 2 wrong arguments.
import { once } from 'node:events';
import { dirname, join, resolve } from 'node:path';
import { createInterface } from 'node:readline';
import { parseArgs } from 'node:util';
import { guardFlag, runGuard } from '../practice-guard';
import { startGameStreamHost, type RunningGameStreamHost } from './gamestream-host';
import { wordsFor } from './host-events';
import type { GameStreamHostFacts } from './host-facts';
import type { HostOrderInput } from './host-switches';

interface HostArguments {
  readonly directory: string;
  readonly appFile: string;
  readonly httpPort: number | null;
  readonly json: boolean;
  readonly announced: 'network' | 'loopback' | 'nowhere';
  readonly owned: boolean;
}

const usage = 'usage: practice-gamestream-host --dir DIR [--app FILE] [--port N] [--json] [--announce | --announce-here] [--owned]';
/** So that the ports below and above it exist, as at Sunshine. */
const [lowestPort, highestPort] = [1029, 65_514];

function readArguments(hostFile: string, args: readonly string[]): HostArguments | null {
  const flag = { type: 'boolean', default: false } as const;
  const text = { type: 'string' } as const;
  try {
    const options = { dir: text, app: text, port: text, json: flag, announce: flag, 'announce-here': flag, owned: flag };
    const { values } = parseArgs({ args: [...args], options });
    const httpPort = values.port === undefined ? null : Number(values.port);
    if (values.dir === undefined || values.dir === '') return null;
    // 0: any that is free.
    if (httpPort !== null && httpPort !== 0 && !(Number.isInteger(httpPort) && httpPort >= lowestPort && httpPort <= highestPort)) return null;
    return {
      directory: resolve(values.dir),
      appFile: values.app ?? join(dirname(hostFile), 'practice-app.cjs'),
      httpPort,
      json: values.json === true,
      announced: values.announce === true ? 'network' : values['announce-here'] === true ? 'loopback' : 'nowhere',
      owned: values.owned === true,
    };
  } catch {
    return null; // an option that doesn't exist
  }
}

const print = (text: string): void => void process.stdout.write(`${text}\n`);

function tellFacts(facts: GameStreamHostFacts): void {
  const { name, address, ports, web, ssh, pidFile, orders, apps } = facts;
  print(`${name} serves GameStream at ${address}:${ports.http} (HTTPS ${ports.https}, stream ${ports.stream}).`);
  print(`  apps        ${apps.map((app) => JSON.stringify(app.name)).join(', ')}`);
  print(`  web log-in  https://127.0.0.1:${ports.web}  user ${web.username}  password ${web.password}`);
  print(`  pause       ssh -i ${ssh.keyFile} -p ${ssh.port} ${ssh.user}@127.0.0.1, host key ${ssh.hostKey}, pid file ${pidFile}`);
  print(`  orders      POST http://127.0.0.1:${orders.port}/orders with "Authorization: Bearer ${orders.token}", or a line of JSON here`);
  print('A client that pairs shows a PIN: type its four digits here and press Enter. Ctrl+C ends everything.');
}

/** A bare PIN is an order as well: what a person types. */
function readOrder(line: string): unknown {
  return /^\s*[0-9]{4}\s*$/.test(line) ? { do: 'pin', pin: line.trim() } : (JSON.parse(line) as unknown);
}

async function obeyLine(host: RunningGameStreamHost, line: string, json: boolean): Promise<void> {
  try {
    const answer = await host.server.order(readOrder(line) as HostOrderInput);
    print(json ? JSON.stringify({ event: 'answer', ...answer }) : `${answer.done ? 'Done' : 'Nobody was there for that'}. ${JSON.stringify(answer.state)}`);
  } catch (error) {
    const why = error instanceof Error ? error.message : String(error);
    print(json ? JSON.stringify({ event: 'answer', done: false, error: why }) : `Not understood: ${why}`);
  }
}

async function runHost(hostFile: string, { json, owned, ...plan }: HostArguments): Promise<number> {
  const input = createInterface({ input: process.stdin });
  // Listened for before the start: the owner may go while the host comes up.
  const inputEnded = once(input, 'close');
  const early: string[] = [];
  const keep = (line: string): void => void early.push(line);
  input.on('line', keep);
  const asked = Promise.race([
    ...['SIGTERM', 'SIGINT', 'SIGHUP'].map((signal) => once(process, signal)),
    ...(owned ? [inputEnded] : []),
  ]);
  // Nobody reads any more: with an owner that shows on stdin as well.
  process.stdout.on('error', (error: Error) => process.stderr.write(`practice host: ${error.message}\n`));

  const host = await startGameStreamHost({
    ...plan,
    hostFile,
    onEvent: (event) => print(json ? JSON.stringify({ atMs: Date.now(), ...event }) : wordsFor(event)),
  });
  if (json) print(JSON.stringify(host.facts));
  else tellFacts(host.facts);
  input.off('line', keep);
  const hear = (line: string): void => {
    if (line.trim() !== '') void obeyLine(host, line, json);
  };
  input.on('line', hear);
  early.forEach(hear);
  await asked;
  await host.stop();
  return 0;
}

async function main([, hostFile = '', ...args]: readonly string[]): Promise<number> {
  if (args[0] === guardFlag) {
    await runGuard(process.stdin);
    return 0;
  }
  const given = readArguments(hostFile, args);
  if (given === null) {
    process.stderr.write(`${usage}\n`);
    return 2;
  }
  return runHost(hostFile, given);
}

main(process.argv).then(
  (code) => process.exit(code),
  (error: unknown) => {
    process.stderr.write(`practice host: ${error instanceof Error ? error.message : String(error)}\n`);
    process.exit(1);
  },
);
