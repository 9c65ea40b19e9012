// What the network that this computer is in is called, and the way to call it otherwise.
import { useState, type ReactNode } from 'react';
import { useTranslation } from 'react-i18next';
import type { EntryId } from '../../../electron/common/ids';
import { networkSchema, type Network } from '../../../electron/common/profile';
import { FocusGroup } from '../../navigation/FocusGroup';
import { changeProfile } from '../../stores/profile';
import { Button } from '../../ui/Button';
import { Field } from '../../ui/Field';

export function NetworkName({ entryId, network }: { readonly entryId: EntryId; readonly network: Network }): ReactNode {
  const { t } = useTranslation('profile');
  const [name, setName] = useState(network.name);
  const isName = networkSchema.shape.name.safeParse(name).success;
  const isSame = name.trim() === network.name;
  const rename = async (): Promise<void> => {
    if (!isName || isSame) return;
    await changeProfile(entryId, { level: 'network', network: { id: network.id, name: name.trim() } }, (profile) => profile);
  };
  return (
    <form
      noValidate
      onSubmit={(event) => {
        event.preventDefault();
        void rename();
      }}
    >
      <FocusGroup className="network-name" preferred="network-name">
        <Field label={t('networkName')} value={name} onChange={setName} error={isName ? undefined : t('networkEmpty')} focusKey="network-name" caretIsFree={isSame} />
        <Button label={t('networkRename')} type="submit" unavailable={isSame ? t('networkSame') : isName ? undefined : t('networkEmpty')} />
      </FocusGroup>
    </form>
  );
}
