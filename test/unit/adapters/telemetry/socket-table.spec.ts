// Lines as Linux 6.18 and iproute2 6.1 print them.
import { describe, expect, it } from 'vitest';
import { readLinkBytes, readSocketTable, readSsLines } from '../../../../electron/adapters/telemetry/socket-table';

const header = '  sl  local_address rem_address   st tx_queue rx_queue tr tm->when retrnsmt   uid  timeout inode';

describe('readSocketTable', () => {
  it('reads ends, queues and retransmissions of the wanted sockets only', () => {
    const text = [
      header,
      '   0: 0107E70A:9C40 0207E70A:3E1C 01 00000043:0000012C 01:00000014 00000002     0        0 81234 2 0000000000000000 21 4 30 10 -1',
      '   1: 0100007F:3E1C 00000000:0000 0A 00000000:00000000 00:00000000 00000000     0        0 99999 1 0000000000000000 100 0 0 10 0',
    ].join('\n');
    expect(readSocketTable(text, new Set(['81234']))).toEqual([
      { localPort: 40_000, remote: { address: '10.231.7.2', port: 15_900 }, established: true, unackedBytes: 67, unreadBytes: 300, retransmits: 2, inode: '81234' },
    ]);
  });

  it('reads IPv6 ends, and IPv4 ones in their clothes', () => {
    const row = (remote: string): string => `   0: 00000000000000000000000000000000:9C40 ${remote}:3E1C 01 00000000:00000000 00:00000000 00000000 0 0 5 1 0`;
    const address = (remote: string): string | undefined => readSocketTable(`${header}\n${row(remote)}`, new Set(['5']))[0]?.remote?.address;
    expect(address('000031FD000000000000000002000000')).toBe('fd31:0000:0000:0000:0000:0000:0000:0002');
    expect(address('0000000000000000FFFF00000207E70A')).toBe('10.231.7.2');
  });

  it('a UDP socket without a peer has none', () => {
    const text = `${header}\n  67: 00000000:BB7E 00000000:0000 07 00000000:00000900 00:00000000 00000000 0 0 77 2 0000000000000000 3`;
    expect(readSocketTable(text, new Set(['77']))[0]).toMatchObject({ remote: null, established: false, unreadBytes: 2_304 });
  });
});

describe('readSsLines', () => {
  it('reads what came and when', () => {
    const line =
      'ESTAB 0      0      10.231.7.1:41636 10.231.7.2:15900 cubic wscale:10,10 rto:204 rtt:0.523/0.012 ato:40 mss:1448 cwnd:10 bytes_sent:5 bytes_acked:6 bytes_received:48211 segs_out:30 segs_in:42 data_segs_out:17 data_segs_in:29 send 9Mbps lastsnd:16 lastrcv:1304 lastack:16 minrtt:0.01';
    expect(readSsLines(`${line}\n`)).toEqual([{ localPort: 41_636, receivedBytes: 48_211, lastReceivedMs: 1_304, sentSegments: 17, rttMs: 0.523 }]);
  });

  it('what is 0 is left out; the last byte has just come', () => {
    expect(readSsLines('ESTAB 0 0 [::1]:5000 [::1]:6000 cubic bytes_received:9 lastsnd:4')[0]).toMatchObject({ localPort: 5_000, lastReceivedMs: 0, sentSegments: 0, rttMs: null });
  });

  it('anything else is no socket', () => {
    expect(readSsLines('Cannot open netlink socket: Protocol not supported\n')).toEqual([]);
  });
});

describe('readLinkBytes', () => {
  it('sums all interfaces but loopback', () => {
    const text = 'Inter-|   Receive\n face |bytes packets\n    lo: 999999 10 0\n  eth0: 1200 3 0 0\nwlan0:34 1 0 0\n';
    expect(readLinkBytes(text)).toBe(1_234);
  });
});
