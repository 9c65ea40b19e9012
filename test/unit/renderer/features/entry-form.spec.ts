// The form's fields: what they become, what is wrong with them in plain words, and that an edit changes nothing by itself.
import { describe, expect, it } from 'vitest';
import type { PauseTarget } from '../../../../electron/common/entry';
import { entryFormSchema } from '../../../../electron/common/library';
import { checkFields, emptyFields, fieldsOf, type FormFields } from '../../../../renderer/features/entry-form/entry-form';
import { fullLibrary } from '../../../fakes/fake-scenes';

const good: FormFields = { ...emptyFields, name: 'Desk', address: 'desk.lan' };

function errorsOf(part: Partial<FormFields>): unknown {
  const checked = checkFields({ ...good, ...part });
  return checked.ok ? {} : checked.errors;
}

describe('checkFields', () => {
  it('sends only what was filled in', () => {
    expect(checkFields(good)).toEqual({
      ok: true,
      form: { name: 'Desk', protocol: 'vnc', address: 'desk.lan', fullScreen: false, resumeCountdownS: 3 },
    });
  });

  it('sends SSH access and the pause target together, and neither when SSH is off', () => {
    const pausing = { usesSsh: true, sshUser: 'mira', sshPort: '2222', pattern: '^/usr/games/supertux', countdown: '5' };
    expect(checkFields({ ...good, ...pausing })).toMatchObject({
      form: { ssh: { user: 'mira', port: 2222 }, pause: { by: 'command', pattern: '^/usr/games/supertux' }, resumeCountdownS: 5 },
    });
    const off = checkFields({ ...good, ...pausing, usesSsh: false });
    expect(off.ok && ('ssh' in off.form || 'pause' in off.form)).toBe(false);
  });

  it('tells each wrong field in its own words', () => {
    expect(errorsOf({ name: '  ' })).toEqual({ name: 'Give it a name.' });
    expect(errorsOf({ address: '' })).toEqual({ address: 'Type the name or address of the host.' });
    expect(errorsOf({ address: '-oProxyCommand=x' })).toEqual({ address: 'Type only a name or an address, without “vnc://”, path or spaces.' });
    expect(errorsOf({ port: 'fast' })).toEqual({ port: 'A port is a number from 1 to 65535.' });
    expect(errorsOf({ port: '0' })).toEqual({ port: 'A port is a number from 1 to 65535.' });
    expect(errorsOf({ countdown: '31' })).toEqual({ countdown: 'A number of seconds from 0 to 30.' });
    expect(errorsOf({ usesSsh: true, sshUser: '', pattern: 'x' })).toEqual({ sshUser: 'Type the user to log in as.' });
    expect(errorsOf({ usesSsh: true, sshUser: 'm', pattern: '(' })).toEqual({ pattern: 'This is not a valid regular expression.' });
    expect(errorsOf({ usesSsh: true, sshUser: 'm', pauseBy: 'pid-file', pidFile: 'run/app.pid' })).toEqual({
      pidFile: 'Type an absolute path on the host, for example /run/app.pid.',
    });
    expect(errorsOf({ name: '', address: '', port: 'x' })).toHaveProperty('port');
  });

  it('finds an edited entry as it was', () => {
    const view = fullLibrary(0);
    for (const item of view.entries) {
      const host = view.hosts.find(({ record }) => record.id === item.entry.host);
      const checked = checkFields(fieldsOf(item, host));
      if (!checked.ok) throw new Error(`${item.entry.id}: ${JSON.stringify(checked.errors)}`);
      const form = entryFormSchema.parse(checked.form);
      expect(form).toMatchObject({ name: item.entry.name, protocol: item.entry.protocol, address: host?.record.address, resumeCountdownS: 3 });
      expect(form.ssh).toEqual(host?.record.ssh);
    }
  });
});

describe('the ways of pausing', () => {
  const ways: readonly PauseTarget[] = [
    { by: 'windows-command', pattern: 'game\\.exe$' },
    { by: 'key', key: 'F10', resumeKey: 'ctrl+p' },
    { by: 'own-command', on: 'here', pause: ['C:\\Tools\\pause it.exe', '', 'say "now"', "it's"], resume: ['resume'], read: ['look', '-q'] },
    { by: 'proxmox', address: 'pve.lan', port: 8007, node: 'pve', vmid: 101, tokenId: 'athena@pve!pause', processes: { by: 'windows-command', pattern: 'x' } },
    { by: 'webhook', pause: 'https://hook.lan/p', resume: 'https://hook.lan/r', status: 'https://hook.lan/s', secretHeader: 'X-Key' },
    { by: 'never', because: 'anti-cheat' },
    { by: 'quit' },
  ];

  it.each(ways)('finds $by as it was', (pause) => {
    const [item] = fullLibrary(0).entries;
    const host = fullLibrary(0).hosts.find(({ record }) => record.id === item?.entry.host);
    if (!item || !host) throw new Error('the library is empty');
    const record = { ...host.record, ssh: { user: 'me', port: 22 } };
    const checked = checkFields(fieldsOf({ ...item, entry: { ...item.entry, pause } }, { ...host, record }), pause);
    expect(checked.ok ? entryFormSchema.parse(checked.form).pause : checked.errors).toEqual(pause);
  });

  it('tell each wrong field in its own words, and send the secret beside the target', () => {
    expect(errorsOf({ pauseBy: 'proxmox' })).toMatchObject({ vmNode: expect.stringContaining('pve') as unknown, vmId: 'Type the number of the machine, 100 or more.' });
    expect(errorsOf({ pauseBy: 'webhook', pauseUrl: 'hook.lan', resumeUrl: 'https://x/' })).toEqual({ pauseUrl: expect.stringContaining('http') as unknown });
    expect(errorsOf({ pauseBy: 'own-command', commandOn: 'here', pauseCommand: 'a "b', resumeCommand: 'c' })).toEqual({
      pauseCommand: 'Type a program and its arguments; a quote that is opened must be closed.',
    });
    expect(errorsOf({ pauseBy: 'libvirt', vmAddress: 'kvm.lan', vmDomain: 'win' })).toHaveProperty('vmUser');
    const webhook = { pauseBy: 'webhook', pauseUrl: 'https://x/p', resumeUrl: 'https://x/r', pauseSecret: 'hush' } as const;
    expect(checkFields({ ...good, ...webhook })).toMatchObject({ form: { pauseSecret: 'hush', pause: { by: 'webhook' } } });
  });

  it('that need SSH are not sent without it', () => {
    const checked = checkFields({ ...good, pauseBy: 'key', key: 'F10' });
    expect(checked.ok && 'pause' in checked.form).toBe(false);
  });
});
