// What a desktop's panel does for tray icons: takes their registration, reads them, shows their menu and clicks in it.
import { Message, MessageType, sessionBus, Variant, type MessageBus } from 'dbus-next';

export interface TrayMenuItem {
  readonly id: number;
  /** Without the underscore that marks its key. */
  readonly label: string;
  readonly isSeparator: boolean;
  readonly isEnabled: boolean;
}

export interface TrayIcon {
  readonly widthPx: number;
  readonly heightPx: number;
  /** Each pixel's four bytes: alpha, red, green, blue. */
  readonly argb: Buffer;
}

export interface TrayItem {
  title(): Promise<string>;
  toolTip(): Promise<string>;
  /** The largest one it offers. */
  icon(): Promise<TrayIcon>;
  menu(): Promise<readonly TrayMenuItem[]>;
  /** What a left click on the icon does. */
  activate(): Promise<void>;
  /** @throws when the menu has no such item that can be chosen */
  choose(label: string): Promise<void>;
}

export interface TrayWatcher {
  /** The newest item whose program still runs. */
  item(): Promise<TrayItem>;
  /** How many items are registered by programs that still run. */
  count(): Promise<number>;
  stop(): Promise<void>;
}

const watcherName = 'org.kde.StatusNotifierWatcher';
const itemInterface = 'org.kde.StatusNotifierItem';
const menuInterface = 'com.canonical.dbusmenu';
const itemLimitMs = 15_000;

interface Registered {
  readonly destination: string;
  readonly path: string;
}

/**
 * A StatusNotifierWatcher that is its own host (https://www.freedesktop.org/wiki/Specifications/StatusNotifierItem/).
 * @param busAddress the session bus it serves
 */
export async function startTrayWatcher(busAddress: string): Promise<TrayWatcher> {
  const bus = sessionBus({ busAddress });
  // A bus that is gone already is told by the call that fails.
  bus.on('error', () => undefined);
  const registered: Registered[] = [];
  bus.addMethodHandler((message: Message) => answer(bus, message, registered));
  await bus.requestName(watcherName, 0);
  const alive = async (): Promise<Registered[]> => {
    const owned = await Promise.all(registered.map(({ destination }) => hasOwner(bus, destination)));
    return registered.filter((_item, index) => owned[index]);
  };
  return {
    count: async () => (await alive()).length,
    item: async () => {
      const deadline = performance.now() + itemLimitMs;
      for (;;) {
        const newest = (await alive()).at(-1);
        if (newest) return itemAt(bus, newest);
        if (performance.now() > deadline) throw new Error(`no tray item after ${itemLimitMs} ms`);
        await new Promise((resolve) => setTimeout(resolve, 50));
      }
    },
    stop: async () => {
      await bus.releaseName(watcherName).catch(() => undefined); // the bus went first
      bus.disconnect();
    },
  };
}

/** @returns whether it was for us */
function answer(bus: MessageBus, message: Message, registered: Registered[]): boolean {
  if (message.type !== MessageType.METHOD_CALL || message.path !== '/StatusNotifierWatcher') return false;
  const [first, second] = message.body as [string?, string?];
  switch (message.member) {
    case 'RegisterStatusNotifierItem':
      // Some name their bus name, others the object's path and mean the sender's.
      registered.push(
        first?.startsWith('/')
          ? { destination: message.sender, path: first }
          : { destination: first ?? message.sender, path: '/StatusNotifierItem' },
      );
      bus.send(Message.newMethodReturn(message));
      bus.send(Message.newSignal(message.path, watcherName, 'StatusNotifierItemRegistered', 's', [first ?? '']));
      return true;
    case 'RegisterStatusNotifierHost':
      bus.send(Message.newMethodReturn(message));
      return true;
    case 'Get':
      bus.send(Message.newMethodReturn(message, 'v', [propertyOf(second, registered)]));
      return true;
    case 'GetAll': {
      const names = ['IsStatusNotifierHostRegistered', 'ProtocolVersion', 'RegisteredStatusNotifierItems'];
      const all = Object.fromEntries(names.map((name) => [name, propertyOf(name, registered)]));
      bus.send(Message.newMethodReturn(message, 'a{sv}', [all]));
      return true;
    }
    default:
      return false;
  }
}

function propertyOf(name: string | undefined, registered: readonly Registered[]): Variant {
  switch (name) {
    case 'IsStatusNotifierHostRegistered':
      return new Variant('b', true);
    case 'ProtocolVersion':
      return new Variant('i', 0);
    default:
      return new Variant('as', registered.map(({ destination, path }) => destination + path));
  }
}

async function call(bus: MessageBus, message: ConstructorParameters<typeof Message>[0]): Promise<unknown[]> {
  const reply = await bus.call(new Message(message));
  return (reply?.body ?? []) as unknown[];
}

async function hasOwner(bus: MessageBus, name: string): Promise<boolean> {
  const [owned] = await call(bus, {
    destination: 'org.freedesktop.DBus',
    path: '/org/freedesktop/DBus',
    interface: 'org.freedesktop.DBus',
    member: 'NameHasOwner',
    signature: 's',
    body: [name],
  });
  return owned === true;
}

function itemAt(bus: MessageBus, { destination, path }: Registered): TrayItem {
  const property = async (name: string): Promise<unknown> => {
    const body = [itemInterface, name];
    const [variant] = await call(bus, { destination, path, interface: 'org.freedesktop.DBus.Properties', member: 'Get', signature: 'ss', body });
    return (variant as Variant).value;
  };
  const menuPath = async (): Promise<string> => (await property('Menu')) as string;
  const menu = async (): Promise<TrayMenuItem[]> => {
    const [, layout] = await call(bus, {
      ...{ destination, path: await menuPath(), interface: menuInterface },
      ...{ member: 'GetLayout', signature: 'iias', body: [0, -1, []] },
    });
    const [, , children] = layout as MenuNode;
    return children.map((child) => menuItemOf(child.value as MenuNode));
  };
  return {
    title: async () => (await property('Title')) as string,
    toolTip: async () => {
      const [, , title, text] = (await property('ToolTip')) as [string, unknown, string, string];
      return [title, text].filter((part) => part !== '').join('\n');
    },
    icon: async () => {
      const pixmaps = (await property('IconPixmap')) as [number, number, Buffer][];
      const [largest] = pixmaps.map(([widthPx, heightPx, argb]) => ({ widthPx, heightPx, argb })).sort((a, b) => b.widthPx - a.widthPx);
      if (!largest) throw new Error('the tray item has no icon');
      return largest;
    },
    menu,
    activate: async () => {
      await call(bus, { destination, path, interface: itemInterface, member: 'Activate', signature: 'ii', body: [0, 0] });
    },
    choose: async (label) => {
      const chosen = (await menu()).find((item) => item.label === label && item.isEnabled);
      if (!chosen) throw new Error(`the tray's menu has no "${label}" to choose`);
      await call(bus, {
        ...{ destination, path: await menuPath(), interface: menuInterface },
        ...{ member: 'Event', signature: 'isvu', body: [chosen.id, 'clicked', new Variant('i', 0), 0] },
      });
    },
  };
}

type MenuNode = [id: number, properties: Readonly<Record<string, Variant>>, children: readonly Variant[]];

function menuItemOf([id, properties]: MenuNode): TrayMenuItem {
  const value = (name: string, usual: unknown): unknown => properties[name]?.value ?? usual;
  return {
    id,
    label: String(value('label', '')).replaceAll(/_(.)/g, '$1'),
    isSeparator: value('type', 'standard') === 'separator',
    isEnabled: value('enabled', true) === true,
  };
}
