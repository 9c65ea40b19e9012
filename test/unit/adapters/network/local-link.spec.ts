// The link that leads to a host, out of a directory such as /sys/class/net.
import { mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { localMachine, type Machine } from '../../../../electron/adapters/clients/machine';
import { LocalLink } from '../../../../electron/adapters/network/local-link';
import type { Link } from '../../../../electron/domain/session/bitrate-advice';

const place = { directory: '' };
beforeEach(async () => {
  place.directory = await mkdtemp(join(tmpdir(), 'athena-sys-'));
});
afterEach(async () => {
  await rm(place.directory, { recursive: true });
});

async function card(name: string, signs: readonly string[], speed: string | null): Promise<void> {
  for (const sign of signs) await mkdir(join(place.directory, name, sign), { recursive: true });
  await mkdir(join(place.directory, name), { recursive: true });
  if (speed !== null) await writeFile(join(place.directory, name, 'speed'), speed);
}

function linkOver(name: string | null, run: Machine['run'] = async () => null): Promise<Link | null> {
  const machine: Machine = { ...localMachine(), platform: 'linux', run };
  return new LocalLink({ machine, classNet: place.directory, interfaceTowards: async () => name }).towards('192.168.1.20');
}

const iwLink = `Connected to 9c:5c:8e:00:11:22 (on wlan0)
	SSID: home
	freq: 5180
	RX: 90213 bytes (512 packets)
	TX: 8120 bytes (61 packets)
	signal: -51 dBm
	rx bitrate: 6.0 MBit/s
	tx bitrate: 866.7 MBit/s VHT-MCS 9 80MHz short GI VHT-NSS 2
`;

describe('a cable', () => {
  it('has the speed that its card has agreed on', async () => {
    await card('eth0', ['device'], '1000\n');
    expect(await linkOver('eth0')).toEqual({ speedMbps: 1_000, medium: 'wired' });
    await card('br0', ['bridge'], '2500\n');
    expect(await linkOver('br0')).toEqual({ speedMbps: 2_500, medium: 'wired' });
  });

  it.each<[string, readonly string[], string | null]>([
    ['is unplugged', ['device'], '-1\n'],
    ['does not say', ['device'], null],
    ['says nonsense', ['device'], 'fast\n'],
    ['is a tunnel, whose speed is made up', [], '10\n'],
  ])('that %s has none', async (_what, signs, speed) => {
    await card('net0', signs, speed);
    expect(await linkOver('net0')).toBeNull();
  });
});

describe('Wi-Fi', () => {
  it.each(['wireless', 'phy80211'])('is known by %s, and its rate by iw, wherever that lies', async (sign) => {
    await card('wlan0', ['device', sign], null);
    const asked: string[] = [];
    const link = await linkOver('wlan0', async (file, args) => {
      asked.push([file, ...args].join(' '));
      return file === '/usr/sbin/iw' ? { exitCode: 0, text: iwLink } : null;
    });
    expect(link).toEqual({ speedMbps: 866.7, medium: 'wireless' });
    expect(asked).toEqual(['iw dev wlan0 link', '/usr/sbin/iw dev wlan0 link']);
  });

  it('has no speed without iw, or without a connection', async () => {
    await card('wlan0', ['device', 'wireless'], null);
    expect(await linkOver('wlan0')).toBeNull();
    expect(await linkOver('wlan0', async () => ({ exitCode: 0, text: 'Not connected.\n' }))).toBeNull();
  });
});

it('no way to the host, no link', async () => {
  expect(await linkOver(null)).toBeNull();
  expect(await linkOver('gone0')).toBeNull();
});

it('other systems do not tell', async () => {
  const machine: Machine = { ...localMachine(), platform: 'darwin' };
  expect(await new LocalLink({ machine }).towards('127.0.0.1')).toBeNull();
});

describe.runIf(process.platform === 'linux')('on this machine', () => {
  /** Which of these interfaces the real look-up chose: each is a cable of its own speed. */
  async function chosen(address: string): Promise<number | null> {
    const { networkInterfaces } = await import('node:os');
    const names = Object.keys(networkInterfaces());
    for (const [index, name] of names.entries()) await card(name, ['device'], String(100 + index));
    const link = await new LocalLink({ machine: localMachine(), classNet: place.directory }).towards(address);
    return link && names.indexOf('lo') === link.speedMbps - 100 ? 0 : (link?.speedMbps ?? null);
  }

  it('the way to itself is its own loop, by address and by name, and its made-up speed is left out', async () => {
    expect([await chosen('127.0.0.1'), await chosen('localhost')]).toEqual([0, 0]);
    expect(await new LocalLink({ machine: localMachine() }).towards('127.0.0.1')).toBeNull();
  });

  it('names that nobody knows lead nowhere', async () => {
    expect(await chosen('no-such-host.invalid')).toBeNull();
  });
});
