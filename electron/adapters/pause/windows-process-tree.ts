// Finds an app's processes in a Windows host's list: children by parent and time of creation, and what must never be stopped.
import type { WindowsProcess } from './windows-answer';

/** Windows' own, and those through which people and Athena reach the host: stopping one locks everybody out. */
const protectedNames: ReadonlySet<string> = new Set([
  'system', 'system idle process', 'registry', 'memory compression', 'smss.exe', 'csrss.exe', 'wininit.exe', 'winlogon.exe', 'services.exe',
  'lsass.exe', 'lsaiso.exe', 'svchost.exe', 'dwm.exe', 'fontdrvhost.exe', 'logonui.exe', 'explorer.exe', 'sihost.exe', 'ctfmon.exe', 'audiodg.exe',
  'wmiprvse.exe', 'sshd.exe', 'sshd-session.exe', 'sshd-auth.exe', 'sunshine.exe', 'sunshinesvc.exe', 'nvcontainer.exe', 'nvstreamer.exe',
]);

/** Names one process for good, also when its pid is used again. */
export function windowsIdentity({ pid, created }: Pick<WindowsProcess, 'pid' | 'created'>): string {
  return `${pid}:${created}`;
}

/** @param self Athena's own process there: it, what is above it and what is below it stay as they are */
export function protectedOnWindows(processes: readonly WindowsProcess[], self: number): ReadonlySet<number> {
  const byPid = new Map(processes.map((process) => [process.pid, process]));
  const pids = new Set<number>([0, 4]);
  for (const { pid, name } of processes) if (protectedNames.has(name.toLowerCase())) pids.add(pid);
  const above = new Set<number>();
  for (let at = byPid.get(self); at !== undefined && !above.has(at.pid); at = parentOf(at, byPid)) above.add(at.pid);
  for (const pid of above) pids.add(pid);
  for (const { pid } of windowsDescendants(processes, [self], new Set())) pids.add(pid);
  return pids;
}

/**
 * The given processes and everything they started, parents before children.
 * @param except left out, together with what is reached only through them
 */
export function windowsDescendants(processes: readonly WindowsProcess[], roots: Iterable<number>, except: ReadonlySet<number>): WindowsProcess[] {
  const byPid = new Map(processes.map((process) => [process.pid, process]));
  const childrenOf = new Map<number, WindowsProcess[]>();
  for (const process of processes) {
    const parent = parentOf(process, byPid);
    if (parent) childrenOf.set(parent.pid, [...(childrenOf.get(parent.pid) ?? []), process]);
  }
  const members = new Map<number, WindowsProcess>();
  const add = (process: WindowsProcess | undefined): void => {
    if (process && !except.has(process.pid)) members.set(process.pid, process);
  };
  for (const pid of roots) add(byPid.get(pid));
  // A map's iteration goes on over what is added meanwhile; what is known already keeps its place.
  for (const { pid } of members.values()) for (const child of childrenOf.get(pid) ?? []) if (!members.has(child.pid)) add(child);
  return [...members.values()];
}

/** Windows keeps the parent's pid for ever: one that was created after its child is another process that got the number. */
function parentOf({ pid, parentPid, created }: WindowsProcess, byPid: ReadonlyMap<number, WindowsProcess>): WindowsProcess | undefined {
  const parent = byPid.get(parentPid);
  if (!parent || parentPid === pid) return undefined;
  if (created === '0' || parent.created === '0') return parent;
  return BigInt(parent.created) <= BigInt(created) ? parent : undefined;
}
