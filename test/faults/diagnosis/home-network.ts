// A small home in network namespaces: this machine and a neighbour on a switch, a router, and a host behind it; each wire can be pulled.
import { spawnSync } from 'node:child_process';
import { mkdirSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';

export type Place = 'client' | 'switch' | 'router' | 'peer' | 'host';

export const clientAddress = '10.231.9.2';
const routerAddress = '10.231.9.1';
export const peerAddress = '10.231.9.7';
const hostAddress = '10.231.10.20';
const movedAddress = '10.231.10.33';
export const hostName = 'rig.athena.test';
/** ip-netns(8): files in here stand for those of /etc in the namespace of this name. */
const namespaceFiles = '/etc/netns';

export class HomeNetwork {
  private readonly prefix = `athena-home-${process.pid}-${Math.random().toString(36).slice(2, 6)}`;

  private constructor() {
    process.once('exit', this.remove);
  }

  /** Needs root, iproute2 and nftables. @throws when the network can't be made */
  static make(): HomeNetwork {
    const home = new HomeNetwork();
    try {
      home.build();
    } catch (error) {
      home.remove();
      throw error;
    }
    return home;
  }

  /** Runs a command at a place: `ip netns exec …`. */
  at(place: Place): readonly [file: string, ...leading: string[]] {
    return ['ip', 'netns', 'exec', this.name(place)];
  }

  /** The wire of a machine is pulled out, or put back. */
  wire(place: 'client' | 'host' | 'peer', state: 'down' | 'up'): void {
    run('ip', ['-n', this.name(place), 'link', 'set', 'wire', state]);
    // The way out goes with the wire.
    if (state === 'up' && place !== 'host') this.defaultRoute(place);
    if (state === 'up' && place === 'host') run('ip', ['-n', this.name('host'), 'route', 'replace', 'default', 'via', '10.231.10.1']);
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
    run('ip', [...there, 'addr', 'del', `${hostAddress}/24`, 'dev', 'wire']);
    run('ip', [...there, 'addr', 'add', `${movedAddress}/24`, 'dev', 'wire']);
    run('ip', [...there, 'route', 'replace', 'default', 'via', '10.231.10.1']);
    this.resolveHost(movedAddress);
  }

  readonly remove = (): void => {
    process.removeListener('exit', this.remove);
    for (const place of ['client', 'peer', 'host', 'router', 'switch'] as const) spawnSync('ip', ['netns', 'del', this.name(place)]);
    rmSync(join(namespaceFiles, this.name('client')), { recursive: true, force: true });
  };

  private build(): void {
    this.resolveHost(hostAddress);
    for (const place of ['switch', 'client', 'peer', 'router', 'host'] as const) {
      run('ip', ['netns', 'add', this.name(place)]);
      run('ip', ['-n', this.name(place), 'link', 'set', 'lo', 'up']);
    }
    const inSwitch = ['-n', this.name('switch')];
    run('ip', [...inSwitch, 'link', 'add', 'switch', 'type', 'bridge']);
    run('ip', [...inSwitch, 'link', 'set', 'switch', 'up']);
    for (const [place, address] of [['client', clientAddress], ['peer', peerAddress], ['router', routerAddress]] as const) {
      run('ip', ['link', 'add', 'wire', 'netns', this.name(place), 'type', 'veth', 'peer', 'name', place, 'netns', this.name('switch')]);
      run('ip', [...inSwitch, 'link', 'set', place, 'master', 'switch', 'up']);
      run('ip', ['-n', this.name(place), 'addr', 'add', `${address}/24`, 'dev', 'wire']);
      run('ip', ['-n', this.name(place), 'link', 'set', 'wire', 'up']);
    }
    run('ip', ['link', 'add', 'wire', 'netns', this.name('host'), 'type', 'veth', 'peer', 'name', 'inside', 'netns', this.name('router')]);
    for (const [place, device, address] of [['host', 'wire', hostAddress], ['router', 'inside', '10.231.10.1']] as const) {
      run('ip', ['-n', this.name(place), 'addr', 'add', `${address}/24`, 'dev', device]);
      run('ip', ['-n', this.name(place), 'link', 'set', device, 'up']);
    }
    run('ip', ['-n', this.name('host'), 'route', 'add', 'default', 'via', '10.231.10.1']);
    for (const place of ['client', 'peer'] as const) this.defaultRoute(place);
    run(...this.command('router', 'sysctl', '-qw', 'net.ipv4.ip_forward=1'));
    // So that the neighbour is known of, as in a home.
    run(...this.command('client', 'ping', '-n', '-c', '1', '-W', '2', peerAddress));
  }

  private defaultRoute(place: 'client' | 'peer'): void {
    run('ip', ['-n', this.name(place), 'route', 'replace', 'default', 'via', routerAddress]);
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
