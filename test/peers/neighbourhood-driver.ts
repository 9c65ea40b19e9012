// A process of its own that looks around in the network it is started in, and prints what it found, one JSON object a line.
import { localMachine } from '../../electron/adapters/clients/machine';
import { LocalNeighbourhood } from '../../electron/adapters/network/local-neighbourhood';
import { SystemClock } from '../../electron/adapters/system-clock';
import { LocalMachine } from '../../electron/adapters/telemetry/local-machine';
import { choosePeer } from '../../electron/domain/latency/choose-peer';

async function look(): Promise<void> {
  const around = new LocalNeighbourhood({ machine: localMachine() });
  const gateway = await around.gateway();
  const taken = { addresses: new Set(gateway ? [gateway.address] : []), macs: new Set<string>() };
  const peer = await choosePeer(around, taken);
  process.stdout.write(`${JSON.stringify({ gateway, peer })}\n`);
  const machine = new LocalMachine({ clock: new SystemClock(), told: ({ figures }) => process.stdout.write(`${JSON.stringify({ figures })}\n`) });
  machine.observe(null);
  process.stdin.once('end', () => machine.dispose()).resume();
}

void look();
