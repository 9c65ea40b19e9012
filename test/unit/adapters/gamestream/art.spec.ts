// Covers: what counts as one, how often they are asked for, and how many at a time.
import { describe, expect, it } from 'vitest';
import { ArtQueue, readArt, triedTwice } from '../../../../electron/adapters/gamestream/art';
import { failure, success, type FailureKind, type Result } from '../../../../electron/common/result';
import { drawPng } from '../../../../electron/practice/gamestream/png-picture';

const place = { address: 'desk', port: 47_984 };
const png = drawPng(15, 20, [1, 2, 3]);

function read(body: Buffer, httpStatus = 200): Result<Uint8Array> {
  return readArt({ httpStatus, body, certificate: null }, place);
}

function sized(widthPx: number, heightPx: number): Buffer {
  const changed = Buffer.from(png);
  changed.writeUInt32BE(widthPx, 16);
  changed.writeUInt32BE(heightPx, 20);
  return changed;
}

describe('a cover', () => {
  it('comes through as it is', () => {
    expect(read(png)).toEqual({ ok: true, value: png });
  });

  it.each([
    ['a JPEG', Buffer.from([0xff, 0xd8, 0xff, 0xe0, 0, 0, 0, 0, 0, 0])],
    ['a web page', Buffer.from('<html></html>')],
    ['nothing', Buffer.alloc(0)],
    ['a PNG cut off', png.subarray(0, 20)],
    ['no IHDR first', Buffer.concat([png.subarray(0, 12), Buffer.from('IDAT'), png.subarray(16)])],
    ['no width', sized(0, 20)],
    ['a picture that would fill the memory', sized(60_000, 60_000)],
  ])('is not %s', (_name, body) => {
    expect(read(body)).toMatchObject({ ok: false, failure: { kind: 'bad-answer' } });
  });

  it("says why, in the host's own outcome", () => {
    expect(read(Buffer.from('<root status_code="401"/>'))).toMatchObject({ failure: { kind: 'not-paired' } });
    expect(read(Buffer.from('nothing here'), 404)).toMatchObject({ failure: { kind: 'not-supported' } });
  });
});

describe('a second try', () => {
  it.each<[FailureKind, number]>([
    ['host-unreachable', 2],
    ['timed-out', 2],
    ['bad-answer', 1],
    ['not-paired', 1],
  ])('after %s: %d in all', async (kind, tries) => {
    let asked = 0;
    const result = await triedTwice(async () => {
      asked++;
      return failure(kind, 'm', 'a');
    });
    expect(asked).toBe(tries);
    expect(result.ok).toBe(false);
  });

  it('may succeed', async () => {
    const answers = [failure('timed-out', 'm', 'a'), success(1)];
    expect(await triedTwice(async () => answers.shift() ?? success(2))).toEqual(success(1));
  });
});

describe('the queue', () => {
  it('runs four at a time for a host, and goes on after one that failed', async () => {
    const queue = new ArtQueue();
    let [running, most] = [0, 0];
    const gates: (() => void)[] = [];
    const task = async (): Promise<void> => {
      most = Math.max(most, ++running);
      await new Promise<void>((resolve) => gates.push(resolve));
      running--;
    };
    const all = [...Array.from({ length: 9 }, () => queue.run('desk', task)), queue.run('desk', () => Promise.reject(new Error('no')))];
    const results = Promise.allSettled(all);
    for (let opened = 0; opened < 9; opened++) {
      await new Promise((resolve) => setImmediate(resolve));
      expect(running).toBeLessThanOrEqual(4);
      gates.shift()?.();
    }
    expect((await results).map(({ status }) => status)).toEqual([...Array<string>(9).fill('fulfilled'), 'rejected']);
    expect(most).toBe(4);
    expect(await queue.run('desk', async () => 'again')).toBe('again');
  });

  it('does not let one host hold up another', async () => {
    const queue = new ArtQueue();
    for (let index = 0; index < 5; index++) void queue.run('stuck', () => new Promise(() => undefined));
    expect(await queue.run('desk', async () => 'done')).toBe('done');
  });
});
