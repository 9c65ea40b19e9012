// The router in what systems print.
import { describe, expect, it } from 'vitest';
import * as tables from '../../../../electron/adapters/network/router-tables';

/** From a Debian 12 machine, with a second, dearer route put in. */
const procRoute = `Iface\tDestination\tGateway \tFlags\tRefCnt\tUse\tMetric\tMask\t\tMTU\tWindow\tIRTT                                                       
wlan0\t00000000\t0101A8C0\t0003\t0\t0\t600\t00000000\t0\t0\t0                                                                               
eth0\t00000000\t010200C0\t0003\t0\t0\t100\t00000000\t0\t0\t0                                                                               
eth0\t000200C0\t00000000\t0001\t0\t0\t0\t00FFFFFF\t0\t0\t0                                                                               
tun0\t00000000\t00000000\t0001\t0\t0\t0\t00000080\t0\t0\t0
`;
const procArp = `IP address       HW type     Flags       HW address            Mask     Device
192.0.2.77       0x1         0x0         00:00:00:00:00:00     *        eth0
192.0.2.1        0x1         0x2         02:FC:00:00:00:05     *        eth0
`;

describe('Linux', () => {
  it('names the cheapest default route and its neighbour', () => {
    const gateway = tables.gatewayOfProcRoute(procRoute);
    expect(gateway).toEqual({ address: '192.0.2.1', device: 'eth0' });
    expect(gateway && tables.macOfProcArp(procArp, gateway)).toBe('02:fc:00:00:00:05');
  });

  it('names none where there is none', () => {
    expect(tables.gatewayOfProcRoute('')).toBeNull();
    expect(tables.gatewayOfProcRoute(procRoute.replaceAll('0003', '0001'))).toBeNull();
    const gateway = { address: '192.0.2.77', device: 'eth0' };
    expect(tables.macOfProcArp(procArp, gateway)).toBeNull();
    expect(tables.macOfProcArp(procArp, { address: '192.0.2.1', device: 'wlan0' })).toBeNull();
    expect(tables.macOfProcArp('', gateway)).toBeNull();
  });

  it('knows IPv6 by iproute2', () => {
    const routes = '[{"dst":"default","gateway":"fe80::2","dev":"wlan0","protocol":"ra","metric":600,"flags":[]},{"dst":"default","gateway":"fe80::1","dev":"eth0","protocol":"ra","metric":100,"flags":[]}]';
    const neighbours = '[{"dst":"fe80::1","dev":"wlan0","lladdr":"02:00:00:00:00:09","state":["STALE"]},{"dst":"fe80::1","dev":"eth0","lladdr":"9c:5c:8e:00:11:22","router":null,"state":["REACHABLE"]},{"dst":"fd00::1","dev":"eth0","state":["FAILED"]}]';
    const gateway = tables.gatewayOfIpRoute(routes);
    expect(gateway).toEqual({ address: 'fe80::1', device: 'eth0' });
    expect(gateway && tables.macOfIpNeigh(neighbours, gateway)).toBe('9c:5c:8e:00:11:22');
    expect([tables.gatewayOfIpRoute(''), tables.gatewayOfIpRoute('[]'), tables.gatewayOfIpRoute('{"a":1}'), tables.gatewayOfIpRoute('[null,7]')]).toEqual([null, null, null, null]);
    expect(tables.macOfIpNeigh('Object "-j" is unknown', { address: 'fe80::1', device: 'eth0' })).toBeNull();
  });
});

describe('macOS', () => {
  it('prints pairs without their zeros', () => {
    const route = `   route to: default
destination: default
       mask: default
    gateway: 192.168.1.1
  interface: en0
      flags: <UP,GATEWAY,DONE,STATIC,PRCLONING,GLOBAL>
`;
    const gateway = tables.gatewayOfMacRoute(route);
    expect(gateway).toEqual({ address: '192.168.1.1', device: 'en0' });
    expect(gateway && tables.macOfArp('? (192.168.1.1) at 9c:5c:8e:0:1:22 on en0 ifscope [ethernet]\n', gateway)).toBe('9c:5c:8e:00:01:22');
    expect(gateway && tables.macOfArp('? (192.168.1.1) at (incomplete) on en0 ifscope [ethernet]\n', gateway)).toBeNull();
    expect(tables.gatewayOfMacRoute('route: writing to routing socket: not in table\n')).toBeNull();
  });
});

describe('Windows', () => {
  it('prints numbers whatever its language', () => {
    const netstat = `IPv4-Routentabelle\r
===========================================================================\r
Aktive Routen:\r
     Netzwerkziel    Netzwerkmaske          Gateway    Schnittstelle Metrik\r
          0.0.0.0          0.0.0.0    192.168.43.1   192.168.43.115     55\r
          0.0.0.0          0.0.0.0      192.168.1.1     192.168.1.34     25\r
        127.0.0.0        255.0.0.0   Auf Verbindung         127.0.0.1    331\r
`;
    const arp = `\r
Schnittstelle: 192.168.1.34 --- 0xb\r
  Internetadresse       Physische Adresse     Typ\r
  192.168.1.1           9c-5c-8e-00-11-22     dynamisch\r
`;
    const gateway = tables.gatewayOfNetstat(netstat);
    expect(gateway).toEqual({ address: '192.168.1.1', device: null });
    expect(gateway && tables.macOfArp(arp, gateway)).toBe('9c:5c:8e:00:11:22');
    expect(tables.macOfArp(arp, { address: '192.168.1.10', device: null })).toBeNull();
    expect(tables.gatewayOfNetstat('no routes')).toBeNull();
  });
});

it.each([null, 7, '', 'router', '9c:5c:8e:00:11', '9c:5c:8e:00:11:222', '9c:5c:8e:00:11:2g', '00:00:00:00:00:00', 'FF-FF-FF-FF-FF-FF'])('%j is no hardware address', (text) => {
  expect(tables.tidyMac(text)).toBeNull();
});
