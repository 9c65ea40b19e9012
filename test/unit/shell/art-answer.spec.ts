// What the art protocol answers, byte by byte, and that it answers nothing to what is no address of a cover.
import { describe, expect, it } from 'vitest';
import { failure, success, type Result } from '../../../electron/common/result';
import { drawPng } from '../../../electron/practice/gamestream/png-picture';
import { answerArt } from '../../../electron/shell/art-answer';
import { SilentLog } from '../../fakes/silent-log';

const png = drawPng(6, 8, [10, 20, 30]);
const none = failure('not-found', 'm', 'a');

function artWith(answer: () => Promise<Result<Uint8Array>>): { asked: string[]; read: (hostId: string, appId: number) => Promise<Result<Uint8Array>> } {
  const asked: string[] = [];
  return {
    asked,
    read: (hostId, appId) => {
      asked.push(`${hostId} ${appId}`);
      return answer();
    },
  };
}

describe('the art protocol', () => {
  it('hands a cover out as the PNG it is', async () => {
    const art = artWith(async () => success(png));
    const answer = await answerArt({ method: 'GET', url: 'athena-art://cover/rig/7' }, art, new SilentLog());
    expect(answer.status).toBe(200);
    expect(answer.headers.get('content-type')).toBe('image/png');
    expect(answer.headers.get('x-content-type-options')).toBe('nosniff');
    expect(Buffer.from(await answer.arrayBuffer())).toEqual(png);
    expect(art.asked).toEqual(['rig 7']);
  });

  it.each([
    ['another method', 'POST', 'athena-art://cover/rig/7'],
    ['a way out of the cache', 'GET', 'athena-art://cover/..%2F..%2Fetc/7'],
    ['another host of the scheme', 'GET', 'athena-art://files/rig/7'],
  ])('asks nobody and answers 404 to %s', async (_name, method, url) => {
    const art = artWith(async () => success(png));
    const answer = await answerArt({ method, url }, art, new SilentLog());
    expect([answer.status, await answer.text(), art.asked]).toEqual([404, '', []]);
  });

  it('answers 404 without a word about the host where there is no cover', async () => {
    const answer = await answerArt({ method: 'GET', url: 'athena-art://cover/rig/7' }, artWith(async () => none), new SilentLog());
    expect([answer.status, await answer.text()]).toEqual([404, '']);
  });

  it('answers 404 and logs when reading breaks', async () => {
    const log = new SilentLog();
    const answer = await answerArt(
      { method: 'GET', url: 'athena-art://cover/rig/7' },
      artWith(() => Promise.reject(new Error('disk on fire'))),
      log,
    );
    expect(answer.status).toBe(404);
    expect(log.heard.map(({ level }) => level)).toEqual(['error']);
  });
});
