// Follows the sockets of the client's processes: what waits in them, what they received, and when they last did.
import { execFile } from 'node:child_process';
import { readdirSync, readlinkSync } from 'node:fs';
import type { ReceiveCount, SocketLook } from '../../domain/session/stall-evidence';
import type { ServicePlace } from '../../domain/session/stall-telemetry';
import { ProcFile } from './proc-file';
import { readLinkBytes, readSocketTable, readSsLines, type SocketRow, type TcpTimes } from './socket-table';

interface Reading {
  readonly tMs: number;
  readonly times: readonly TcpTimes[];
}

/** It answers within milliseconds; one that does not is of no use any more. */
const ssLimitMs = 2_000;

export class ClientSockets {
  private readonly inodes = new Map<number, Set<string>>();
  private readonly tables: { readonly tcp: readonly ProcFile[]; readonly udp: readonly ProcFile[]; readonly link: ProcFile | null };
  private readonly canAsk: boolean;
  private rows: { readonly tcp: readonly SocketRow[]; readonly udp: readonly SocketRow[] } = { tcp: [], udp: [] };
  private reading: Reading | null = null;
  private asking = false;
  private missing = false;
  private disposed = false;

  /** @param pid whose network namespace is read; `now` is the monotonic clock in milliseconds */
  constructor(
    pid: number,
    private readonly now: () => number,
  ) {
    const open = (name: string): ProcFile | null => ProcFile.open(`/proc/${pid}/net/${name}`);
    const both = (name: string): ProcFile[] => [open(name), open(`${name}6`)].filter((file) => file !== null);
    this.tables = { tcp: both('tcp'), udp: both('udp'), link: open('dev') };
    // `ss` tells of our own namespace.
    this.canAsk = namespaceOf(pid) === namespaceOf('self');
  }

  /** Reads anew which sockets the processes have, and starts asking `ss` about those. */
  refresh(pids: readonly number[]): void {
    this.inodes.clear();
    for (const pid of pids) this.inodes.set(pid, socketInodes(pid));
    this.readTables();
    this.askTimes();
  }

  /** Reads the queues, and starts asking `ss`. */
  refreshClosely(): void {
    this.readTables();
    this.askTimes();
  }

  /** The connection of the client that has received most. */
  peer(): ServicePlace | null {
    const bytes = new Map(this.reading?.times.map(({ localPort, receivedBytes }) => [localPort, receivedBytes]));
    const connected = this.rows.tcp.filter(({ established }) => established);
    const most = connected.sort((one, other) => (bytes.get(other.localPort) ?? 0) - (bytes.get(one.localPort) ?? 0))[0];
    return most?.remote ?? null;
  }

  look(): { sockets: SocketLook | null; received: ReceiveCount[] } {
    const { tcp, udp } = this.rows;
    const received: ReceiveCount[] = [];
    const { reading } = this;
    if (reading) {
      for (const { localPort, receivedBytes, lastReceivedMs } of reading.times) {
        received.push({ key: `socket ${localPort}`, scope: 'socket', total: receivedBytes, tMs: reading.tMs, silentMs: lastReceivedMs });
      }
    }
    const link = udp.length > 0 ? this.tables.link?.read() : null;
    if (link) received.push({ key: 'link', scope: 'link', total: readLinkBytes(link), tMs: this.now(), silentMs: null });
    if (tcp.length === 0 && udp.length === 0) return { sockets: null, received };
    const agoMs = reading ? this.now() - reading.tMs : 0;
    const times = reading?.times ?? [];
    const most = [...times].sort((one, other) => other.receivedBytes - one.receivedBytes)[0];
    const silentMs = times.length === 0 ? null : Math.min(...times.map(({ lastReceivedMs }) => lastReceivedMs));
    const sockets: SocketLook = {
      silentMs,
      lastReceivedMs: silentMs === null ? null : agoMs + silentMs,
      unackedBytes: sum(tcp.map(({ unackedBytes }) => unackedBytes)),
      retransmits: Math.max(0, ...tcp.map(({ retransmits }) => retransmits)),
      unreadBytes: sum([...tcp, ...udp].map(({ unreadBytes }) => unreadBytes)),
      sentSegments: times.length === 0 ? null : sum(times.map(({ sentSegments }) => sentSegments)),
      rttMs: most?.rttMs ?? null,
    };
    return { sockets, received };
  }

  dispose(): void {
    this.disposed = true;
    for (const file of [...this.tables.tcp, ...this.tables.udp]) file.close();
    this.tables.link?.close();
  }

  private readTables(): void {
    const own = new Set([...this.inodes.values()].flatMap((inodes) => [...inodes]));
    const rowsOf = (files: readonly ProcFile[]): SocketRow[] => (own.size === 0 ? [] : files.flatMap((file) => readSocketTable(file.read() ?? '', own)));
    this.rows = { tcp: rowsOf(this.tables.tcp).filter(({ established }) => established), udp: rowsOf(this.tables.udp) };
  }

  private askTimes(): void {
    const ports = this.rows.tcp.map(({ localPort }) => localPort);
    if (ports.length === 0) this.reading = null;
    if (ports.length === 0 || this.asking || this.missing || !this.canAsk) return;
    this.asking = true;
    const filter = ports.flatMap((port, index) => [...(index > 0 ? ['or'] : []), 'sport', '=', `:${port}`]);
    execFile('ss', ['-tinHO', ...filter], { timeout: ssLimitMs, env: { ...process.env, LC_ALL: 'C' } }, (error, stdout) => {
      this.asking = false;
      if (this.disposed) return;
      // Without it the queues of /proc and the probes are left; nothing else can say when data came.
      if (error) this.missing = (error as NodeJS.ErrnoException).code === 'ENOENT';
      else this.reading = { tMs: this.now(), times: readSsLines(stdout) };
    });
  }
}

function socketInodes(pid: number): Set<string> {
  const inodes = new Set<string>();
  try {
    for (const fd of readdirSync(`/proc/${pid}/fd`)) {
      const inode = /^socket:\[(\d+)\]$/.exec(linkOf(`/proc/${pid}/fd/${fd}`))?.[1];
      if (inode !== undefined) inodes.add(inode);
    }
  } catch {
    return inodes; // it has ended, or belongs to somebody else: then it has no sockets for us
  }
  return inodes;
}

function linkOf(path: string): string {
  try {
    return readlinkSync(path);
  } catch {
    return ''; // closed between the listing and the reading
  }
}

function namespaceOf(pid: number | 'self'): string {
  return linkOf(`/proc/${pid}/ns/net`);
}

function sum(values: readonly number[]): number {
  return values.reduce((total, value) => total + value, 0);
}
