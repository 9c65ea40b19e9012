// Reads what a Proxmox host answers, and says in plain words what a refusal means.
import { z } from 'zod';
import { failure, success, type Result } from '../../common/result';
import type { ControlFailure } from '../../domain/pause/host-control';
import type { HttpAnswer } from './http-question';

/** A machine as its host describes it. `other`: it is stopped, or on its way somewhere. */
export type VmState = { readonly kind: 'running' } | { readonly kind: 'suspended' } | { readonly kind: 'other'; readonly told: string };

const shortText = z.string().max(200);
/** GET .../status/current: `status` is of the process, `qmpstatus` of the machine in it. */
const currentSchema = z.object({ data: z.object({ status: shortText, qmpstatus: shortText.optional(), lock: shortText.optional() }) });
/** UPID:node:pid:pstart:starttime:type:id:user: */
const upidSchema = z.object({ data: z.string().regex(/^UPID:[A-Za-z0-9:@!.\-_]{10,250}$/) });
const taskSchema = z.object({ data: z.object({ status: z.enum(['running', 'stopped']), exitstatus: z.string().max(500).optional() }) });

export function readCurrent(answer: HttpAnswer): Result<VmState, ControlFailure> {
  const read = parse(answer, currentSchema, 'the state of the machine');
  if (!read.ok) return read;
  const { status, qmpstatus, lock } = read.value.data;
  if (status === 'running' && qmpstatus === 'paused') return success({ kind: 'suspended' });
  if (status === 'running' && (qmpstatus === undefined || qmpstatus === 'running')) return success({ kind: 'running' });
  return success({ kind: 'other', told: [qmpstatus ?? status, ...(lock === undefined ? [] : [`locked: ${lock}`])].join(', ') });
}

/** The task that carries an order out. */
export function readTask(answer: HttpAnswer): Result<string, ControlFailure> {
  const read = parse(answer, upidSchema, 'the task it began');
  return read.ok ? success(read.value.data) : read;
}

export type TaskState = { readonly kind: 'running' } | { readonly kind: 'done' } | { readonly kind: 'failed'; readonly why: string };

export function readTaskState(answer: HttpAnswer): Result<TaskState, ControlFailure> {
  const read = parse(answer, taskSchema, 'how the task goes');
  if (!read.ok) return read;
  const { status, exitstatus } = read.value.data;
  if (status === 'running') return success({ kind: 'running' });
  // "WARNINGS: 1" ends a task that did its work.
  if (exitstatus === 'OK' || exitstatus?.startsWith('WARNINGS') === true) return success({ kind: 'done' });
  return success({ kind: 'failed', why: oneLine(exitstatus ?? 'it does not say why') });
}

export function taskFailed(why: string): ControlFailure {
  if (/lock/i.test(why)) return locked(why);
  return failure('io', `Proxmox could not do it: ${why}.`, 'The task log on the Proxmox page of this machine tells more.').failure;
}

function parse<T>(answer: HttpAnswer, schema: z.ZodType<T>, what: string): Result<T, ControlFailure> {
  const refused = refusal(answer);
  if (refused) return { ok: false, failure: refused };
  const parsed = schema.safeParse(json(answer.body));
  if (parsed.success) return success(parsed.data);
  const isPage = /^\s*</.test(answer.body);
  return failure(
    'bad-answer',
    isPage ? `A web page came instead of ${what}.` : `The answer does not tell ${what}.`,
    'Check that address and port are those of the Proxmox API (usually port 8006), without a proxy before it.',
  );
}

/** Proxmox puts its reason into the status line or into `message`; null: not refused. */
function refusal({ status, body }: HttpAnswer): ControlFailure | null {
  if (status >= 200 && status < 300) return null;
  const told = z.object({ message: z.string() }).safeParse(json(body));
  const why = oneLine(told.success ? told.data.message : '');
  const said = why === '' ? '' : ` It says: ${why}.`;
  switch (status) {
    case 401:
      return failure('auth-refused', `Proxmox does not take the API token.${said}`, 'Check the token id of this entry, and give its secret once more.').failure;
    case 403:
      return failure('permission-denied', `The API token may not do this to the machine.${said}`, 'Give the token the privileges VM.PowerMgmt and VM.Audit on /vms/ and its number.').failure;
    case 404:
    case 596:
      return failure('not-found', `Proxmox knows no such node or machine.${said}`, 'Correct the node and the number of the machine in this entry.').failure;
    case 500:
      if (/lock/i.test(why)) return locked(why);
      if (/does not exist|no such/i.test(why)) return failure('not-found', `Proxmox knows no such machine: ${why}.`, 'Correct the number of the machine in this entry.').failure;
      break;
    default:
      break;
  }
  return failure('io', `Proxmox answered with an error (${status}).${said}`, 'The task log on the Proxmox page of this machine tells more.').failure;
}

function locked(why: string): ControlFailure {
  return failure('host-busy', `The machine is locked by something else on its host: ${why}.`, 'Wait until the backup, snapshot or migration there is over.').failure;
}

function json(text: string): unknown {
  try {
    return JSON.parse(text) as unknown;
  } catch {
    // Not JSON: told from what is there.
    return null;
  }
}

function oneLine(text: string): string {
  return text.replace(/[\p{Cc}\p{Cf}]+/gu, ' ').trim().slice(0, 200).replace(/\.$/, '');
}
