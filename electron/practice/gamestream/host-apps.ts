// The apps that the practice host offers, with the ids and covers a GameStream client sees.
import { createHash } from 'node:crypto';
import { crc32, drawPng } from './png-picture';

export interface HostApp {
  readonly id: number;
  readonly name: string;
  readonly hdr: boolean;
  /** PNG; null: none of its own, clients get the default picture. */
  readonly cover: Buffer | null;
  /** `game`: the practice game's processes; `nothing`: runs until it is ended, as a desktop does. */
  readonly runs: 'game' | 'nothing';
}

export type HostAppPlan = Omit<HostApp, 'id'>;

/** Moonlight's covers have this shape. */
const coverWidthPx = 150;
const coverHeightPx = 200;

export const defaultCover: Buffer = drawPng(130, 180, [90, 90, 90]);

export const practiceGameName = 'Practice game';

/** The third name holds what breaks careless readers of XML, CSV and command lines: quotes, markup, a newline, right-to-left. */
export const practiceApps: readonly HostAppPlan[] = [
  { name: practiceGameName, hdr: true, cover: drawPng(coverWidthPx, coverHeightPx, [64, 160, 255]), runs: 'game' },
  { name: 'Desktop', hdr: false, cover: drawPng(coverWidthPx, coverHeightPx, [120, 200, 120]), runs: 'nothing' },
  { name: 'He said "5 > 3 & 2"\nמשחק', hdr: false, cover: null, runs: 'nothing' },
];

/**
 * Sunshine's ids: the CRC-32 of the name followed by the SHA-256 of the cover in lower-case hex, read as a signed number
 * without its sign. An id that is taken already counts the app's position in as well.
 */
export function withIds(plans: readonly HostAppPlan[]): readonly HostApp[] {
  const taken = new Set<number>();
  return plans.map((plan, index) => {
    const cover = plan.cover === null ? '' : createHash('sha256').update(plan.cover).digest('hex');
    let id = idOf(plan.name + cover);
    if (taken.has(id)) id = idOf(plan.name + cover + String(index));
    taken.add(id);
    return { ...plan, id };
  });
}

function idOf(text: string): number {
  return Math.abs(crc32(Buffer.from(text)) | 0);
}
