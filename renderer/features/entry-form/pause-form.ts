// The part of the form that says how an entry is paused: typed text, its way to and from a target, and words for what is wrong.
import type { PauseKind, PauseTarget } from '../../../electron/common/entry';
import type { HostRecord } from '../../../electron/common/host';
import { wordsOf } from '../../language/language';
import { argumentsOf, typedCommand } from './command-words';

const words = wordsOf('entryForm');

export type PauseChoice = 'none' | PauseKind;

export interface PauseFields {
  readonly pauseBy: PauseChoice;
  readonly pattern: string;
  readonly pidFile: string;
  readonly key: string;
  readonly resumeKey: string;
  readonly commandOn: 'host' | 'here';
  readonly pauseCommand: string;
  readonly resumeCommand: string;
  readonly readCommand: string;
  readonly vmAddress: string;
  readonly vmUser: string;
  readonly vmPort: string;
  readonly vmNode: string;
  readonly vmId: string;
  readonly vmToken: string;
  readonly vmFingerprint: string;
  readonly vmDomain: string;
  readonly vmUri: string;
  readonly vmPattern: string;
  readonly pauseUrl: string;
  readonly resumeUrl: string;
  readonly statusUrl: string;
  readonly secretHeader: string;
  readonly pauseSecret: string;
  readonly because: 'online' | 'anti-cheat' | 'wish';
}

export const emptyPause: PauseFields = {
  pauseBy: 'command', pattern: '', pidFile: '', key: '', resumeKey: '', commandOn: 'host', pauseCommand: '', resumeCommand: '', readCommand: '',
  vmAddress: '', vmUser: '', vmPort: '', vmNode: '', vmId: '', vmToken: '', vmFingerprint: '', vmDomain: '', vmUri: '', vmPattern: '',
  pauseUrl: '', resumeUrl: '', statusUrl: '', secretHeader: '', pauseSecret: '', because: 'online',
};

/** Ways that go through the host's own SSH access. */
export function needsSsh({ pauseBy, commandOn }: Pick<PauseFields, 'pauseBy' | 'commandOn'>): boolean {
  return pauseBy === 'command' || pauseBy === 'pid-file' || pauseBy === 'windows-command' || pauseBy === 'key' || (pauseBy === 'own-command' && commandOn === 'host');
}

export function pauseFieldsOf(pause: PauseTarget | undefined, host: HostRecord | undefined): PauseFields {
  const vmHost = host?.vmHost;
  const machine = { vmAddress: vmHost?.address ?? '', vmUser: vmHost?.ssh?.user ?? '' };
  const base: PauseFields = { ...emptyPause, ...machine, pauseBy: pause?.by ?? (host?.ssh === undefined ? 'command' : 'none') };
  switch (pause?.by) {
    case 'command':
    case 'windows-command':
      return { ...base, pattern: pause.pattern };
    case 'pid-file':
      return { ...base, pidFile: pause.path };
    case 'key':
      return { ...base, key: pause.key, resumeKey: pause.resumeKey ?? '' };
    case 'own-command':
      return { ...base, commandOn: pause.on, pauseCommand: typedCommand(pause.pause), resumeCommand: typedCommand(pause.resume), readCommand: pause.read ? typedCommand(pause.read) : '' };
    case 'proxmox':
      return {
        ...base,
        vmAddress: pause.address ?? machine.vmAddress,
        vmPort: pause.port === 8006 ? '' : String(pause.port),
        vmNode: pause.node,
        vmId: String(pause.vmid),
        vmToken: pause.tokenId,
        vmFingerprint: pause.fingerprint ?? '',
        vmPattern: patternOf(pause.processes),
      };
    case 'libvirt':
      return { ...base, vmDomain: pause.domain, vmUri: pause.uri ?? '', vmPattern: patternOf(pause.processes) };
    case 'webhook':
      return { ...base, pauseUrl: pause.pause, resumeUrl: pause.resume, statusUrl: pause.status ?? '', secretHeader: pause.secretHeader ?? '' };
    case 'never':
      return { ...base, because: pause.because };
    case 'quit':
    case undefined:
      return base;
  }
}

/**
 * As the schema is to judge it.
 * @param before what the entry had: parts of it that the form does not show stay
 */
