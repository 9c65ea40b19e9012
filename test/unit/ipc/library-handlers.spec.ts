// What the window may do to the library; every reply is held against the contract.
import { beforeEach, describe, expect, it } from 'vitest';
import { entryIdSchema } from '../../../electron/common/ids';
import { FakeWindow } from '../../fakes/fake-window';

const place: { window: FakeWindow } = { window: new FakeWindow() };

beforeEach(async () => {
  place.window = new FakeWindow();
  await place.window.house.services.library.load();
});

const notFound = { ok: false, failure: { kind: 'not-found' } };
const done = { ok: true, value: undefined };

describe('the library', () => {
  it('keeps the secret of a way of pausing out of what is shown, and forgets it when it is emptied', async () => {
    const { window } = place;
    const { library, pauseSecrets } = window.house.services;
    const pause = { by: 'webhook', pause: 'https://hook.lan/pause', resume: 'https://hook.lan/resume', secretHeader: 'x-key' } as const;
    const form = { name: 'Hooked', protocol: 'vnc', address: '192.0.2.9', pause } as const;
    const added = await window.ask('library:add', { ...form, pauseSecret: 'open sesame' });
    if (!added.ok) throw new Error(added.failure.message);
    const host = library.hosts.find(({ address }) => address === '192.0.2.9');
    if (!host) throw new Error('the host is missing');
    expect((await pauseSecrets.read(host, pause))?.reveal()).toBe('open sesame');
    expect(JSON.stringify(await window.ask('library:read', undefined))).not.toContain('sesame');
    await window.ask('library:edit', { entryId: added.value, form });
    expect((await pauseSecrets.read(host, pause))?.reveal()).toBe('open sesame');
    await window.ask('library:edit', { entryId: added.value, form: { ...form, pauseSecret: '' } });
    expect(await pauseSecrets.read(host, pause)).toBeNull();
  });

  it('is told whole when it is asked for, and its start in the snapshot of a large one', async () => {
    const { window } = place;
    const { library, libraryView } = window.house.services;
    for (let number = 0; number < 420; number += 1) {
      const added = await library.add({ name: `Desk ${number}`, protocol: 'vnc', address: '192.0.2.9', fullScreen: false, resumeCountdownS: 3 });
      if (!added.ok) throw new Error(added.failure.message);
    }
    const whole = await window.ask('library:read', undefined);
    expect(whole).toEqual(libraryView());
    expect(whole.entries.length).toBeGreaterThan(420);
    expect(whole.entriesToCome).toBeUndefined();
    const { library: start } = await window.ask('app:snapshot', undefined);
    expect(start.entries.length + (start.entriesToCome ?? 0)).toBe(whole.entries.length);
    expect(start.entriesToCome).toBeGreaterThan(0);
  });

  const form = { name: 'Desk', protocol: 'vnc', address: '192.168.1.20' } as const;

  it('adds an entry with its password', async () => {
    const { window } = place;
    const added = await window.ask('library:add', { ...form, password: 'pw' });
    expect(added).toEqual({ ok: true, value: 'desk-2' });
    expect(window.house.secrets.kept.get('entry/desk-2/password')).toBe('pw');
    expect(JSON.stringify(window.house.libraryStore.saved)).not.toContain('pw');
  });

  it('gives a new entry no password that an older one of this id has left', async () => {
    const { window } = place;
    window.house.secrets.kept.set('entry/game/password', 'of another host');
    await window.ask('library:add', { ...form, name: 'Game', address: '10.0.0.9' });
    expect(window.house.secrets.kept.size).toBe(0);
    expect(await window.house.services.passwords.read(entryIdSchema.parse('game'))).toBeNull();
  });

  it.each([
    [undefined, 'old'],
    ['', undefined],
    ['new', 'new'],
  ])('an edit with the password %j leaves %j', async (password, kept) => {
    const { window } = place;
    window.house.secrets.kept.set('entry/desk/password', 'old');
    const edited = await window.ask('library:edit', { entryId: 'desk', form: { ...form, ...(password !== undefined && { password }) } });
    expect(edited).toEqual({ ok: true, value: 'desk' });
    expect(window.house.secrets.kept.get('entry/desk/password')).toBe(kept);
  });

  it('an entry is there although the keyring refuses, and its password holds for this run', async () => {
    const { window } = place;
    window.house.secrets.refusal = new Error('locked');
    const added = await window.ask('library:add', { ...form, name: 'Game', password: 'pw' });
    expect(added).toEqual({ ok: true, value: 'game' });
    expect((await window.house.services.passwords.read(entryIdSchema.parse('game')))?.reveal()).toBe('pw');
    expect(window.house.log.heard).toMatchObject([{ level: 'warn', fields: { entry: 'game' } }]);
  });

  it('keeps no password of an entry that could not be saved', async () => {
    const { window } = place;
    window.house.libraryStore.refusal = new Error('disk full');
    expect(await window.ask('library:add', { ...form, name: 'Game', password: 'pw' })).toMatchObject({ ok: false, failure: { kind: 'io' } });
    expect(window.house.secrets.calls).toEqual([]);
  });

  it('removes, restores and marks, and says what is not there', async () => {
    const { window } = place;
    expect(await window.ask('library:remove', { entryId: 'desk' })).toEqual(done);
    expect(await window.ask('library:remove', { entryId: 'desk' })).toMatchObject(notFound);
    expect(await window.ask('library:restore', { entryId: 'desk' })).toEqual(done);
    expect(await window.ask('library:restore', { entryId: 'desk' })).toMatchObject(notFound);
    expect(await window.ask('library:set-favourite', { entryId: 'desk', favourite: true })).toEqual(done);
    expect(await window.ask('library:set-favourite', { entryId: 'nothing', favourite: true })).toMatchObject(notFound);
    expect(window.house.services.library.entry(entryIdSchema.parse('desk'))?.favourite).toBe(true);
  });
});
