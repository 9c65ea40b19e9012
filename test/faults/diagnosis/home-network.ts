// A small home in network namespaces: this machine and a neighbour on a switch, a router, and a host; wires can be pulled or impaired.
import { spawn, spawnSync } from 'node:child_process';
import { mkdirSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { layCable, type ImpairedCable } from '../impaired-cable';

export type Place = 'client' | 'switch' | 'router' | 'peer' | 'host' | 'rival';

/** How this home is made. */
export interface HomePlan {
  /** Behind the router, as a machine in another network, or on the switch with everybody else. */
  readonly hostIsBehind: 'router' | 'switch';
  /** Whose wire goes through a program that can hold packets back; none: wires are as quick as the kernel. */
  readonly impaired?: 'router' | 'host';
}

export const clientAddress = '10.231.9.2';
const routerAddress = '10.231.9.1';
const innerRouterAddress = '10.231.10.1';
export const peerAddress = '10.231.9.7';
const hostAddresses = { router: '10.231.10.20', switch: '10.231.9.20' } as const;
const movedAddresses = { router: '10.231.10.33', switch: '10.231.9.33' } as const;
export const hostName = 'rig.athena.test';
/** Of every machine's card. */
const wire = 'wire';
/** ip-netns(8): files in here stand for those of /etc in the namespace of this name. */
const namespaceFiles = '/etc/netns';
/** Slow enough to be filled here, and a speed that cards have. */
const narrowRate = '100mbit';
const bulkPort = 5_201;
/** The kernel lets each flow of its own fill only a little of the queue (TCP small queues). */
const bulkFlows = 8;

export class HomeNetwork {
  private readonly prefix = `athena-home-${process.pid}-${Math.random().toString(36).slice(2, 6)}`;
  private relay: ImpairedCable | null = null;
  private readonly traffic: { kill(signal: NodeJS.Signals): unknown }[] = [];

  private constructor(private readonly plan: HomePlan) {
    process.once('exit', this.remove);
  }

  /** Needs root, iproute2, nftables, and python3 for an impaired wire. @throws when the network can't be made */
  static async make(plan: HomePlan): Promise<HomeNetwork> {
    const home = new HomeNetwork(plan);
    try {
      await home.build();
    } catch (error) {
      home.remove();
      throw error;
    }
    return home;
  }

  get hostAddress(): string {
    return hostAddresses[this.plan.hostIsBehind];
  }

  /** The wire that can hold packets back. @throws where the plan has none */
  get impairedWire(): ImpairedCable {
    if (this.relay === null) throw new Error('no wire of this home can be impaired');
    return this.relay;
  }

  /** Runs a command at a place: `ip netns exec …`. */
  at(place: Place): readonly [file: string, ...leading: string[]] {
    return ['ip', 'netns', 'exec', this.name(place)];
  }

  /** The wire of a machine is pulled out, or put back. */
  pull(place: 'client' | 'host' | 'peer'): void {
    run('ip', ['-n', this.name(place), 'link', 'set', wire, 'down']);
  }

  plug(place: 'client' | 'host' | 'peer'): void {
    run('ip', ['-n', this.name(place), 'link', 'set', wire, 'up']);
    this.defaultRoute(place); // the way out goes with the wire
  }

  /** The router takes packets and passes none on, not even its own answers. */
  freezeRouter(): void {
    const rules = ['add table ip frozen', ...['input', 'forward'].flatMap((hook) => [`add chain ip frozen ${hook} { type filter hook ${hook} priority 0; }`, `add rule ip frozen ${hook} drop`])];
    run(...this.command('router', 'nft', '-f', '-'), `${rules.join('\n')}\n`);
  }

  thawRouter(): void {
    run(...this.command('router', 'nft', 'delete', 'table', 'ip', 'frozen'));
  }

  /** The host gives its address up for another one, to which its name leads from now on. */
  moveHost(): void {
    const there = ['-n', this.name('host')];
    const moved = movedAddresses[this.plan.hostIsBehind];
    run('ip', [...there, 'addr', 'del', `${this.hostAddress}/24`, 'dev', wire]);
    run('ip', [...there, 'addr', 'add', `${moved}/24`, 'dev', wire]);
    this.defaultRoute('host');
    this.resolveHost(moved);
  }

  /** Another machine on the switch takes the host's address as well; whoever spoke last gets the packets. */
  addRival(): void {
    this.join('rival', this.hostAddress);
  }

  /** A machine speaks to this one and asks for its card first: whoever hears that learns whose the host's address is (RFC 826). */
  speakUp(place: 'host' | 'rival'): void {
    run('ip', ['-n', this.name(place), 'neigh', 'flush', 'dev', wire]);
    // Whether the answer comes to it or to the other one is all the same.
    spawnSync(...this.command(place, 'ping', '-n', '-c', '1', '-W', '1', clientAddress));
  }

  /** The host's card is slow, and a copy to the neighbour fills it. */
  fillHostsCard(): void {
    run('tc', ['-n', this.name('host'), 'qdisc', 'add', 'dev', wire, 'root', 'tbf', 'rate', narrowRate, 'burst', '64kb', 'latency', '300ms']);
    const run_ = (place: Place, script: string): void => {
      const [file, ...leading] = this.at(place);
      this.traffic.push(spawn(file, [...leading, process.execPath, '-e', script], { stdio: 'ignore' }));
    };
    run_('peer', `require('node:net').createServer((one) => one.on('error', () => {}).resume()).listen(${bulkPort})`);
    const copy = `const { connect } = require('node:net'); const block = Buffer.alloc(65536);
      const start = () => { const to = connect(${bulkPort}, '${peerAddress}'); const more = () => { while (to.write(block)); };
        to.on('connect', more).on('drain', more).on('error', () => setTimeout(start, 200)); };
      for (let flow = 0; flow < ${bulkFlows}; flow += 1) start();`;
    run_('host', copy);
  }

  emptyHostsCard(): void {
    for (const process_ of this.traffic.splice(0)) process_.kill('SIGKILL');
    run('tc', ['-n', this.name('host'), 'qdisc', 'del', 'dev', wire, 'root']);
  }

  readonly remove = (): void => {
    process.removeListener('exit', this.remove);
    for (const process_ of this.traffic.splice(0)) process_.kill('SIGKILL');
    this.relay?.remove();
    for (const place of ['client', 'peer', 'host', 'rival', 'router', 'switch'] as const) spawnSync('ip', ['netns', 'del', this.name(place)]);
    rmSync(join(namespaceFiles, this.name('client')), { recursive: true, force: true });
  };

  private async build(): Promise<void> {
    const { hostIsBehind, impaired } = this.plan;
    this.resolveHost(this.hostAddress);
    for (const place of ['switch', 'client', 'peer', 'router', 'host'] as const) this.addPlace(place);
    run('ip', ['-n', this.name('switch'), 'link', 'add', 'switch', 'type', 'bridge']);
    run('ip', ['-n', this.name('switch'), 'link', 'set', 'switch', 'up']);
    await this.wire('router', routerAddress, { place: 'switch', device: 'router' }, impaired === 'router');
    await this.wire('client', clientAddress, { place: 'switch', device: 'client' }, false);
    await this.wire('peer', peerAddress, { place: 'switch', device: 'peer' }, false);
    const port = hostIsBehind === 'switch' ? ({ place: 'switch', device: 'host' } as const) : ({ place: 'router', device: 'inside' } as const);
    await this.wire('host', this.hostAddress, port, impaired === 'host');
    if (hostIsBehind === 'router') run('ip', ['-n', this.name('router'), 'addr', 'add', `${innerRouterAddress}/24`, 'dev', 'inside']);
    for (const place of ['client', 'peer', 'host'] as const) this.defaultRoute(place);
    run(...this.command('router', 'sysctl', '-qw', 'net.ipv4.ip_forward=1'));
    // So that the neighbour is known of, as in a home.
    run(...this.command('client', 'ping', '-n', '-c', '1', '-W', '2', peerAddress));
  }

  /** One more machine on the switch. */
  private join(place: 'rival', address: string): void {
    this.addPlace(place);
    this.linkUp(place, { place: 'switch', device: place });
    run('ip', ['-n', this.name(place), 'addr', 'add', `${address}/24`, 'dev', wire]);
  }

  private addPlace(place: Place): void {
    run('ip', ['netns', 'add', this.name(place)]);
    run('ip', ['-n', this.name(place), 'link', 'set', 'lo', 'up']);
  }

  /** A wire from a machine to a port of the switch or the router. */
  private async wire(place: Place, address: string, port: { readonly place: 'switch' | 'router'; readonly device: string }, isImpaired: boolean): Promise<void> {
    if (isImpaired) {
      this.relay = await layCable('ethernet', { namespace: this.name(place), device: wire }, { namespace: this.name(port.place), device: port.device });
      if (port.place === 'switch') run('ip', ['-n', this.name('switch'), 'link', 'set', port.device, 'master', 'switch']);
    } else this.linkUp(place, port);
    run('ip', ['-n', this.name(place), 'addr', 'add', `${address}/24`, 'dev', wire]);
  }

  private linkUp(place: Place, port: { readonly place: 'switch' | 'router'; readonly device: string }): void {
    run('ip', ['link', 'add', wire, 'netns', this.name(place), 'type', 'veth', 'peer', 'name', port.device, 'netns', this.name(port.place)]);
    const inPort = ['-n', this.name(port.place), 'link', 'set', port.device];
    run('ip', port.place === 'switch' ? [...inPort, 'master', 'switch', 'up'] : [...inPort, 'up']);
    run('ip', ['-n', this.name(place), 'link', 'set', wire, 'up']);
  }

  private defaultRoute(place: 'client' | 'peer' | 'host'): void {
    const isInside = place === 'host' && this.plan.hostIsBehind === 'router';
    run('ip', ['-n', this.name(place), 'route', 'replace', 'default', 'via', isInside ? innerRouterAddress : routerAddress]);
  }

  private resolveHost(address: string): void {
    const directory = join(namespaceFiles, this.name('client'));
    mkdirSync(directory, { recursive: true });
    // The same file, written anew: those who have it mounted see it.
    writeFileSync(join(directory, 'hosts'), `127.0.0.1 localhost\n${address} ${hostName}\n`);
  }

  private command(place: Place, ...args: readonly string[]): [file: string, args: readonly string[]] {
    const [file, ...leading] = this.at(place);
    return [file, [...leading, ...args]];
  }

  private name(place: Place): string {
    return `${this.prefix}-${place}`;
  }
}

function run(file: string, args: readonly string[], input = ''): void {
  const { status, stderr, error } = spawnSync(file, args, { input, encoding: 'utf8' });
  if (status !== 0) throw new Error(`${file} ${args.join(' ')} failed: ${stderr ?? ''}`, { cause: error });
}
