// Libraries of any size with what real ones hold: many hosts, names of every length and script, covers, hidden and running apps.
import type { Entry } from '../../electron/common/entry';
import type { GameStreamHostView } from '../../electron/common/gamestream';
import type { EntryId, HostId } from '../../electron/common/ids';
import type { LibraryEntry, LibraryHost } from '../../electron/common/library';

const words = (
  'Half Life Portal Doom Quake Steam Witcher Hollow Knight Celeste Stardew Valley Factorio Baldur Gate Elden Ring Dark Souls ' +
  'Civilization Cities Skylines Anno Tomb Raider Metro Exodus Red Dead Redemption Forza Horizon Assassin Creed Far Cry Blind ' +
  'Forest Cuphead Hades Terraria Braid Limbo Inside Outer Wilds Disco Elysium Control Prey Dishonored Mirror Edge Rocket League'
).split(' ');

/** Names that a host may well send. */
const oddNames = [
  'سطح المكتب البعيد',
  'עולם המשחקים',
  'Ведьмак 3: Дикая Охота',
  '巫师3：狂猎',
  'ゼルダの伝説 ティアーズ オブ ザ キングダム',
  'Pokémon Légendes : Arceus – édition complète',
  'The Stanley Parable: Ultra Deluxe Edition with a subtitle that goes on and on and on until nobody reads it',
  'Doom\u202e gnp.exe',
  'A "quoted"\nname in two lines',
  '🎮 Couch co-op',
];

/** The same for the same seed: a linear congruential generator (Numerical Recipes). */
function numbers(seed: number): () => number {
  const state = { value: seed };
  return () => {
    state.value = (Math.imul(state.value, 1_664_525) + 1_013_904_223) >>> 0;
    return state.value / 2 ** 32;
  };
}

const hostCount = 8;

export function largeHosts(): LibraryHost[] {
  return Array.from({ length: hostCount }, (_, index) => ({
    record: { id: `rig-${index + 1}` as HostId, name: index === 6 ? 'Render node 7 in the far corner of the cellar' : `Rig ${index + 1}`, address: `192.168.1.${20 + index}` },
    reach: index % 4 === 3 ? 'offline' : 'online',
  }));
}

/** @param artUrl of the cover with this number; null: none */
export function largeEntries(count: number, nowMs: number, artUrl: (index: number) => string | null): LibraryEntry[] {
  const next = numbers(7);
  const pick = (): string => words[Math.floor(next() * words.length)] ?? '';
  return Array.from({ length: count }, (_, index) => {
    const odd = index % 97 === 5 ? oddNames[Math.floor(index / 97) % oddNames.length] : undefined;
    const name = odd ?? [pick(), pick(), next() < 0.5 ? pick() : '', next() < 0.3 ? String(Math.floor(next() * 9) + 2) : ''].filter((word) => word !== '').join(' ');
    const entry: Entry = {
      id: `app-${index}` as EntryId,
      host: `rig-${Math.floor(next() * hostCount) + 1}` as HostId,
      name,
      protocol: 'gamestream',
      app: name,
      fullScreen: false,
      favourite: index % 40 === 3,
      hidden: index % 50 === 9,
      resumeCountdownS: 3,
    };
    const wasUsed = index % 9 === 0;
    return {
      entry,
      client: { found: true, displayName: 'Moonlight 6.1.0' },
      lastUsedAtMs: wasUsed ? nowMs - index * 3_600_000 : null,
      playedMs: wasUsed ? Math.floor(next() * 90) * 1_800_000 : 0,
      artUrl: index % 5 === 4 ? null : artUrl(index),
      hasPassword: false,
    };
  });
}

/** The first host runs the first app, the second one's was left paused. */
export function largeHostStates(entries: readonly LibraryEntry[], nowMs: number): GameStreamHostView[] {
  const appOf = (hostId: string): string | null => entries.find(({ entry }) => entry.host === hostId && !entry.hidden)?.entry.app ?? null;
  return Array.from({ length: hostCount }, (_, index) => {
    const hostId = `rig-${index + 1}` as HostId;
    const runs = index === 0 || index === 1 || index === 6;
    return {
      hostId,
      uniqueId: `UNIQUE-${index + 1}`,
      addresses: [`192.168.1.${20 + index}`],
      httpPort: 47_989,
      paired: true,
      mac: null,
      state: index === 0 ? 'busy' : runs ? 'paused' : index % 4 === 3 ? 'asleep' : 'online',
      sinceMs: nowMs - 60_000,
      runningApp: runs ? appOf(hostId) : null,
    };
  });
}

/** A box cover drawn as SVG, 600 by 800 as most are. */
export function drawnCover(index: number): string {
  const hue = (index * 47) % 360;
  const svg =
    `<svg xmlns="http://www.w3.org/2000/svg" width="600" height="800"><defs><linearGradient id="g" x2="1" y2="1">` +
    `<stop stop-color="hsl(${hue} 70% 45%)"/><stop offset="1" stop-color="hsl(${(hue + 70) % 360} 60% 20%)"/></linearGradient></defs>` +
    `<rect width="600" height="800" fill="url(#g)"/><circle cx="${150 + ((index * 61) % 300)}" cy="420" r="190" fill="hsl(${(hue + 180) % 360} 70% 60%)"/>` +
    `<path d="M0 800L300 430L600 800z" fill="hsl(${hue} 40% 12%)"/>` +
    `<text x="300" y="150" font-family="sans-serif" font-weight="800" font-size="96" text-anchor="middle" fill="#fff">COVER ${index % 100}</text></svg>`;
  return `data:image/svg+xml,${encodeURIComponent(svg)}`;
}

export interface LargeScene {
  readonly hosts: readonly LibraryHost[];
  readonly entries: readonly LibraryEntry[];
  readonly gameStreamHosts: readonly GameStreamHostView[];
}

/** @param name `many-COUNT`, with covers unless `many-COUNT-bare`; null: another scene */
export function largeScene(name: string, nowMs: number): LargeScene | null {
  const [, count, bare] = /^many-(\d+)(-bare)?$/.exec(name) ?? [];
  if (count === undefined) return null;
  const entries = largeEntries(Number(count), nowMs, bare === undefined ? drawnCover : () => null);
  return { hosts: largeHosts(), entries, gameStreamHosts: largeHostStates(entries, nowMs) };
}
