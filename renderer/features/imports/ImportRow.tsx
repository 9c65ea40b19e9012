// One thing that another program knows: chosen or not, in the library already, or of no use and why.
import { CircleCheck, CircleSlash, Square, SquareCheck, type LucideIcon } from 'lucide-react';
import type { ReactNode } from 'react';
import { useTranslation } from 'react-i18next';
import type { ImportCandidate } from '../../../electron/common/imports';
import { useFocusTarget } from '../../navigation/use-focus-target';
import { leaveOut, useImports } from '../../stores/imports';
import { plainName } from '../../ui/host-state';
import { protocolNames } from '../../ui/protocol-names';

export function ImportRow({ candidate }: { readonly candidate: ImportCandidate }): ReactNode {
  const { id, name, state, file } = candidate;
  const target = useFocusTarget<HTMLButtonElement>(`import:${id}`);
  const isOut = useImports(({ leftOut }) => leftOut.has(id));
  const isNew = state.kind === 'new';
  return (
    <li>
      <button
        {...target}
        type="button"
        role="checkbox"
        aria-checked={isNew ? !isOut : state.kind === 'known'}
        aria-disabled={!isNew || undefined}
        className={isNew ? 'row import__row' : 'row import__row import__row--settled'}
        title={file}
        onClick={() => isNew && leaveOut([id], !isOut)}
      >
        <Mark candidate={candidate} isOut={isOut} />
        <span className="found__words">
          <span className="first-run__name ellipsis" dir="auto">
            {plainName(name)}
          </span>
          <Under candidate={candidate} />
        </span>
        <StateWords candidate={candidate} />
      </button>
    </li>
  );
}

function Mark({ candidate: { state }, isOut }: { readonly candidate: ImportCandidate; readonly isOut: boolean }): ReactNode {
  const icons: Readonly<Record<typeof state.kind, LucideIcon>> = { new: isOut ? Square : SquareCheck, known: CircleCheck, unusable: CircleSlash };
  const Icon = icons[state.kind];
  return <Icon size="1.3em" aria-hidden data-chosen={(state.kind === 'new' && !isOut) || undefined} />;
}

function Under({ candidate: { protocol, address, port, username, notes, state } }: { readonly candidate: ImportCandidate }): ReactNode {
  const { t } = useTranslation('imports');
  if (state.kind === 'unusable') {
    return (
      <span className="faint import__why">
        {state.message} {state.advice}
      </span>
    );
  }
  const user = username === null ? [] : [t('user', { name: username })];
  const place = port === null ? (address ?? '') : t('place', { address: address ?? '', port });
  const words = protocol === null ? [] : [protocolNames[protocol], place, ...user];
  return (
    <>
      <span className="quiet ellipsis">{words.join(' · ')}</span>
      {state.kind === 'new' && notes.length > 0 && <span className="faint import__why">{notes.join(' ')}</span>}
    </>
  );
}

function StateWords({ candidate: { name, state } }: { readonly candidate: ImportCandidate }): ReactNode {
  const { t } = useTranslation('imports');
  if (state.kind === 'new') return null;
  const words = state.kind === 'unusable' ? t('unusable') : state.name === name ? t('known') : t('knownAs', { name: plainName(state.name) });
  return <span className="import__state">{words}</span>;
}
