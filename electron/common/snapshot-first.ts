// Asks for the snapshot while the page's scripts are still loading, and lets no news get lost or ahead of it.
import type { TextBridge } from './ipc-text';

/** What is needed of Electron's ipcRenderer. */
export interface NewsPort {
  invoke(channel: string, args: unknown): Promise<unknown>;
  on(channel: string, listener: (event: unknown, text: string) => void): void;
  /** Calls when what is being done now, with every promise it keeps, is done. */
  later(call: () => void): void;
}

export interface BridgeChannels {
  readonly snapshot: string;
  readonly invoke: readonly string[];
  readonly push: readonly string[];
}

type News = readonly [channel: string, text: string];

/** More than this between the snapshot and the page that asks for it: the page takes a new one instead. */
const mostHeld = 2_000;

/**
 * News that arrive before the snapshot are older than it and dropped: main sends in order. Those that arrive between the
 * snapshot and the page that reads it are held and told after it, in their order.
 */
export function snapshotFirst(port: NewsPort, { snapshot, invoke, push }: BridgeChannels): TextBridge {
  const mayInvoke: ReadonlySet<string> = new Set(invoke);
  const listeners = new Map<string, Set<(text: string) => void>>(push.map((channel) => [channel, new Set()]));
  const tell = ([channel, text]: News): void => listeners.get(channel)?.forEach((listener) => listener(text));

  const early: { state: 'asked' | 'holding' | 'live'; answer: Promise<unknown> | null; held: News[] } = { state: 'asked', answer: null, held: [] };
  const goLive = (): void => {
    early.state = 'live';
    early.held.splice(0).forEach(tell);
  };
  const forget = (): void => {
    early.answer = null;
    early.held = [];
    early.state = 'live';
  };
  early.answer = port.invoke(snapshot, undefined);
  early.answer.then(() => {
    if (early.state === 'asked') early.state = 'holding';
  }, forget);

  for (const channel of push) {
    port.on(channel, (_event, text) => {
      if (early.state === 'live') tell([channel, text]);
      if (early.state !== 'holding') return;
      early.held.push([channel, text]);
      if (early.held.length > mostHeld && early.answer !== null) forget();
    });
  }
  return {
    invoke: (channel, args) => {
      if (!mayInvoke.has(channel)) return Promise.reject(new Error(`bad-input: no channel ${String(channel)}`));
      const { answer } = early;
      if (channel !== snapshot || answer === null) return port.invoke(channel, args) as Promise<string>;
      early.answer = null;
      // The page reads it in the turn that it arrives in.
      const afterwards = (): void => port.later(goLive);
      answer.then(afterwards, afterwards);
      return answer as Promise<string>;
    },
    on: (channel, listener) => {
      const heard = listeners.get(channel);
      if (heard === undefined) throw new Error(`bad-input: no channel ${String(channel)}`);
      heard.add(listener);
      return () => {
        heard.delete(listener);
      };
    },
  };
}
