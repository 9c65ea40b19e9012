// The faults of the matrix: what is done to a session that streams, for how long, and how it is undone.
import type { RunningAthena } from '../../integration/cli/athena-cli';
import { trust, type CellWorld, type WorldOptions } from './cell-world';
import { fit, type Impairment } from '../impaired-cable';

/** A cell while it is played. */
export interface Scene {
  readonly world: CellWorld;
  readonly session: RunningAthena;
}

export interface Fault {
  readonly name: string;
  readonly what: string;
  readonly network: WorldOptions['network'];
  readonly byName?: true;
  /** Nothing may tell of it but a stream that stands still: Athena must know how it flows when all is well. */
  readonly standsStill?: true;
  /** How long it lasts, in milliseconds; 0: nothing is to be undone. */
  readonly lastsMs: number;
  begin(scene: Scene): Promise<unknown> | void;
  end?(scene: Scene): Promise<unknown> | void;
  /** What a person does before they launch the entry again. Absent: nobody has to launch it again. */
  attend?(scene: Scene): Promise<unknown>;
}

function clientPid({ session }: Scene): number {
  const started = session.lines.filter((line) => line['event'] === 'client-started').at(-1);
  const pid = Number(/\(process (\d+)\)/.exec(String(started?.['text']))?.[1]);
  if (!(pid > 1)) throw new Error(`no process of a client in ${JSON.stringify(started)}`);
  return pid;
}

function networkOf({ world }: Scene): NonNullable<CellWorld['network']> {
  if (world.network === null) throw new Error('this fault needs a network');
  return world.network;
}

function toClient(signal: NodeJS.Signals): Pick<Fault, 'name' | 'what' | 'network' | 'lastsMs' | 'begin'> {
  const name = `client-${signal.slice(3).toLowerCase()}`;
  return { name, what: `client ${signal}`, network: 'none', lastsMs: 0, begin: (scene) => void process.kill(clientPid(scene), signal) };
}

function cut(seconds: number): Fault {
  return {
    name: `cut-${seconds}`,
    what: `cable out ${seconds} s`,
    network: 'cable',
    standsStill: true,
    lastsMs: seconds * 1_000,
    begin: (scene) => networkOf(scene).unplug(),
    end: (scene) => networkOf(scene).plug(),
  };
}

function impaired(name: string, what: string, seconds: number, impairment: Partial<Impairment>): Fault {
  return {
    name,
    what: `${what}, ${seconds} s`,
    network: 'impairable',
    standsStill: true,
    lastsMs: seconds * 1_000,
    begin: (scene) => networkOf(scene).impair({ ...fit, ...impairment }),
    end: (scene) => networkOf(scene).impair(fit),
  };
}

export const faults: readonly Fault[] = [
  toClient('SIGKILL'),
  toClient('SIGSEGV'),
  toClient('SIGTERM'),
  { ...toClient('SIGSTOP'), standsStill: true },
  {
    name: 'server-kill',
    what: 'server killed, 8 s',
    network: 'none',
    standsStill: true,
    lastsMs: 8_000,
    begin: ({ world }) => world.host.signal('SIGKILL'),
    end: ({ world }) => world.host.startAgain('same'),
  },
  {
    name: 'server-stop',
    what: 'server SIGSTOP, 12 s',
    network: 'none',
    standsStill: true,
    lastsMs: 12_000,
    begin: ({ world }) => world.host.signal('SIGSTOP'),
    end: ({ world }) => world.host.signal('SIGCONT'),
  },
  {
    name: 'server-restart',
    what: 'server restarted',
    network: 'none',
    standsStill: true,
    lastsMs: 0,
    begin: ({ world }) => world.host.startAgain('same'),
  },
  { name: 'app-end', what: 'app ended', network: 'none', lastsMs: 0, begin: ({ world }) => world.app.end() },
  cut(2),
  cut(6),
  cut(15),
  cut(60),
  impaired('delay-5', 'delay 5 ms', 10, { roundTripMs: 5 }),
  impaired('delay-300', 'delay 300 ms', 10, { roundTripMs: 300 }),
  impaired('delay-5000', 'delay 5000 ms', 12, { roundTripMs: 5_000 }),
  impaired('loss-5', 'loss 5 %', 10, { lossRatio: 0.05 }),
  impaired('loss-30', 'loss 30 %', 12, { lossRatio: 0.3 }),
  impaired('loss-100', 'loss 100 %', 12, { lossRatio: 1 }),
  impaired('reorder', 'reordering 25 %', 10, { roundTripMs: 20, reorderRatio: 0.25 }),
  {
    name: 'address',
    what: 'address changed',
    network: 'cable',
    byName: true,
    standsStill: true,
    lastsMs: 0,
    begin: changeAddress,
  },
  {
    name: 'certificate',
    what: 'wrong certificate',
    network: 'none',
    standsStill: true,
    lastsMs: 0,
    begin: ({ world }) => world.host.startAgain('another'),
    attend: vouchAgain,
  },
  {
    name: 'sshd-kill',
    what: 'sshd killed, 5 s',
    network: 'none',
    lastsMs: 5_000,
    begin: ({ world }) => world.killSsh(),
    end: ({ world }) => world.startSsh(),
  },
  {
    name: 'athena-kill',
    what: 'Athena SIGKILL',
    network: 'none',
    lastsMs: 0,
    begin: ({ session }) => session.signal('SIGKILL'),
    attend: () => Promise.resolve(),
  },
];

/**
 * FreeRDP's shadow server goes on sending to a client at an address it no longer has, for as long as TCP tries, and serves
 * nobody meanwhile: it comes up anew, as on a machine that was started again.
 */
async function changeAddress(scene: Scene): Promise<void> {
  networkOf(scene).move();
  const { host } = scene.world;
  if (host.client !== 'rdp') return;
  host.signal('SIGKILL');
  await host.startAgain('same');
}

/** The new certificate is looked at and trusted; a GameStream host is paired with again. */
async function vouchAgain({ world }: Scene): Promise<void> {
  const { host, network, run } = world;
  if (host.client === 'rdp') await trust(run, await host.fingerprint());
  if (host.client === 'moonlight') {
    const address = network?.farAddress ?? '127.0.0.1';
    const paired = await run(['pair', `${address}:${host.port}`, '--pin', '0427', '--json']);
    if (paired.exitCode !== 0) throw new Error(`not paired again: ${paired.stdout}${paired.stderr}`);
  }
}
