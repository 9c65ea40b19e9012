// The figures of the machine Athena runs on, once a second, in the thread it is created in.
import { execFile } from 'node:child_process';
import { readdirSync, readFileSync, statSync } from 'node:fs';
import { networkInterfaces, uptime } from 'node:os';
import { join } from 'node:path';
import type { TelemetryFigures, TelemetryReading } from '../../common/telemetry';
import type { Clock } from '../../domain/clock';
import { deviceTowards } from '../network/route-table';
import { leaseDirectories, leaseEnd, type LeaseFile } from './lease-files';
import { accessPointOf, cardFiles, figuresBetween, machinePaths, readMachine, type MachineFiles, type MachineLook } from './machine-files';
import { ProcFile } from './proc-file';
import { QueueDrops } from './queue-drops';

export const readingEveryMs = 1_000;
/** Routes change seldom, and leases more seldom still. */
const routeEveryMs = 5_000;
const leaseEveryMs = 60_000;
/** A lease file is small; anything longer is none. */
const leaseBytes = 200_000;
const iwLimitMs = 2_000;

export interface LocalMachineParts {
  readonly clock: Clock;
  readonly told: (reading: TelemetryReading) => void;
  readonly platform?: NodeJS.Platform;
}

export class LocalMachine {
  private readonly open = new Map<string, ProcFile | null>();
  private readonly queueDrops: QueueDrops;
  private timer: NodeJS.Timeout | null = null;
  private towards: string | null = null;
  private card: string | null = null;
  private before: { readonly look: MachineLook; readonly tMs: number } | null = null;
  private routedAt = Number.NEGATIVE_INFINITY;
  private leaseAt = Number.NEGATIVE_INFINITY;
  private leaseEndsAtMs: number | null = null;
  private accessPoint: string | undefined;
  private isAskingAccessPoint = false;

  constructor(private readonly parts: LocalMachineParts) {
    this.queueDrops = new QueueDrops(() => parts.clock.monotonicMs());
  }

  /** Begins, or goes on with another card. @param towards an address of whoever the card leads to; null: out into the world */
  observe(towards: string | null): void {
    if (towards !== this.towards) this.routedAt = Number.NEGATIVE_INFINITY;
    this.towards = towards;
    this.timer ??= setInterval(() => this.tell(), readingEveryMs);
  }

  dispose(): void {
    if (this.timer) clearInterval(this.timer);
    this.timer = null;
    this.queueDrops.dispose();
    for (const file of this.open.values()) file?.close();
    this.open.clear();
  }

  private tell(): void {
    const { clock, told, platform = process.platform } = this.parts;
    const figures = platform === 'linux' ? this.figures() : { uptimeS: uptime() };
    told({ source: { kind: 'self' }, atMs: clock.nowMs(), figures });
  }

  private figures(): TelemetryFigures {
    const tMs = this.parts.clock.monotonicMs();
    this.chooseCard(tMs);
    const { card } = this;
    const look = readMachine(this.files(card), card);
    const seconds = this.before === null ? 0 : (tMs - this.before.tMs) / 1_000;
    const figures = figuresBetween(this.before?.look ?? null, look, seconds);
    this.before = { look, tMs };
    if (card === null) return figures;
    const qdiscDrops = this.queueDrops.ask(card);
    this.lookForLease(tMs, card);
    if (figures.wifiSignalDbm !== undefined) this.lookForAccessPoint(card);
    return {
      ...figures,
      ...(qdiscDrops !== undefined && { qdiscDrops }),
      ...(figures.wifiSignalDbm !== undefined && this.accessPoint !== undefined && { wifiAccessPoint: this.accessPoint }),
      ...(this.leaseEndsAtMs !== null && { leaseS: Math.round((this.leaseEndsAtMs - this.parts.clock.nowMs()) / 1_000) }),
    };
  }

  private chooseCard(tMs: number): void {
    if (tMs - this.routedAt < routeEveryMs) return;
    this.routedAt = tMs;
    const routes = this.read('/proc/net/route') ?? '';
    const card = deviceTowards(routes, this.towards) ?? deviceTowards(routes, null);
    // While its link is down a card has no routes, and that is when its figures tell most.
    if (card === null || card === this.card) return;
    this.card = card;
    this.leaseAt = Number.NEGATIVE_INFINITY;
    this.leaseEndsAtMs = null;
    this.accessPoint = undefined;
  }

  private files(card: string | null): MachineFiles {
    const paths = [...machinePaths, ...(card === null ? [] : cardFiles.map((file) => `/sys/class/net/${card}/${file}`))];
    return new Map(paths.flatMap((path) => {
      const text = this.read(path);
      return text === null ? [] : [[path, text] as const];
    }));
  }

  /** /proc through a descriptor that stays open; /sys anew each time, because a card may go and come back by the same name. */
  private read(path: string): string | null {
    if (!path.startsWith('/proc/')) return readText(path);
    if (!this.open.has(path)) this.open.set(path, ProcFile.open(path));
    return this.open.get(path)?.read() ?? null;
  }

  private lookForLease(tMs: number, card: string): void {
    if (tMs - this.leaseAt < leaseEveryMs) return;
    this.leaseAt = tMs;
    const own = networkInterfaces()[card]?.find(({ family }) => family === 'IPv4')?.address;
    this.leaseEndsAtMs = own === undefined ? null : leaseEnd(leaseFiles(), own);
  }

  private lookForAccessPoint(card: string): void {
    if (this.isAskingAccessPoint) return;
    this.isAskingAccessPoint = true;
    const env = { ...process.env, PATH: `${process.env['PATH'] ?? ''}:/usr/sbin:/sbin`, LC_ALL: 'C' };
    execFile('iw', ['dev', card, 'link'], { timeout: iwLimitMs, killSignal: 'SIGKILL', env }, (error, stdout) => {
      this.isAskingAccessPoint = false;
      this.accessPoint = error ? undefined : accessPointOf(stdout);
    });
  }
}

function leaseFiles(): LeaseFile[] {
  return leaseDirectories.flatMap((directory) => {
    try {
      return readdirSync(directory).flatMap((name) => {
        const path = join(directory, name);
        const { size, mtimeMs } = statSync(path);
        const text = size > leaseBytes ? null : readText(path);
        return text === null ? [] : [{ path, text, changedAtMs: mtimeMs }];
      });
    } catch {
      return []; // another client, or not for this user to read
    }
  });
}

function readText(path: string): string | null {
  try {
    return readFileSync(path, 'latin1');
  } catch {
    return null; // not on this machine, or not while the link is down (sysfs says EINVAL then)
  }
}
