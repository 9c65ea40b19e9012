// Reads a child's output when it is asked to: waking the thread for each line of ten pings costs more than the pings.
import { readSync } from 'node:fs';
import type { Readable } from 'node:stream';

/** What of Node's pipe is used beyond its public face; where a runtime has it no more, lines are heard as they come. */
interface PipeHandle {
  readonly fd: number;
  readStop(): number;
}

const buffer = Buffer.allocUnsafe(64 * 1_024);

export class PolledOutput {
  private readonly fd: number | null;
  private rest = '';
  private isOver = false;

  constructor(
    private readonly stream: Readable,
    private readonly hear: (line: string) => void,
  ) {
    const handle = pipeHandleOf(stream);
    handle?.readStop();
    this.fd = handle?.fd ?? null;
    if (this.fd === null) stream.on('data', (chunk: Buffer) => this.take(chunk.toString('latin1')));
  }

  /** Hears all whole lines that are there. @returns whether there was anything */
  poll(): boolean {
    let heard = false;
    while (this.fd !== null && !this.isOver) {
      const length = read(this.fd);
      if (length === null) return heard;
      if (length === 0) this.isOver = true;
      else {
        heard = true;
        this.take(buffer.toString('latin1', 0, length));
        if (length < buffer.length) return heard;
      }
    }
    return heard;
  }

  /** Hears what is left, and lets the pipe go; to be called when the child has ended. */
  close(): void {
    this.poll();
    this.isOver = true;
    // Without a polled pipe the stream ends by itself, behind its last lines.
    if (this.fd !== null) this.stream.destroy();
  }

  private take(text: string): void {
    const lines = (this.rest + text).split('\n');
    this.rest = lines.pop() ?? '';
    for (const line of lines) this.hear(line);
  }
}

/** @returns 0 at the end; null: nothing is there now */
function read(fd: number): number | null {
  try {
    return readSync(fd, buffer, 0, buffer.length, null);
  } catch (error) {
    // A socket of the child that went away without its last word is an end, too.
    return error instanceof Error && 'code' in error && error.code === 'EAGAIN' ? null : 0;
  }
}

function pipeHandleOf(stream: Readable): PipeHandle | null {
  const handle: unknown = '_handle' in stream ? stream._handle : null;
  if (process.platform === 'win32' || typeof handle !== 'object' || handle === null) return null;
  const { fd, readStop } = handle as Partial<PipeHandle>;
  return typeof fd === 'number' && fd >= 0 && typeof readStop === 'function' ? (handle as PipeHandle) : null;
}
