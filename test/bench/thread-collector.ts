// Loaded by every thread of a measured process: collects its garbage when asked, and tells what is left in its heap.
import { BroadcastChannel, threadId } from 'node:worker_threads';

/** What a thread tells after each collection. */
export interface ThreadHeap {
  readonly threadId: number;
  readonly heapUsedBytes: number;
}

const asked = new BroadcastChannel('athena-bench-collect');
const told = new BroadcastChannel('athena-bench-collected');
asked.onmessage = () => {
  globalThis.gc?.();
  told.postMessage({ threadId, heapUsedBytes: process.memoryUsage().heapUsed } satisfies ThreadHeap);
};
asked.unref();
told.unref();
