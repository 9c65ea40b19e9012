// What the window may ask: only our own page, only what the contract says, and every answer as it promises.
import type { IpcMainInvokeEvent } from 'electron';
import { describe, expect, it } from 'vitest';
import { invokeChannels } from '../../../electron/common/ipc-contract';
import { allHandlers } from '../../../electron/ipc/handlers';
import { serve, type Handlers, type InvokePort } from '../../../electron/ipc/serve';
import { FakeHouse } from '../../fakes/fake-services';
import { SilentLog } from '../../fakes/silent-log';
import { FakeDesktop } from '../../fakes/fake-desktop';
import { FakeWindowView } from '../../fakes/fake-window-view';

type Answer = Parameters<InvokePort['handle']>[1];

class Desk {
  readonly log = new SilentLog();
  readonly answers = new Map<string, Answer>();
  readonly calls: unknown[] = [];
  readonly ours = { senderFrame: { url: 'file:///athena/index.html' } } as IpcMainInvokeEvent;
  readonly stranger = { senderFrame: { url: 'https://evil.example/' } } as IpcMainInvokeEvent;

  constructor(reply: (channel: string, args: unknown) => unknown = () => undefined) {
    const handlers = Object.fromEntries(
      invokeChannels.map((channel) => [
        channel,
        (args: unknown) => {
          this.calls.push([channel, args]);
          return reply(channel, args);
        },
      ]),
    ) as unknown as Handlers;
    serve(handlers, (event) => event === this.ours, this.log, {
      handle: (channel, answer) => {
        if (this.answers.has(channel)) throw new Error(`second handler for ${channel}`);
        this.answers.set(channel, answer);
      },
    });
  }

  ask(channel: string, args: unknown, event = this.ours): Promise<unknown> {
    const answer = this.answers.get(channel);
    return answer ? answer(event, args) : Promise.reject(new Error(`nobody serves ${channel}`));
  }
}

it('serves every channel of the contract once, and no other', () => {
  expect([...new Desk().answers.keys()].sort()).toEqual([...invokeChannels].sort());
});

it('has a handler for every channel of the contract', () => {
  const handlers = allHandlers(new FakeHouse().services, { save: async () => ({ ok: true, value: null }), choose: async () => [] }, new FakeWindowView(), new FakeDesktop());
  expect(Object.keys(handlers).sort()).toEqual([...invokeChannels].sort());
});

describe('a question', () => {
  it('from our page is handed on with its arguments, and answered', async () => {
    const desk = new Desk(() => ({ ok: true, value: 's1' }));
    expect(await desk.ask('session:launch', { entryId: 'desk' })).toEqual({ ok: true, value: 's1' });
    expect(desk.calls).toEqual([['session:launch', { entryId: 'desk' }]]);
  });

  it('gets what the contract fills in', async () => {
    const desk = new Desk();
    await desk.ask('library:add', { name: ' Desk ', protocol: 'vnc', address: 'rig.local' });
    expect(desk.calls).toEqual([
      ['library:add', { name: 'Desk', protocol: 'vnc', address: 'rig.local', fullScreen: false, resumeCountdownS: 3 }],
    ]);
  });

  it('from anybody else is refused before anything happens, and the log says who it was', async () => {
    const desk = new Desk();
    for (const channel of invokeChannels) await expect(desk.ask(channel, undefined, desk.stranger)).rejects.toThrow('bad-input');
    expect(desk.calls).toEqual([]);
    expect(desk.log.heard[0]).toMatchObject({ level: 'warn', fields: { channel: invokeChannels[0], url: 'https://evil.example/' } });
  });

  it('from a frame that is gone already is refused, too', async () => {
    const desk = new Desk();
    await expect(desk.ask('app:snapshot', undefined, { senderFrame: null } as IpcMainInvokeEvent)).rejects.toThrow('bad-input');
  });

  it.each<[string, unknown]>([
    ['session:launch', undefined],
    ['session:launch', 'desk'],
    ['session:launch', { entryId: '../../etc' }],
    ['session:launch', { entryId: 'desk', force: true }],
    ['session:launch', { entryId: ['desk'] }],
    ['app:snapshot', {}],
    ['session:stop', { sessionId: '' }],
    ['session:stop', { sessionId: 'x'.repeat(65) }],
    ['session:give-password', { sessionId: 's1', password: 'a\nb', remember: false }],
    ['session:give-password', { sessionId: 's1', password: 'x'.repeat(1_025), remember: false }],
    ['session:give-password', { sessionId: 's1', password: 'pw' }],
    ['library:add', { name: '', protocol: 'vnc', address: 'rig' }],
    ['library:add', { name: 'Desk', protocol: 'practice', address: 'rig' }],
    ['library:add', { name: 'Desk', protocol: 'vnc', address: '-oProxyCommand=x' }],
    ['library:add', { name: 'Desk', protocol: 'vnc', address: 'rig', port: 70_000 }],
    ['library:add', { name: 'Desk', protocol: 'vnc', address: 'rig', pause: { by: 'command', pattern: '(' } }],
    ['library:add', { name: 'Desk', protocol: 'vnc', address: 'rig', ssh: { user: '-oProxyCommand=x' } }],
    ['host:trust-key', { hostId: 'rig', address: 'rig', keyType: 'ssh-ed25519' }],
    ['library:set-favourite', { entryId: 'desk', favourite: 'yes' }],
  ])('%s with %j is refused', async (channel, args) => {
    const desk = new Desk();
    await expect(desk.ask(channel, args)).rejects.toThrow('bad-input');
    expect(desk.calls).toEqual([]);
  });

  it('with wrong arguments leaves them out of the log and out of the refusal: they may hold a password', async () => {
    const desk = new Desk();
    const refusal = desk.ask('session:give-password', { sessionId: 's1', password: 'correct\nhorse', remember: 'correct' });
    await expect(refusal).rejects.not.toThrow('correct');
    expect(JSON.stringify(desk.log.heard)).not.toContain('correct');
    expect(desk.log.heard).toMatchObject([{ level: 'warn', fields: { channel: 'session:give-password' } }]);
  });

  it('whose handler throws is rejected, and the bug reaches the log', async () => {
    const desk = new Desk(() => {
      throw new Error('a bug');
    });
    await expect(desk.ask('app:snapshot', undefined)).rejects.toThrow('a bug');
    expect(desk.log.heard).toMatchObject([{ level: 'error', fields: { channel: 'app:snapshot', error: new Error('a bug') } }]);
  });
});
