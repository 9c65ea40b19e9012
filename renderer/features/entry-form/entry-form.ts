// The form's fields as typed text, and their way to and from an entry: pure, checked by the same schema as the main process uses.
import type { PauseTarget } from '../../../electron/common/entry';
import {
  entryFormSchema,
  pauseFormSchema,
  type EntryForm,
  type EntryFormInput,
  type LibraryEntry,
  type LibraryHost,
  type PauseForm,
  type PauseFormInput,
} from '../../../electron/common/library';
import { wordsOf } from '../../language/language';
import { emptyPause, fieldOfTarget, pauseFieldsOf, typedTarget, wordsForPauseField, type PauseFields } from './pause-form';

const words = wordsOf('entryForm');

export interface FormFields extends PauseFields {
  readonly protocol: 'vnc' | 'rdp';
  readonly name: string;
  readonly address: string;
  readonly hostName: string;
  readonly port: string;
  readonly username: string;
  readonly password: string;
  readonly fullScreen: boolean;
  readonly usesSsh: boolean;
  readonly sshUser: string;
  readonly sshPort: string;
  readonly sshKeyFile: string;
  readonly countdown: string;
}

export type FieldErrors = Readonly<Partial<Record<keyof FormFields, string>>>;

export const emptyFields: FormFields = {
  protocol: 'vnc',
  name: '',
  address: '',
  hostName: '',
  port: '',
  username: '',
  password: '',
  fullScreen: false,
  usesSsh: false,
  sshUser: '',
  sshPort: '',
  sshKeyFile: '',
  ...emptyPause,
  countdown: '3',
};

export function fieldsOf({ entry }: LibraryEntry, host: LibraryHost | undefined): FormFields {
  const { pause } = entry;
  const ssh = host?.record.ssh;
  return {
    ...emptyFields,
    protocol: entry.protocol === 'rdp' ? 'rdp' : 'vnc',
    name: entry.name,
    address: host?.record.address ?? '',
    hostName: host?.record.name === host?.record.address ? '' : (host?.record.name ?? ''),
    port: entry.port?.toString() ?? '',
    username: entry.username ?? '',
    fullScreen: entry.fullScreen,
    usesSsh: ssh !== undefined,
    sshUser: ssh?.user ?? '',
    sshPort: ssh === undefined || ssh.port === 22 ? '' : ssh.port.toString(),
    sshKeyFile: ssh?.keyFile ?? '',
    ...pauseFieldsOf(pause, host?.record),
    countdown: entry.resumeCountdownS.toString(),
  };
}

export type Checked<Form> = { readonly ok: true; readonly form: Form } | { readonly ok: false; readonly errors: FieldErrors };

/**
 * Reads the fields as the main process will; errors are in plain words, one per field.
 * @param before how the entry was paused until now
 */
export function checkFields(fields: FormFields, before?: PauseTarget): Checked<EntryFormInput> {
  const form = toForm(fields, before);
  const parsed = entryFormSchema.safeParse(form);
  return parsed.success ? { ok: true, form } : { ok: false, errors: errorsOf(parsed.error.issues, fields) };
}

/** The same for the part that says what to do when the stream breaks. */
export function checkPause(fields: FormFields, before?: PauseTarget): Checked<PauseFormInput> {
  const form = withoutAbsent(pausePart(fields, before)) as unknown as PauseFormInput;
  const parsed = pauseFormSchema.safeParse(form);
  return parsed.success ? { ok: true, form } : { ok: false, errors: errorsOf(parsed.error.issues, fields) };
}

function errorsOf(issues: readonly { readonly path: readonly PropertyKey[]; readonly message: string }[], fields: FormFields): FieldErrors {
  const errors: Partial<Record<keyof FormFields, string>> = {};
  for (const { path, message } of issues) {
    const field = fieldOfPath(path.map(String), fields);
    errors[field] ??= wordsFor(field, fields, message);
  }
  return errors;
}

function toForm(fields: FormFields, before: PauseTarget | undefined): EntryFormInput {
  const form: { [K in keyof EntryForm]: unknown } = {
    name: fields.name,
    protocol: fields.protocol,
    address: fields.address.trim(),
    hostName: text(fields.hostName),
    port: numberOf(fields.port),
    username: text(fields.username),
    password: fields.password === '' ? undefined : fields.password,
    fullScreen: fields.fullScreen,
    ...pausePart(fields, before),
  };
  return withoutAbsent(form) as unknown as EntryFormInput;
}

function pausePart(fields: FormFields, before: PauseTarget | undefined): { [K in keyof PauseForm]: unknown } {
  return {
    ssh: fields.usesSsh
      ? withoutAbsent({ user: fields.sshUser.trim(), port: numberOf(fields.sshPort), keyFile: text(fields.sshKeyFile) })
      : undefined,
    pause: typedTarget(fields, fields.usesSsh, before),
    pauseSecret: fields.pauseSecret === '' ? undefined : fields.pauseSecret,
    vmHost: fields.pauseBy === 'libvirt' ? { address: fields.vmAddress.trim(), ssh: { user: fields.vmUser.trim() } } : undefined,
    resumeCountdownS: numberOf(fields.countdown),
  };
}

function text(value: string): string | undefined {
  return value.trim() === '' ? undefined : value.trim();
}

/** undefined: empty. NaN: not a number, which no schema accepts. */
function numberOf(text: string): number | undefined {
  const digits = text.trim();
  if (digits === '') return undefined;
  return /^\d+(?:\.\d+)?$/.test(digits) ? Number(digits) : Number.NaN;
}

function withoutAbsent<T extends object>(form: T): Partial<T> {
  return Object.fromEntries(Object.entries(form).filter(([, value]) => value !== undefined)) as Partial<T>;
}

function fieldOfPath([head = '', tail = '']: readonly string[], fields: FormFields): keyof FormFields {
  switch (head) {
    case 'ssh':
      return tail === 'port' ? 'sshPort' : tail === 'keyFile' ? 'sshKeyFile' : 'sshUser';
    case 'pause':
      return fieldOfTarget(fields, tail);
    case 'vmHost':
      return tail === 'ssh' ? 'vmUser' : 'vmAddress';
    case 'resumeCountdownS':
      return 'countdown';
    default:
      return head in emptyFields ? (head as keyof FormFields) : 'name';
  }
}

/** The schema knows what is wrong; these sentences tell a person what to type instead. */
function wordsFor(field: keyof FormFields, fields: FormFields, message: string): string {
  switch (field) {
    case 'name':
      return fields.name.trim() === '' ? words('wrong.nameMissing') : words('wrong.name');
    case 'address':
      return fields.address.trim() === ''
        ? words('wrong.addressMissing')
        : words('wrong.address');
    case 'port':
    case 'sshPort':
      return words('wrong.port');
    case 'sshUser':
      return fields.sshUser.trim() === '' ? words('wrong.sshUserMissing') : words('wrong.sshUser');
    case 'countdown':
      return words('wrong.countdown');
    case 'password':
      return words('wrong.password');
    default:
      return wordsForPauseField(field, fields) ?? message.charAt(0).toLocaleUpperCase() + message.slice(1);
  }
}
