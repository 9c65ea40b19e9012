// Reads until when a DHCP client holds its address, from the files that the usual clients leave behind.

export interface LeaseFile {
  readonly path: string;
  readonly text: string;
  /** Epoch milliseconds of its last change. */
  readonly changedAtMs: number;
}

/** Directories of systemd-networkd, ISC dhclient (also as NetworkManager starts it), and NetworkManager's own client. */
export const leaseDirectories = ['/run/systemd/netif/leases', '/var/lib/dhcp', '/var/lib/NetworkManager'] as const;

/**
 * @param address the machine's own, so that leases of other cards do not count
 * @returns epoch milliseconds at which the lease ends; null: no file tells
 */
export function leaseEnd(files: readonly LeaseFile[], address: string): number | null {
  const ends = files.flatMap((file) => (file.path.endsWith('.leases') ? dhclientEnds(file.text, address) : keyFileEnds(file, address)));
  return ends.length === 0 ? null : Math.max(...ends);
}

/** dhclient.leases(5): blocks, the newest last; times in UTC, or as seconds since the epoch. */
function dhclientEnds(text: string, address: string): number[] {
  return text.split('lease {').flatMap((block) => {
    if (/^\s*fixed-address ([^;]+);/m.exec(block)?.[1] !== address) return [];
    const epoch = /^\s*expire epoch (\d+);/m.exec(block)?.[1];
    if (epoch !== undefined) return [Number(epoch) * 1_000];
    const [, year, month, day, hour, minute, second] = /^\s*expire \d (\d{4})\/(\d\d)\/(\d\d) (\d\d):(\d\d):(\d\d);/m.exec(block) ?? [];
    return year === undefined ? [] : [Date.UTC(Number(year), Number(month) - 1, Number(day), Number(hour), Number(minute), Number(second))];
  });
}

/** What systemd-networkd and NetworkManager write: KEY=value; the length of the lease counts from when it was written. */
function keyFileEnds({ text, changedAtMs }: LeaseFile, address: string): number[] {
  const value = (key: string): string | undefined => new RegExp(`^${key}=(.*)$`, 'm').exec(text)?.[1]?.trim();
  if (value('ADDRESS')?.split('/')[0] !== address) return [];
  const expiry = Number(value('EXPIRY') ?? NaN);
  if (Number.isFinite(expiry)) return [expiry * 1_000];
  const lifetime = Number(value('LIFETIME') ?? NaN);
  return Number.isFinite(lifetime) ? [changedAtMs + lifetime * 1_000] : [];
}
