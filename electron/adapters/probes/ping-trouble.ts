// Puts into words why the system's ping does not measure, and says what that means for the questions.

export interface PingTrouble {
  /**
   * network: the host can't be asked because of its name or the way to it, so questions count as lost.
   * machine: this machine can't ask at all, so nothing is known about the host.
   * dialect: this ping does not know iputils' options.
   * unknown: none of these.
   */
  readonly kind: 'network' | 'machine' | 'dialect' | 'unknown';
  readonly message: string;
}

export const pingMissing =
  'the program "ping" is missing: install iputils-ping (Debian, Ubuntu) or iputils (Fedora, Arch, openSUSE)';

/**
 * Reads what iputils ping writes to stderr, at its start or while it runs (its own words: ping.c, ping_common.c, and gai_strerror(3) for names).
 * @param stderr one or more lines
 */
export function explainPing(stderr: string, address: string): PingTrouble {
  if (/Name or service not known|No address associated|Temporary failure in name resolution|failure in name resolution|Name does not resolve|bad address/.test(stderr)) {
    return { kind: 'network', message: `the name ${address} is not known: check its spelling and the DNS server` };
  }
  if (/Address family (for hostname )?not supported/.test(stderr)) {
    return { kind: 'machine', message: `this machine has no network of the kind that ${address} belongs to (IPv6 switched off?)` };
  }
  if (/Network is unreachable|No route to host|Network is down/.test(stderr)) {
    return { kind: 'network', message: `this machine has no way to ${address}: is the network connected?` };
  }
  if (/sendmsg: Operation not permitted/.test(stderr)) {
    return { kind: 'network', message: `a firewall on this machine stops echo to ${address}` };
  }
  if (/socket: |cap_net_raw|Operation not permitted|Permission denied|Lacking privilege/.test(stderr)) {
    return {
      kind: 'machine',
      message: 'ping may not open its socket: give it the right with "sudo setcap cap_net_raw+p $(command -v ping)"',
    };
  }
  if (/invalid option|unrecognized option|illegal option/.test(stderr)) {
    return { kind: 'dialect', message: 'this ping does not know the options of iputils' };
  }
  const lastLine = stderr.trim().split('\n').at(-1) ?? '';
  return { kind: 'unknown', message: lastLine === '' ? 'ping ended unexpectedly' : `ping says: ${lastLine.replace(/^\S*ping: /, '')}` };
}

/** ping itself is not there, or can't be run. */
export function explainSpawnError(error: NodeJS.ErrnoException): PingTrouble {
  if (error.code === 'ENOENT') return { kind: 'machine', message: pingMissing };
  return { kind: 'machine', message: `ping can't be started: ${error.message}` };
}
