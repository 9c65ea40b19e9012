// How long a host's own web server takes, against real ones on loopback.
import { once } from 'node:events';
import { createServer as createWebServer, type Server as WebServer } from 'node:http';
import { createServer, type AddressInfo, type Server } from 'node:net';
import { setTimeout as sleep } from 'node:timers/promises';
import { afterEach, describe, expect, it, vi } from 'vitest';
import type { EchoSample } from '../../../../electron/adapters/probes/echo-tracker';
import { HttpAnswer } from '../../../../electron/adapters/probes/http-answer';
import { SystemClock } from '../../../../electron/adapters/system-clock';

const ends: (() => unknown)[] = [];
afterEach(async () => {
  for (const end of ends.splice(0).reverse()) await end();
});

async function listening<T extends Server | WebServer>(server: T): Promise<number> {
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  ends.push(() => server.close());
  return (server.address() as AddressInfo).port;
}

function aim(port: number, address = '127.0.0.1') {
  const samples: EchoSample[] = [];
  const troubles: (string | null)[] = [];
  const sink = { sample: (sample: EchoSample) => void samples.push(sample), trouble: (message: string | null) => void troubles.push(message) };
  const probe = new HttpAnswer({ address, port, clock: new SystemClock(), sink });
  ends.push(() => probe.stop());
  return { probe, samples, troubles };
}

describe('HttpAnswer', () => {
  it('times the answer of the service, whatever it says', async () => {
    const asked: (string | undefined)[] = [];
    const port = await listening(createWebServer((request, reply) => {
      asked.push(request.url, request.headers.host);
      setTimeout(() => reply.writeHead(404).end('no'), 60);
    }));
    const { probe, samples, troubles } = aim(port);
    probe.tick();
    await vi.waitFor(() => expect(samples).toHaveLength(1));
    expect(samples[0]?.rttMs).toBeGreaterThanOrEqual(55);
    expect(Math.abs((samples[0]?.atMs ?? 0) - Date.now())).toBeLessThan(5_000);
    expect(asked).toEqual(['/serverinfo', `127.0.0.1:${port}`]);
    expect(troubles).toEqual([null]);
  });

  it('asks once a second at most', async () => {
    const counted = { questions: 0 };
    const port = await listening(createWebServer((_request, reply) => {
      counted.questions += 1;
      reply.end('ok');
    }));
    const { probe, samples } = aim(port);
    const beat = setInterval(() => probe.tick(), 10);
    ends.push(() => clearInterval(beat));
    await vi.waitFor(() => expect(samples).toHaveLength(1));
    await sleep(300);
    expect(counted.questions).toBe(1);
  });

  it('loses what no web server answers, and says why', async () => {
    const silentPort = await listening(createServer((socket) => socket.end()));
    const otherPort = await listening(createServer((socket) => socket.on('error', () => undefined).end('RFB 003.008\n and more')));
    for (const [port, words] of [[silentPort, 'without a word'], [otherPort, 'no web server']] as const) {
      const { probe, samples, troubles } = aim(port);
      probe.tick();
      await vi.waitFor(() => expect(samples).toMatchObject([{ rttMs: null }]));
      expect(troubles.join()).toContain(words);
    }
  });

  it('loses an answer that takes longer than a second, and asks no second time meanwhile', async () => {
    const counted = { connections: 0 };
    const port = await listening(createServer((socket) => {
      counted.connections += 1;
      socket.on('error', () => undefined);
    }));
    const { probe, samples, troubles } = aim(port);
    const beat = setInterval(() => probe.tick(), 20);
    ends.push(() => clearInterval(beat));
    await sleep(700);
    expect(counted.connections).toBe(1);
    await vi.waitFor(() => expect(samples).toMatchObject([{ rttMs: null }]), { timeout: 3_000 });
    expect(troubles.join()).toContain('within a second');
  });

  it('tells nothing after its end', async () => {
    const port = await listening(createWebServer((_request, reply) => void setTimeout(() => reply.end('ok'), 30)));
    const { probe, samples } = aim(port);
    probe.tick();
    await probe.stop();
    await sleep(100);
    expect(samples).toEqual([]);
  });
});
