// The form's fields: what they become, what is wrong with them in plain words, and that an edit changes nothing by itself.
import { describe, expect, it } from 'vitest';
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