export function typedTarget(fields: PauseFields, usesSsh: boolean, before: PauseTarget | undefined): Record<string, unknown> | undefined {
  const { pauseBy } = fields;
  if (pauseBy === 'none' || (needsSsh(fields) && !usesSsh)) return undefined;
  const kept = before?.by === pauseBy ? before : undefined;
  const processes = processesOf(fields.vmPattern, kept);
  switch (pauseBy) {
    case 'command':
    case 'windows-command':
      return { by: pauseBy, pattern: fields.pattern };
    case 'pid-file':
      return { by: pauseBy, path: fields.pidFile.trim() };
    case 'key':
      return present({ by: pauseBy, key: fields.key.trim(), resumeKey: text(fields.resumeKey) });
    case 'own-command':
      return present({ by: pauseBy, on: fields.commandOn, pause: argumentsOf(fields.pauseCommand), resume: argumentsOf(fields.resumeCommand), read: text(fields.readCommand) === undefined ? undefined : argumentsOf(fields.readCommand) });
    case 'proxmox':
      return present({
        by: pauseBy,
        address: text(fields.vmAddress),
        port: text(fields.vmPort) === undefined ? undefined : Number(fields.vmPort),
        node: fields.vmNode.trim(),
        vmid: fields.vmId.trim() === '' ? Number.NaN : Number(fields.vmId),
        tokenId: fields.vmToken.trim(),
        fingerprint: text(fields.vmFingerprint),
        processes,
      });
    case 'libvirt':
      return present({ by: pauseBy, domain: fields.vmDomain.trim(), uri: text(fields.vmUri), processes });
    case 'webhook':
      return present({ by: pauseBy, pause: fields.pauseUrl.trim(), resume: fields.resumeUrl.trim(), status: text(fields.statusUrl), secretHeader: text(fields.secretHeader) });
    case 'never':
      return { by: pauseBy, because: fields.because };
    case 'quit':
      return { by: pauseBy };
  }
}

/** @param part of the target that the schema refuses */
export function fieldOfTarget(fields: PauseFields, part: string): keyof PauseFields {
  switch (fields.pauseBy) {
    case 'pid-file':
      return 'pidFile';
    case 'key':
      return part === 'resumeKey' ? 'resumeKey' : 'key';
    case 'own-command':
      return part === 'resume' ? 'resumeCommand' : part === 'read' ? 'readCommand' : 'pauseCommand';
    case 'proxmox':
      return ({ address: 'vmAddress', port: 'vmPort', vmid: 'vmId', tokenId: 'vmToken', fingerprint: 'vmFingerprint', processes: 'vmPattern' } as const)[part] ?? 'vmNode';
    case 'libvirt':
      return part === 'uri' ? 'vmUri' : part === 'processes' ? 'vmPattern' : 'vmDomain';
    case 'webhook':
      return ({ resume: 'resumeUrl', status: 'statusUrl', secretHeader: 'secretHeader' } as const)[part] ?? 'pauseUrl';
    default:
      return 'pattern';
  }
}

/** Null: the schema's own words have to do. */
export function wordsForPauseField(field: string, fields: PauseFields): string | null {
  switch (field) {
    case 'pattern':
      return fields.pattern === '' ? words('wrong.patternMissing') : words('wrong.pattern');
    case 'vmPattern':
      return words('wrong.pattern');
    case 'pidFile':
      return words('wrong.pidFile');
    case 'key':
    case 'resumeKey':
      return words('wrong.key');
    case 'pauseCommand':
    case 'resumeCommand':
    case 'readCommand':
      return words('wrong.command');
    case 'vmAddress':
      return words('wrong.vmAddress');
    case 'vmUser':
      return words('wrong.vmUser');
    case 'vmPort':
      return words('wrong.port');
    case 'vmNode':
      return words('wrong.vmNode');
    case 'vmId':
      return words('wrong.vmId');
    case 'vmToken':
      return words('wrong.vmToken');
    case 'vmFingerprint':
      return words('wrong.vmFingerprint');
    case 'vmDomain':
      return words('wrong.vmDomain');
    case 'vmUri':
      return words('wrong.vmUri');
    case 'pauseUrl':
    case 'resumeUrl':
    case 'statusUrl':
      return words('wrong.url');
    case 'secretHeader':
      return words('wrong.secretHeader');
    case 'pauseSecret':
      return words('wrong.secret');
    default:
      return null;
  }
}

type WithProcesses = Extract<PauseTarget, { processes?: unknown }>;

function patternOf(processes: WithProcesses['processes']): string {
  return processes && processes.by !== 'pid-file' ? processes.pattern : '';
}

/** On Windows stays on Windows, and a pid file that the form does not show stays. */
function processesOf(pattern: string, kept: PauseTarget | undefined): Record<string, unknown> | undefined {
  const before = kept !== undefined && 'processes' in kept ? kept.processes : undefined;
  if (pattern === '') return before?.by === 'pid-file' ? before : undefined;
  return { by: before?.by === 'windows-command' ? 'windows-command' : 'command', pattern };
}

function text(value: string): string | undefined {
  return value.trim() === '' ? undefined : value.trim();
}

function present(target: Record<string, unknown>): Record<string, unknown> {
  return Object.fromEntries(Object.entries(target).filter(([, value]) => value !== undefined));
}
