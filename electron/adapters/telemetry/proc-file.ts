// Reads a small kernel file again and again through one open descriptor: a fraction of what opening it each time costs.
import { closeSync, openSync, readSync } from 'node:fs';

const chunkBytes = 16 * 1_024;

export class ProcFile {
  private fd: number | null;
  private buffer = Buffer.allocUnsafe(chunkBytes);

  private constructor(fd: number) {
    this.fd = fd;
  }

  /** @returns null: it is not there, or may not be read */
  static open(path: string): ProcFile | null {
    try {
      return new ProcFile(openSync(path, 'r'));
    } catch {
      return null; // the process ended, or the kernel has no such file: both are answers
    }
  }

  /** @returns null: what it tells about is gone */
  read(): string | null {
    if (this.fd === null) return null;
    try {
      let length = 0;
      for (;;) {
        const got = readSync(this.fd, this.buffer, length, this.buffer.length - length, length);
        length += got;
        if (got === 0) return this.buffer.toString('latin1', 0, length);
        if (length === this.buffer.length) this.buffer = Buffer.concat([this.buffer, Buffer.allocUnsafe(this.buffer.length)]);
      }
    } catch {
      return null; // ESRCH: the process or thread has ended
    }
  }

  close(): void {
    if (this.fd !== null) closeSync(this.fd);
    this.fd = null;
  }
}
