// Reads the kernel's socket tables as text: /proc/net/{tcp,udp} and the lines of `ss -tin`.

export interface SocketRow {
  readonly localPort: number;
  /** Numeric; null for a socket without a peer. */
  readonly remote: { readonly address: string; readonly port: number } | null;
  readonly established: boolean;
  readonly unackedBytes: number;
  readonly unreadBytes: number;
  /** Retransmissions in a row; always 0 for UDP. */
  readonly retransmits: number;
  readonly inode: string;
}

/**
 * @param text of /proc/PID/net/{tcp,tcp6,udp,udp6} (proc_net_tcp(5); addresses are hexadecimal words of this machine's byte order, here
 * little-endian)
 * @param inodes only sockets with these
 */
export function readSocketTable(text: string, inodes: ReadonlySet<string>): SocketRow[] {
  const rows: SocketRow[] = [];
  for (const line of text.split('\n')) {
    const fields = line.trim().split(/\s+/);
    const inode = fields[9];
    if (inode === undefined || !inodes.has(inode)) continue;
    const [local = '', remote = '', state, queues = ''] = fields.slice(1, 5);
    const [sent = '0', received = '0'] = queues.split(':');
    rows.push({
      localPort: parseInt(local.slice(local.indexOf(':') + 1), 16),
      remote: readEnd(remote),
      established: state === '01',
      unackedBytes: parseInt(sent, 16),
      unreadBytes: parseInt(received, 16),
      retransmits: parseInt(fields[6] ?? '0', 16),
      inode,
    });
  }
  return rows;
}

function readEnd(text: string): SocketRow['remote'] {
  const [hex = '', portText = '0'] = text.split(':');
  const port = parseInt(portText, 16);
  if (port === 0) return null;
  const words = (hex.match(/.{8}/g) ?? []).map((word) => Buffer.from(word, 'hex').reverse());
  const bytes = Buffer.concat(words);
  if (bytes.length === 4) return { address: bytes.join('.'), port };
  // An IPv4 peer of an IPv6 socket (::ffff:a.b.c.d).
  if (bytes.subarray(0, 12).toString('hex') === '00000000000000000000ffff') return { address: bytes.subarray(12).join('.'), port };
  return { address: (bytes.toString('hex').match(/.{4}/g) ?? []).join(':'), port };
}

/** What `ss -tin` knows beyond /proc. */
export interface TcpTimes {
  readonly localPort: number;
  readonly receivedBytes: number;
  readonly lastReceivedMs: number;
  readonly sentSegments: number;
  readonly rttMs: number | null;
}

/** @param text of `ss -tinHO`: one line a socket (struct tcp_info of the kernel as iproute2 prints it) */
export function readSsLines(text: string): TcpTimes[] {
  return text.split('\n').flatMap((line) => {
    const localPort = /^\S+\s+\d+\s+\d+\s+\S+:(\d+)\s/.exec(line)?.[1];
    const last = number(line, 'lastrcv');
    if (localPort === undefined) return [];
    const rtt = /\srtt:([\d.]+)\//.exec(line)?.[1];
    return [
      {
        localPort: Number(localPort),
        receivedBytes: number(line, 'bytes_received') ?? 0,
        // It is left out when it is 0.
        lastReceivedMs: last ?? 0,
        sentSegments: number(line, 'data_segs_out') ?? 0,
        rttMs: rtt === undefined ? null : Number(rtt),
      },
    ];
  });
}

function number(line: string, name: string): number | null {
  const text = new RegExp(`\\s${name}:(\\d+)`).exec(line)?.[1];
  return text === undefined ? null : Number(text);
}

/** @param text of /proc/PID/net/dev. @returns bytes received by all interfaces but loopback */
export function readLinkBytes(text: string): number {
  let sum = 0;
  for (const line of text.split('\n')) {
    const found = /^\s*([^\s:]+):\s*(\d+)/.exec(line);
    if (found?.[2] !== undefined && found[1] !== 'lo') sum += Number(found[2]);
  }
  return sum;
}
