// Measures the dead man's switch: breaks the way between an Athena and a host, again and again, and looks what the app does.
// Run as root: npx tsx test/faults/lease-campaign.ts [--runs 20] [--other-runs 5] [--json]
import { spawn, type ChildProcess } from 'node:child_process';
import { once } from 'node:events';
import { createRequire } from 'node:module';
import { pathToFileURL } from 'node:url';
import { parseArgs } from 'node:util';
import { canMakeNetworkPair, makeNetworkPair } from '../peers/network-pair';
import { measure, type CampaignOrders, type Cable } from './lease-runs';
import { printTable } from './lease-table';

const self = process.argv[1] ?? '';
const loader = pathToFileURL(createRequire(import.meta.url).resolve('tsx')).href;

type CableRequest = { readonly cable: 'cut' | 'mend' };
type CableAnswer = { readonly doneAtMs: number };

async function main(): Promise<number> {
  const { values } = parseArgs({
    options: {
      runs: { type: 'string', default: '20' },
      'other-runs': { type: 'string', default: '5' },
      json: { type: 'boolean', default: false },
      /** Set by this program itself, in the near namespace. */
      inside: { type: 'string' },
    },
  });
  if (values.inside !== undefined) return measureInside(values.inside);
  if (!canMakeNetworkPair()) {
    console.error('The campaign needs root, iproute2 and nftables.');
    return 2;
  }
  const pair = makeNetworkPair();
  try {
    const orders: CampaignOrders = {
      inFar: pair.inFar,
      farAddress: pair.farAddress,
      runs: Number(values.runs),
      otherRuns: Number(values['other-runs']),
      json: values.json,
    };
    const [file, ...leading] = pair.inNear;
    const child = spawn(file, [...leading, process.execPath, '--import', loader, self, '--inside', JSON.stringify(orders)], {
      stdio: ['ignore', 'inherit', 'inherit', 'ipc'],
    });
    child.on('message', (request: CableRequest) => {
      pair[request.cable]();
      child.send({ doneAtMs: Date.now() } satisfies CableAnswer);
    });
    return await exitOf(child);
  } finally {
    pair.remove();
  }
}

async function exitOf(child: ChildProcess): Promise<number> {
  const [code] = (await once(child, 'exit')) as [number | null];
  return code ?? 1;
}

async function measureInside(text: string): Promise<number> {
  const orders = JSON.parse(text) as CampaignOrders;
  const ask = async (cable: CableRequest['cable']): Promise<number> => {
    const answered = once(process, 'message') as Promise<[CableAnswer]>;
    process.send?.({ cable } satisfies CableRequest);
    return (await answered)[0].doneAtMs;
  };
  const cable: Cable = { cut: () => ask('cut'), mend: () => ask('mend') };
  const results = await measure(orders, cable, loader);
  if (orders.json) console.log(JSON.stringify(results));
  else printTable(results);
  process.disconnect();
  return results.every(({ runs }) => runs.every((run) => run.problem === null)) ? 0 : 1;
}

process.exitCode = await main();
