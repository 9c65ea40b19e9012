// The host's name, where it is, and the button that looks anew.
import { Radar, RotateCw } from 'lucide-react';
import { useState, type ReactNode } from 'react';
import { useTranslation } from 'react-i18next';
import type { GameStreamHostView } from '../../../electron/common/gamestream';
import type { LibraryHost } from '../../../electron/common/library';
import { wordsOf } from '../../language/language';
import { checkHost, type HostCheck } from '../../stores/host-keys';
import { refreshHost } from '../../stores/hosts';
import { Button } from '../../ui/Button';
import { Chip } from '../../ui/Chip';
import { formatMs } from '../../ui/format';
import { plainName } from '../../ui/host-state';
import { reachLook } from '../../ui/reach';

const words = wordsOf('host');

interface HostHeadProps {
  readonly host: LibraryHost;
  readonly gameStream: GameStreamHostView | undefined;
}

export function HostHead({ host, gameStream }: HostHeadProps): ReactNode {
  const { t } = useTranslation('host');
  const { id, name, address } = host.record;
  return (
    <header className="page__head">
      <div className="host__title">
        <h1 className="page__title ellipsis" dir="auto">
          {plainName(name)}
        </h1>
        <p className="quiet ellipsis">
          <code>{gameStream?.addresses[0] ?? address}</code>
        </p>
      </div>
      {gameStream === undefined ? (
        <ReachCheck host={host} />
      ) : (
        <Button focusKey="host-check" label={t('refresh')} icon={RotateCw} onPress={() => refreshHost(id)} />
      )}
    </header>
  );
}

function ReachCheck({ host }: { readonly host: LibraryHost }): ReactNode {
  const { t } = useTranslation('host');
  const [check, setCheck] = useState<HostCheck | null>(null);
  const look = reachLook(host.reach);
  return (
    <>
      <Chip icon={look.icon} text={look.text} tone={look.tone} />
      <p className="host__check" role="status">
        {check !== null && checkWords(check)}
      </p>
      <Button focusKey="host-check" label={t('checkNow')} icon={Radar} onPress={async () => setCheck(await checkHost(host.record.id))} />
    </>
  );
}

function checkWords(check: HostCheck): string {
  if (!check.ok) return `${check.failure.message} ${check.failure.advice}`;
  const { alive, rttMs, address } = check.value;
  if (!alive) return `${words('silent')} ${words('silentAdvice')}`;
  const answer = rttMs === null ? words('alive') : words('aliveIn', { rttMs: formatMs(rttMs) });
  return address === null ? answer : `${answer} ${words('aliveAt', { address })}`;
}
