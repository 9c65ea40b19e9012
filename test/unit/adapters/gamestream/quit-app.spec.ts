// Ending an app: yes is not enough, no has reasons, and the web page can help.
import { describe, expect, it } from 'vitest';
import { quitApp, type QuitParts } from '../../../../electron/adapters/gamestream/quit-app';
import type { XmlAnswer } from '../../../../electron/adapters/gamestream/answer-xml';
import { failure, success, type Result } from '../../../../electron/common/result';
import type { ServerInfo } from '../../../../electron/domain/hosts/gamestream-host';
import { FakeClock } from '../../../fakes/fake-clock';

const place = { address: 'desk', port: 47_984 };

function said(statusCode: number): Result<XmlAnswer> {
  return success({ statusCode, statusMessage: '', root: { name: 'root', attributes: new Map(), children: [], text: '' } });
}

function info(runningAppId: number | null): Result<ServerInfo> {
  return success({ runningAppId } as ServerInfo);
}

async function quit(cancel: Result<XmlAnswer>, infos: readonly Result<ServerInfo>[], closeByWeb: QuitParts['closeByWeb'] = null) {
  const clock = new FakeClock();
  const left = [...infos];
  let looks = 0;
  const ending = quitApp({
    clock,
    place,
    closeByWeb,
    cancelApp: async () => cancel,
    serverInfo: async () => {
      looks++;
      return left.length > 1 ? (left.shift() ?? info(null)) : (left[0] ?? info(null));
    },
  });
  for (let turn = 0; turn < 100; turn++) {
    await Promise.resolve();
    clock.advance(500);
  }
  return { result: await ending, looks, pending: clock.pending };
}

describe('quitting', () => {
  it('is done when the host says that nothing runs', async () => {
    expect(await quit(said(200), [info(null)])).toEqual({ result: success(null), looks: 1, pending: 0 });
  });

  it('waits for an app that takes its time', async () => {
    expect(await quit(said(200), [info(5), info(5), info(null)])).toMatchObject({ result: success(null), looks: 3 });
  });

  it('is not believed when the app runs on', async () => {
    const { result, looks } = await quit(said(200), [info(5)]);
    expect(result).toMatchObject({ ok: false, failure: { kind: 'not-verified' } });
    expect(looks).toBe(10);
  });

  it('tells that a host of before 2025 wants its streams ended first', async () => {
    const { result, looks } = await quit(said(503), [info(5)]);
    expect(result).toMatchObject({ failure: { kind: 'host-busy', advice: expect.stringContaining('End every stream') as string } });
    expect(looks).toBe(0);
  });

  it('goes through the web page where that is known', async () => {
    let closed = 0;
    const { result } = await quit(said(503), [info(null)], async () => {
      closed++;
      return success(null);
    });
    expect(result).toEqual(success(null));
    expect(closed).toBe(1);
    const refused = await quit(said(503), [info(null)], async () => failure('auth-refused', 'm', 'a'));
    expect(refused.result).toMatchObject({ failure: { kind: 'auth-refused' } });
  });

  it('passes on every other trouble', async () => {
    expect((await quit(said(401), [])).result).toMatchObject({ failure: { kind: 'not-paired' } });
    expect((await quit(failure('timed-out', 'm', 'a'), [])).result).toMatchObject({ failure: { kind: 'timed-out' } });
    expect((await quit(said(200), [failure('host-unreachable', 'm', 'a')])).result).toMatchObject({ failure: { kind: 'host-unreachable' } });
  });
});
