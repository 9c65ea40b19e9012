import { once } from 'node:events';
import { createServer, type AddressInfo, type Server } from 'node:net';
import { afterEach, describe, expect, it, vi } from 'vitest';
import type { EchoSample } from '../../../../electron/adapters/probes/echo-tracker';
import { TcpConnect } from '../../../../electron/adapters/probes/tcp-connect';
import { SystemClock } from '../../../../electron/adapters/system-clock';

const ends: (() => unknown)[] = [];
afterEach(async () => {
  for (const end of ends.splice(0).reverse()) await end();
});

async function listen(host: string): Promise<{ server: Server; port: number }> {
  const server = createServer((socket) => socket.on('error', () => socket.destroy()));
  server.listen(0, host);
  await once(server, 'listening');
  ends.push(() => server.close());
  return { server, port: (server.address() as AddressInfo).port };
}

function start(address: string, port: number) {
  const samples: EchoSample[] = [];
  const troubles: (string | null)[] = [];
  const sink = { sample: (sample: EchoSample) => void samples.push(sample), trouble: (message: string | null) => void troubles.push(message) };
  const probe = new TcpConnect({ address, port, clock: new SystemClock(), sink });
  const beat = setInterval(() => probe.tick(), 20);
  ends.push(() => {
    clearInterval(beat);
    return probe.stop();
  });
  return { probe, samples, troubles };
}

describe('TcpConnect', () => {
  it.each(['127.0.0.1', '::1', 'localhost'])('times the port of %s, and closes its connections', async (address) => {
    const { server, port } = await listen(address);
    const { samples, troubles } = start(address, port);
    await vi.waitFor(() => expect(samples).toHaveLength(1));
    expect(samples[0]?.rttMs).toBeGreaterThan(0);
    expect(samples[0]?.rttMs).toBeLessThan(1_000);
    expect(Math.abs((samples[0]?.atMs ?? 0) - Date.now())).toBeLessThan(5_000);
    expect(troubles).toEqual([null]);
    const connections = (): Promise<number> => new Promise((resolve, reject) => server.getConnections((error, count) => (error ? reject(error) : resolve(count))));
    await vi.waitFor(async () => expect(await connections()).toBe(0));
  });

  it('asks once a second', async () => {
    const { port } = await listen('127.0.0.1');
    const { samples } = start('127.0.0.1', port);
    await vi.waitFor(() => expect(samples.length).toBeGreaterThanOrEqual(3), { timeout: 6_000 });
    const [first, second] = samples;
    expect((second?.atMs ?? 0) - (first?.atMs ?? 0)).toBeGreaterThanOrEqual(990);
  }, 10_000);

  it('counts a refusal as lost and says that the host is there', async () => {
    const { server, port } = await listen('127.0.0.1');
    server.close();
    await once(server, 'close');
    const { samples, troubles } = start('127.0.0.1', port);
    await vi.waitFor(() => expect(samples).toHaveLength(1));
    expect(samples[0]?.rttMs).toBeNull();
    expect(troubles).toEqual([expect.stringMatching(`the host is there, but nothing accepts connections on port ${port}`)]);
  });

  it('loses a question to a name that does not resolve, and names the trouble', async () => {
    const { samples, troubles } = start('no-such-host.invalid', 9);
    await vi.waitFor(() => expect(samples.length).toBeGreaterThan(0), { timeout: 20_000 });
    expect(samples[0]?.rttMs).toBeNull();
    expect(troubles).toEqual([expect.stringMatching(/name no-such-host.invalid is not known/)]);
  }, 25_000);

  it('says nothing after its end', async () => {
    const { port } = await listen('127.0.0.1');
    const { probe, samples } = start('127.0.0.1', port);
    probe.tick();
    await probe.stop();
    probe.tick();
    await new Promise((resolve) => setTimeout(resolve, 100));
    expect(samples).toEqual([]);
  });
});
