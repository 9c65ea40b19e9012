// The part of the entry form that says what to do when the stream breaks.
import type { ReactNode } from 'react';
import { useTranslation } from 'react-i18next';
import { Choice } from '../../ui/Choice';
import { Field } from '../../ui/Field';
import { Switch } from '../../ui/Switch';
import { bind, type FieldsProps } from './EntryFields';
import { needsSsh, type PauseChoice } from './pause-form';

const choices: readonly PauseChoice[] = ['command', 'pid-file', 'windows-command', 'proxmox', 'libvirt', 'own-command', 'key', 'webhook', 'quit', 'never', 'none'];

/** @param canQuit the app can be ended instead: a GameStream host's */
export function PauseFields(props: FieldsProps & { readonly canQuit?: boolean }): ReactNode {
  const { t } = useTranslation('entryForm');
  const { fields, onChange, canQuit = false } = props;
  const { usesSsh } = fields;
  const isOutOfReach = (pauseBy: PauseChoice): boolean => !usesSsh && pauseBy !== 'own-command' && needsSsh({ ...fields, pauseBy });
  const chosen = isOutOfReach(fields.pauseBy) ? 'none' : fields.pauseBy;
  return (
    <div className="card form__card">
      <div>
        <h2 className="section__title">{t('pauseTitle')}</h2>
        <p className="field__hint">{t('pauseLead')}</p>
      </div>
      <Switch label={t('ssh')} hint={t('sshHint')} checked={usesSsh} onChange={(uses) => onChange({ usesSsh: uses })} />
      {usesSsh && (
        <div className="form__row form__row--ssh">
          <Field label={t('sshUser')} {...bind(props, 'sshUser')} />
          <Field label={t('sshPort')} placeholder="22" hint={t('sshPortHint')} numeric {...bind(props, 'sshPort')} />
          <Field label={t('sshKey')} hint={t('sshKeyHint')} mono {...bind(props, 'sshKeyFile')} />
        </div>
      )}
      <div>
        <Choice
          label={t('target')}
          value={chosen}
          options={choices.filter((value) => canQuit || value !== 'quit').map((value) => ({ value, label: t(`ways.${value}.label`), unavailable: isOutOfReach(value) ? t('needsSsh') : undefined }))}
          onChange={(pauseBy) => onChange({ pauseBy })}
        />
        <p className="field__hint">{t(`ways.${chosen}.sentence`)}</p>
      </div>
      <WayFields {...props} chosen={chosen} />
      {chosen !== 'none' && chosen !== 'never' && <Field label={t('countdown')} hint={t('countdownHint')} numeric {...bind(props, 'countdown')} />}
    </div>
  );
}

function WayFields(props: FieldsProps & { readonly chosen: PauseChoice }): ReactNode {
  const { t } = useTranslation('entryForm');
  const { fields, onChange, chosen } = props;
  switch (chosen) {
    case 'command':
      return <Field label={t('pattern')} hint={t('patternHint')} mono {...bind(props, 'pattern')} />;
    case 'windows-command':
      return <Field label={t('pattern')} hint={t('windowsPatternHint')} mono {...bind(props, 'pattern')} />;
    case 'pid-file':
      return <Field label={t('pidFile')} hint={t('pidFileHint')} mono {...bind(props, 'pidFile')} />;
    case 'key':
      return (
        <div className="form__row">
          <Field label={t('key')} hint={t('keyHint')} mono {...bind(props, 'key')} />
          <Field label={t('resumeKey')} hint={t('resumeKeyHint')} mono {...bind(props, 'resumeKey')} />
        </div>
      );
    case 'own-command':
      return (
        <>
          <Choice
            label={t('commandOn')}
            value={fields.commandOn}
            options={[
              { value: 'host', label: t('onHost'), unavailable: fields.usesSsh ? undefined : t('needsSsh') },
              { value: 'here', label: t('onThisMachine') },
            ]}
            onChange={(commandOn) => onChange({ commandOn })}
          />
          <Field label={t('pauseCommand')} hint={t('commandHint')} mono {...bind(props, 'pauseCommand')} />
          <Field label={t('resumeCommand')} mono {...bind(props, 'resumeCommand')} />
          <Field label={t('readCommand')} hint={t('readCommandHint')} mono {...bind(props, 'readCommand')} />
        </>
      );
    case 'proxmox':
      return (
        <>
          <div className="form__row form__row--wide-first">
            <Field label={t('proxmoxAddress')} {...bind(props, 'vmAddress')} />
            <Field label={t('port')} placeholder="8006" numeric {...bind(props, 'vmPort')} />
          </div>
          <div className="form__row">
            <Field label={t('node')} mono {...bind(props, 'vmNode')} />
            <Field label={t('vmId')} numeric {...bind(props, 'vmId')} />
          </div>
          <div className="form__row">
            <Field label={t('token')} hint={t('tokenHint')} mono {...bind(props, 'vmToken')} />
            <Field label={t('secret')} hint={t('secretHint')} secret {...bind(props, 'pauseSecret')} />
          </div>
          <Field label={t('fingerprint')} hint={t('fingerprintHint')} mono {...bind(props, 'vmFingerprint')} />
          <Field label={t('vmPattern')} hint={t('vmPatternHint')} mono {...bind(props, 'vmPattern')} />
        </>
      );
    case 'libvirt':
      return (
        <>
          <div className="form__row">
            <Field label={t('libvirtAddress')} {...bind(props, 'vmAddress')} />
            <Field label={t('sshUser')} {...bind(props, 'vmUser')} />
          </div>
          <div className="form__row">
            <Field label={t('domain')} mono {...bind(props, 'vmDomain')} />
            <Field label={t('uri')} hint={t('uriHint')} mono {...bind(props, 'vmUri')} />
          </div>
          <Field label={t('vmPattern')} hint={t('vmPatternHint')} mono {...bind(props, 'vmPattern')} />
        </>
      );
    case 'webhook':
      return (
        <>
          <Field label={t('pauseUrl')} hint={t('urlHint')} mono {...bind(props, 'pauseUrl')} />
          <Field label={t('resumeUrl')} mono {...bind(props, 'resumeUrl')} />
          <Field label={t('statusUrl')} hint={t('statusUrlHint')} mono {...bind(props, 'statusUrl')} />
          <div className="form__row">
            <Field label={t('secretHeader')} hint={t('secretHeaderHint')} mono {...bind(props, 'secretHeader')} />
            <Field label={t('secret')} hint={t('secretHint')} secret {...bind(props, 'pauseSecret')} />
          </div>
        </>
      );
    case 'never':
      return (
        <Choice
          label={t('because')}
          value={fields.because}
          options={[
            { value: 'online', label: t('online') },
            { value: 'anti-cheat', label: t('antiCheat') },
            { value: 'wish', label: t('wish') },
          ]}
          onChange={(because) => onChange({ because })}
        />
      );
    case 'none':
    case 'quit':
      return null;
  }
}
