// The window's channels for what other programs know; every question and reply is held against the contract.
import { beforeEach, describe, expect, it } from 'vitest';
import type { FoundConnection } from '../../../electron/domain/imports/connection-files';
import { FakeWindow } from '../../fakes/fake-window';

const office: FoundConnection = {
  id: 'rdp:/home/me/office.rdp',
  source: 'rdp',
  file: '/home/me/office.rdp',
  reading: { kind: 'desktop', desktop: { name: 'Lab', protocol: 'rdp', address: '10.0.0.5', port: 3389, username: null, fullScreen: false }, notes: [] },
};

const place: { window: FakeWindow } = { window: new FakeWindow() };

beforeEach(async () => {
  place.window = new FakeWindow();
  await place.window.house.services.library.load();
});

describe('an import', () => {
  it('is looked for, chosen by hand, added and undone', async () => {
    const { window } = place;
    window.house.connectionFiles.elsewhere = [office];
    expect(await window.ask('import:look', undefined)).toEqual({ ok: true, value: { candidates: [], troubles: [] } });
    expect(await window.ask('import:choose-files', undefined)).toMatchObject({ value: { candidates: [] } });
    window.house.chosenFiles = [office.file];
    expect(await window.ask('import:choose-files', undefined)).toMatchObject({ value: { candidates: [{ id: office.id, name: 'Lab', state: { kind: 'new' } }] } });
    expect(await window.ask('import:add', { ids: [office.id] })).toMatchObject({ ok: true, value: { entryIds: ['lab'] } });
    expect(await window.ask('import:look', undefined)).toMatchObject({ value: { candidates: [{ state: { kind: 'known', name: 'Lab' } }] } });
    expect(await window.ask('import:undo', undefined)).toEqual({ ok: true, value: undefined });
    expect(window.house.services.library.entries.map(({ id }) => id)).toEqual(['desk', 'office']);
  });

  it('of nothing, or of what nobody listed, is refused', async () => {
    const { window } = place;
    await expect(window.ask('import:add', { ids: [] })).rejects.toThrow();
    expect(await window.ask('import:add', { ids: ['/etc/shadow'] })).toMatchObject({ ok: false, failure: { kind: 'not-found' } });
  });
});

describe('the programs that show streams', () => {
  it('are told for each protocol, with what to install for a missing one', async () => {
    expect(await place.window.ask('client:survey', undefined)).toEqual({
      ok: true,
      value: [
        { protocol: 'vnc', client: { found: true, displayName: 'TigerVNC 1.12.0' } },
        { protocol: 'rdp', client: { found: false, displayName: 'FreeRDP', advice: 'Install freerdp2-x11.' } },
        { protocol: 'gamestream', client: { found: true, displayName: 'TigerVNC 1.12.0' } },
      ],
    });
  });
});
