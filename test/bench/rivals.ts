// What a user would have instead of Athena: stream clients by themselves, with whatever they know of coming back.
import { existsSync, readdirSync } from 'node:fs';
import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { delimiter, join } from 'node:path';
import type { CellWorld } from '../faults/matrix/cell-world';
import type { ClientName } from '../faults/matrix/host-side';
import { startPeerProcess, type PeerProcess } from '../peers/peer-process';
import type { CleanUp } from './clean-up';

export interface Rival {
  readonly name: string;
  readonly client: ClientName;
  /** Why it can't be measured here; null: it can. */
  whyNot(): string | null;
  /** @param display where it shows its window */
  start(world: CellWorld, display: string, cleanUp: CleanUp): Promise<PeerProcess>;
}

/** Where it can be told, as many tries as it takes: the goal is to come back. */
const retries = 50;

export const rivals: readonly Rival[] = [
  {
    name: 'xtigervncviewer alone',
    client: 'vnc',
    whyNot: () => missing('xtigervncviewer', 'tigervnc-viewer'),
    start: (world, display) => start(world, display, 'xtigervncviewer', [`${addressOf(world)}::${world.host.port}`]),
  },
  remmina('vnc'),
  {
    name: 'xfreerdp +auto-reconnect',
    client: 'rdp',
    whyNot: () => missing('xfreerdp', 'freerdp2-x11'),
    start: (world, display) => {
      const address = `/v:${addressOf(world)}:${world.host.port}`;
      return start(world, display, 'xfreerdp', [address, '/u:tester', '/p:x', '/cert:ignore', '/sec:tls', '+auto-reconnect', `/auto-reconnect-max-retries:${retries}`]);
    },
  },
  remmina('rdp'),
];

function remmina(client: 'vnc' | 'rdp'): Rival {
  const protocol = client.toUpperCase();
  return {
    name: `Remmina (${protocol})`,
    client,
    whyNot: () => {
      const packages = `remmina remmina-plugin-${client}`;
      if (!hasRemminaPlugin(client)) return `not installed: apt-get install ${packages}`;
      return missing('remmina', packages) ?? missing('dbus-run-session', 'dbus-daemon');
    },
    start: async (world, display, cleanUp) => {
      const home = await mkdtemp(join(tmpdir(), 'athena-remmina-'));
      cleanUp.add(() => rm(home, { recursive: true, force: true }));
      const file = join(home, 'rig.remmina');
      const access = client === 'rdp' ? ['username=tester', 'password=.', 'security=tls', 'ignore-tls-errors=1', 'cert_ignore=1'] : [];
      await writeFile(file, ['[remmina]', 'name=Rig', `protocol=${protocol}`, `server=${addressOf(world)}:${world.host.port}`, ...access, ''].join('\n'));
      const env = { HOME: home, XDG_CONFIG_HOME: home, XDG_DATA_HOME: home, XDG_CACHE_HOME: home, NO_AT_BRIDGE: '1' };
      return start(world, display, 'dbus-run-session', ['--', 'remmina', '-c', file], env);
    },
  };
}

function addressOf({ network }: CellWorld): string {
  return network?.farAddress ?? '127.0.0.1';
}

function start(world: CellWorld, display: string, command: string, args: readonly string[], env: Readonly<Record<string, string>> = {}): Promise<PeerProcess> {
  const [file = command, ...leading] = [...(world.network?.inNear ?? []), command];
  return startPeerProcess({ command: file, args: [...leading, ...args], env: { HOME: world.user.home, ...env, DISPLAY: display } });
}

function missing(program: string, packages: string): string | null {
  const isThere = (process.env['PATH'] ?? '').split(delimiter).some((directory) => existsSync(join(directory, program)));
  return isThere ? null : `not installed: apt-get install ${packages}`;
}

/** Beside the libraries of the machine's kind: /usr/lib/x86_64-linux-gnu/remmina/plugins, say. */
function hasRemminaPlugin(client: 'vnc' | 'rdp'): boolean {
  return listed('/usr/lib').some((kind) => existsSync(`/usr/lib/${kind}/remmina/plugins/remmina-plugin-${client}.so`));
}

function listed(directory: string): string[] {
  try {
    return readdirSync(directory).filter((name) => name.includes('-linux-'));
  } catch {
    return []; // another kind of system
  }
}
