// The snapshot is asked for before the page is there, and the page still hears everything once and in order.
import { describe, expect, it } from 'vitest';
import type { TextBridge } from '../../../electron/common/ipc-text';
import { snapshotFirst, type NewsPort } from '../../../electron/common/snapshot-first';

const channels = { snapshot: 'app:snapshot', invoke: ['app:snapshot', 'library:add'], push: ['library:changed', 'session:changed'] };

class Port implements NewsPort {
  readonly asked: string[] = [];
  readonly answers: { resolve(text: string): void; reject(error: Error): void }[] = [];
  readonly #heard = new Map<string, (event: unknown, text: string) => void>();
  readonly #later: (() => void)[] = [];

  invoke(channel: string): Promise<unknown> {
    this.asked.push(channel);
    return new Promise((resolve, reject) => this.answers.push({ resolve, reject }));
  }
  on(channel: string, listener: (event: unknown, text: string) => void): void {
    this.#heard.set(channel, listener);
  }
  later(call: () => void): void {
    this.#later.push(call);
  }
  send(channel: string, text: string): void {
    this.#heard.get(channel)?.({}, text);
  }
  /** Everything that waits is done. */
  async turn(): Promise<void> {
    for (let step = 0; step < 5; step += 1) await Promise.resolve();
    this.#later.splice(0).forEach((call) => call());
  }
}

/** A page that listens first and asks then, as Athena's does. */
function openPage(bridge: TextBridge): string[] {
  const told: string[] = [];
  for (const channel of channels.push) bridge.on(channel, (text) => told.push(text));
  void bridge.invoke('app:snapshot', undefined).then((text) => told.push(text), (error: Error) => told.push(error.message));
  return told;
}

describe('snapshotFirst', () => {
  it('asks before anybody wants it, and once', async () => {
    const port = new Port();
    const bridge = snapshotFirst(port, channels);
    expect(port.asked).toEqual(['app:snapshot']);
    const told = openPage(bridge);
    port.answers[0]?.resolve('snapshot');
    await port.turn();
    expect(port.asked).toEqual(['app:snapshot']);
    expect(told).toEqual(['snapshot']);
  });

  it('drops what is older than the snapshot, and tells what is newer after it, in order', async () => {
    const port = new Port();
    const bridge = snapshotFirst(port, channels);
    port.send('library:changed', 'older');
    port.answers[0]?.resolve('snapshot');
    await port.turn();
    port.send('library:changed', 'newer');
    port.send('session:changed', 'newest');
    const told = openPage(bridge);
    port.send('library:changed', 'last');
    await port.turn();
    port.send('session:changed', 'live');
    expect(told).toEqual(['snapshot', 'newer', 'newest', 'last', 'live']);
  });

  it('tells nothing ahead of a snapshot that the page waits for', async () => {
    const port = new Port();
    const told = openPage(snapshotFirst(port, channels));
    port.send('library:changed', 'older');
    port.answers[0]?.resolve('snapshot');
    await port.turn();
    port.send('library:changed', 'live');
    expect(told).toEqual(['snapshot', 'live']);
  });

  it('asks again, when the first answer failed before the page came', async () => {
    const port = new Port();
    const bridge = snapshotFirst(port, channels);
    port.answers[0]?.reject(new Error('not yet'));
    await port.turn();
    const told = openPage(bridge);
    expect(port.asked).toEqual(['app:snapshot', 'app:snapshot']);
    port.answers[1]?.resolve('snapshot');
    await port.turn();
    expect(told).toEqual(['snapshot']);
  });

  it('hands a failure on that the page waits for', async () => {
    const port = new Port();
    const told = openPage(snapshotFirst(port, channels));
    port.answers[0]?.reject(new Error('broken'));
    await port.turn();
    expect(told).toEqual(['broken']);
  });

  it('keeps no more news than a page could want, and takes a new snapshot then', async () => {
    const port = new Port();
    const bridge = snapshotFirst(port, channels);
    port.answers[0]?.resolve('old snapshot');
    await port.turn();
    for (let number = 0; number <= 2_000; number += 1) port.send('library:changed', `news ${number}`);
    const told = openPage(bridge);
    expect(port.asked).toHaveLength(2);
    port.answers[1]?.resolve('new snapshot');
    await port.turn();
    expect(told).toEqual(['new snapshot']);
  });

  it('asks main for everything else, and for a second snapshot', async () => {
    const port = new Port();
    const bridge = snapshotFirst(port, channels);
    void bridge.invoke('library:add', {});
    void bridge.invoke('app:snapshot', undefined);
    void bridge.invoke('app:snapshot', undefined);
    expect(port.asked).toEqual(['app:snapshot', 'library:add', 'app:snapshot']);
  });

  it('refuses channels that the contract does not know', async () => {
    const bridge = snapshotFirst(new Port(), channels);
    await expect(bridge.invoke('shell:open', {})).rejects.toThrow('no channel');
    expect(() => bridge.on('shell:opened', () => undefined)).toThrow('no channel');
  });

  it('stops telling a listener that has gone', async () => {
    const port = new Port();
    const bridge = snapshotFirst(port, channels);
    const told = openPage(bridge);
    const extra: string[] = [];
    const stop = bridge.on('library:changed', (text) => extra.push(text));
    port.answers[0]?.resolve('snapshot');
    await port.turn();
    port.send('library:changed', 'one');
    stop();
    port.send('library:changed', 'two');
    expect(extra).toEqual(['one']);
    expect(told).toEqual(['snapshot', 'one', 'two']);
  });
});
