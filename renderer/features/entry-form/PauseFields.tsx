// The part of the entry form that says what to do when the stream breaks.
import type { ReactNode } from 'react';
import { Choice } from '../../ui/Choice';
import { Field } from '../../ui/Field';
import { Switch } from '../../ui/Switch';
import { bind, type FieldsProps } from './EntryFields';
import { needsSsh, type PauseChoice } from './pause-form';
import { texts } from './texts';

const choices: readonly PauseChoice[] = ['command', 'pid-file', 'windows-command', 'proxmox', 'libvirt', 'own-command', 'key', 'webhook', 'never', 'none'];

export function PauseFields(props: FieldsProps): ReactNode {
  const { fields, onChange } = props;
  const { usesSsh } = fields;
  const isOutOfReach = (pauseBy: PauseChoice): boolean => !usesSsh && pauseBy !== 'own-command' && needsSsh({ ...fields, pauseBy });
  const chosen = isOutOfReach(fields.pauseBy) ? 'none' : fields.pauseBy;
  return (
    <div className="card form__card">
      <div>
        <h2 className="section__title">{texts.pauseTitle}</h2>
        <p className="field__hint">{texts.pauseLead}</p>
      </div>
      <Switch label={texts.ssh} hint={texts.sshHint} checked={usesSsh} onChange={(uses) => onChange({ usesSsh: uses })} />
      {usesSsh && (
        <div className="form__row form__row--ssh">
          <Field label={texts.sshUser} {...bind(props, 'sshUser')} />
          <Field label={texts.sshPort} placeholder="22" hint={texts.sshPortHint} numeric {...bind(props, 'sshPort')} />
          <Field label={texts.sshKey} hint={texts.sshKeyHint} mono {...bind(props, 'sshKeyFile')} />
        </div>
      )}
      <div>
        <Choice
          label={texts.target}
          value={chosen}
          options={choices.map((value) => ({ value, label: texts.ways[value].label, unavailable: isOutOfReach(value) ? texts.needsSsh : undefined }))}
          onChange={(pauseBy) => onChange({ pauseBy })}
        />
        <p className="field__hint">{texts.ways[chosen].sentence}</p>
      </div>
      <WayFields {...props} chosen={chosen} />
      {chosen !== 'none' && chosen !== 'never' && <Field label={texts.countdown} hint={texts.countdownHint} numeric {...bind(props, 'countdown')} />}
    </div>
  );
}

function WayFields(props: FieldsProps & { readonly chosen: PauseChoice }): ReactNode {
  const { fields, onChange, chosen } = props;
  switch (chosen) {
    case 'command':
      return <Field label={texts.pattern} hint={texts.patternHint} mono {...bind(props, 'pattern')} />;
    case 'windows-command':
      return <Field label={texts.pattern} hint={texts.windowsPatternHint} mono {...bind(props, 'pattern')} />;
    case 'pid-file':
      return <Field label={texts.pidFile} hint={texts.pidFileHint} mono {...bind(props, 'pidFile')} />;
    case 'key':
      return (
        <div className="form__row">
          <Field label={texts.key} hint={texts.keyHint} mono {...bind(props, 'key')} />
          <Field label={texts.resumeKey} hint={texts.resumeKeyHint} mono {...bind(props, 'resumeKey')} />
        </div>
      );
    case 'own-command':
      return (
        <>
          <Choice
            label={texts.commandOn}
            value={fields.commandOn}
            options={[
              { value: 'host', label: texts.onHost, unavailable: fields.usesSsh ? undefined : texts.needsSsh },
              { value: 'here', label: texts.onThisMachine },
            ]}
            onChange={(commandOn) => onChange({ commandOn })}
          />
          <Field label={texts.pauseCommand} hint={texts.commandHint} mono {...bind(props, 'pauseCommand')} />
          <Field label={texts.resumeCommand} mono {...bind(props, 'resumeCommand')} />
          <Field label={texts.readCommand} hint={texts.readCommandHint} mono {...bind(props, 'readCommand')} />
        </>
      );
    case 'proxmox':
      return (
        <>
          <div className="form__row form__row--wide-first">
            <Field label={texts.proxmoxAddress} {...bind(props, 'vmAddress')} />
            <Field label={texts.port} placeholder="8006" numeric {...bind(props, 'vmPort')} />
          </div>
          <div className="form__row">
            <Field label={texts.node} mono {...bind(props, 'vmNode')} />
            <Field label={texts.vmId} numeric {...bind(props, 'vmId')} />
          </div>
          <div className="form__row">
            <Field label={texts.token} hint={texts.tokenHint} mono {...bind(props, 'vmToken')} />
            <Field label={texts.secret} hint={texts.secretHint} secret {...bind(props, 'pauseSecret')} />
          </div>
          <Field label={texts.fingerprint} hint={texts.fingerprintHint} mono {...bind(props, 'vmFingerprint')} />
          <Field label={texts.vmPattern} hint={texts.vmPatternHint} mono {...bind(props, 'vmPattern')} />
        </>
      );
    case 'libvirt':
      return (
        <>
          <div className="form__row">
            <Field label={texts.libvirtAddress} {...bind(props, 'vmAddress')} />
            <Field label={texts.sshUser} {...bind(props, 'vmUser')} />
          </div>
          <div className="form__row">
            <Field label={texts.domain} mono {...bind(props, 'vmDomain')} />
            <Field label={texts.uri} hint={texts.uriHint} mono {...bind(props, 'vmUri')} />
          </div>
          <Field label={texts.vmPattern} hint={texts.vmPatternHint} mono {...bind(props, 'vmPattern')} />
        </>
      );
    case 'webhook':
      return (
        <>
          <Field label={texts.pauseUrl} hint={texts.urlHint} mono {...bind(props, 'pauseUrl')} />
          <Field label={texts.resumeUrl} mono {...bind(props, 'resumeUrl')} />
          <Field label={texts.statusUrl} hint={texts.statusUrlHint} mono {...bind(props, 'statusUrl')} />
          <div className="form__row">
            <Field label={texts.secretHeader} hint={texts.secretHeaderHint} mono {...bind(props, 'secretHeader')} />
            <Field label={texts.secret} hint={texts.secretHint} secret {...bind(props, 'pauseSecret')} />
          </div>
        </>
      );
    case 'never':
      return (
        <Choice
          label={texts.because}
          value={fields.because}
          options={[
            { value: 'online', label: texts.online },
            { value: 'anti-cheat', label: texts.antiCheat },
            { value: 'wish', label: texts.wish },
          ]}
          onChange={(because) => onChange({ because })}
        />
      );
    case 'none':
    case 'quit':
      return null;
  }
}
