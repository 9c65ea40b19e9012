// Passwords: read once, given or forgotten by the user, and a keyring that does not always want to.
import { beforeEach, describe, expect, it } from 'vitest';
import { entryIdSchema } from '../../../../electron/common/ids';
import { Passwords } from '../../../../electron/domain/library/passwords';
import { FakeSecretStore } from '../../../fakes/fake-secret-store';
import { SilentLog } from '../../../fakes/silent-log';

const desk = entryIdSchema.parse('desk');
const key = 'entry/desk/password';

class Drawer {
  readonly store = new FakeSecretStore();
  readonly log = new SilentLog();
  readonly passwords = new Passwords(this.store, this.log);
  changes = 0;

  constructor() {
    this.passwords.onChange(() => (this.changes += 1));
  }

  async read(): Promise<string | null> {
    return (await this.passwords.read(desk))?.reveal() ?? null;
  }
}

const place: { drawer: Drawer } = { drawer: new Drawer() };
beforeEach(() => {
  place.drawer = new Drawer();
});

describe('reading', () => {
  it('asks the keyring once, whether it knows one or not', async () => {
    const { drawer } = place;
    expect([await drawer.read(), await drawer.read()]).toEqual([null, null]);
    expect(drawer.store.calls).toEqual([`read ${key}`]);
    const other = new Drawer();
    other.store.kept.set(key, 'pw');
    expect([await other.read(), await other.read()]).toEqual(['pw', 'pw']);
    expect(other.store.calls).toEqual([`read ${key}`]);
  });

  it('asks it once when two want to know at the same time: each question may open a dialog', async () => {
    const { drawer } = place;
    drawer.store.kept.set(key, 'pw');
    expect(await Promise.all([drawer.read(), drawer.read()])).toEqual(['pw', 'pw']);
    expect(drawer.store.calls).toHaveLength(1);
  });

  it('goes on without one when the keyring refuses, and asks again the next time', async () => {
    const { drawer } = place;
    drawer.store.kept.set(key, 'pw');
    drawer.store.refusal = new Error('locked');
    expect(await drawer.read()).toBeNull();
    expect(drawer.log.heard).toMatchObject([{ level: 'warn', fields: { entry: 'desk' } }]);
    drawer.store.refusal = null;
    expect(await drawer.read()).toBe('pw');
  });

  it('never takes an old password for one that was given while the keyring was asked', async () => {
    const { drawer } = place;
    drawer.store.kept.set(key, 'old');
    const gate: { open: () => void } = { open: () => undefined };
    drawer.store.opens = new Promise((resolve) => (gate.open = resolve));
    const reading = drawer.read();
    await drawer.passwords.give(desk, 'new', false);
    gate.open();
    expect([await reading, await drawer.read()]).toEqual(['new', 'new']);
  });
});

describe('giving', () => {
  it('holds one that is not to be remembered until Athena closes', async () => {
    const { drawer } = place;
    await drawer.passwords.give(desk, 'pw', false);
    expect([await drawer.read(), drawer.passwords.has(desk), drawer.store.calls, drawer.changes]).toEqual(['pw', true, [], 1]);
  });

  it('keeps one that is', async () => {
    const { drawer } = place;
    await drawer.passwords.give(desk, 'pw', true);
    expect(drawer.store.kept.get(key)).toBe('pw');
  });

  it('holds it also when the keyring refuses, and says so', async () => {
    const { drawer } = place;
    drawer.store.refusal = new Error('locked');
    await expect(drawer.passwords.give(desk, 'pw', true)).rejects.toThrow('locked');
    expect(await drawer.read()).toBe('pw');
  });
});

describe('forgetting', () => {
  it('takes it out of memory and out of the keyring', async () => {
    const { drawer } = place;
    await drawer.passwords.give(desk, 'pw', true);
    await drawer.passwords.forget(desk);
    expect([await drawer.read(), drawer.passwords.has(desk), drawer.store.kept.size]).toEqual([null, false, 0]);
  });
});

it('knows after a look at all of them which entries have one', async () => {
  const { drawer } = place;
  drawer.store.kept.set(key, 'pw');
  expect(drawer.passwords.has(desk)).toBe(false);
  await drawer.passwords.preload([desk, entryIdSchema.parse('other')]);
  expect([drawer.passwords.has(desk), drawer.passwords.has(entryIdSchema.parse('other')), drawer.changes]).toEqual([true, false, 1]);
});
