// Two network namespaces joined by a cable that a test can cut: real packets, and nobody else's network is touched.
import { spawnSync } from 'node:child_process';

export interface NetworkPair {
  /** Arguments that run a command in the near namespace: `ip netns exec …`. */
  readonly inNear: readonly [file: string, ...leading: string[]];
  /** The same for the far one. */
  readonly inFar: readonly [file: string, ...leading: string[]];
  readonly farAddress: string;
  readonly farAddressV6: string;
  /** The far side hears nothing any more, and nobody is told. */
  cut(): void;
  mend(): void;
  remove(): void;
}

/** Needs root, iproute2 and nftables. */
export function canMakeNetworkPair(): boolean {
  return process.platform === 'linux' && process.getuid?.() === 0 && ['ip', 'nft'].every((tool) => spawnSync(tool, ['-V']).status === 0);
}

export function makeNetworkPair(): NetworkPair {
  const name = `athena-${process.pid}-${Math.random().toString(36).slice(2, 6)}`;
  const [near, far] = [`${name}-near`, `${name}-far`];
  const remove = (): void => {
    process.removeListener('exit', remove);
    for (const namespace of [near, far]) spawnSync('ip', ['netns', 'del', namespace]);
  };
  process.once('exit', remove);
  try {
    run('ip', ['netns', 'add', near]);
    run('ip', ['netns', 'add', far]);
    run('ip', ['link', 'add', 'cable', 'netns', near, 'type', 'veth', 'peer', 'name', 'cable', 'netns', far]);
    const ends = [
      [near, '10.231.7.1/24', 'fd31::1/64'],
      [far, '10.231.7.2/24', 'fd31::2/64'],
    ] as const;
    for (const [namespace, address, addressV6] of ends) {
      run('ip', ['-n', namespace, 'addr', 'add', address, 'dev', 'cable']);
      run('ip', ['-n', namespace, 'addr', 'add', addressV6, 'dev', 'cable', 'nodad']);
      run('ip', ['-n', namespace, 'link', 'set', 'cable', 'up']);
      run('ip', ['-n', namespace, 'link', 'set', 'lo', 'up']);
    }
  } catch (error) {
    remove();
    throw error;
  }
  const nft = (...rules: readonly string[]): void => run('ip', ['netns', 'exec', far, 'nft', '-f', '-'], `${rules.join('\n')}\n`);
  return {
    inNear: ['ip', 'netns', 'exec', near],
    inFar: ['ip', 'netns', 'exec', far],
    farAddress: '10.231.7.2',
    farAddressV6: 'fd31::2',
    cut: () =>
      nft(
        'add table inet cut',
        'add chain inet cut heard { type filter hook input priority 0; }',
        'add rule inet cut heard iif "cable" ip protocol { icmp, tcp } drop',
        'add rule inet cut heard iif "cable" icmpv6 type echo-request drop',
      ),
    mend: () => nft('delete table inet cut'),
    remove,
  };
}

function run(file: string, args: readonly string[], input = ''): void {
  const { status, stderr, error } = spawnSync(file, args, { input, encoding: 'utf8' });
  if (status !== 0) throw new Error(`${file} ${args.join(' ')} failed: ${stderr ?? ''}`, { cause: error });
}
