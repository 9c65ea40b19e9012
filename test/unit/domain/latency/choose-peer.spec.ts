// Whom to measure beside the hosts.
import { expect, it } from 'vitest';
import { choosePeer, type Taken } from '../../../../electron/domain/latency/choose-peer';
import type { Answering, Neighbour } from '../../../../electron/domain/latency/neighbourhood';

const neighbour = (last: number): Neighbour => ({ address: `192.168.1.${last}`, mac: `02:00:00:00:00:${String(last).padStart(2, '0')}` });
const nobody: Taken = { addresses: new Set(), macs: new Set() };

function around(answers: Readonly<Record<number, Partial<Answering>>>): Parameters<typeof choosePeer>[0] & { readonly asked: string[] } {
  const asked: string[] = [];
  return {
    asked,
    neighbours: async () => Object.keys(answers).map((last) => neighbour(Number(last))),
    ask: async (address) => {
      asked.push(address);
      return { asked: 5, answered: 5, slowestMs: 1, ...answers[Number(address.split('.')[3])] };
    },
  };
}

it('takes the quickest of those who answer every question', async () => {
  const network = around({ 11: { slowestMs: 3 }, 12: { slowestMs: 0.8 }, 13: { answered: 4, slowestMs: 0.2 } });
  expect(await choosePeer(network, nobody)).toEqual(neighbour(12));
});

it('takes no radio that sleeps between questions, and nobody who is silent', async () => {
  expect(await choosePeer(around({ 11: { slowestMs: 180 }, 12: { answered: 0, slowestMs: null } }), nobody)).toBeNull();
});

it('asks neither hosts nor the gateway, whichever of their addresses it is', async () => {
  const network = around({ 11: {}, 12: {}, 13: {} });
  const taken: Taken = { addresses: new Set(['192.168.1.11']), macs: new Set(['02:00:00:00:00:12']) };
  expect(await choosePeer(network, taken)).toEqual(neighbour(13));
  expect(network.asked).toEqual(['192.168.1.13']);
});

it('asks no more than four', async () => {
  const network = around({ 11: { answered: 1 }, 12: { answered: 1 }, 13: { answered: 1 }, 14: { answered: 1 }, 15: {} });
  expect(await choosePeer(network, nobody)).toBeNull();
  expect(network.asked).toHaveLength(4);
});
