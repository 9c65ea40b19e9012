// A small menu that floats over the page; the focus stays in it until it is closed.
import type { LucideIcon } from 'lucide-react';
import { useEffect, type ReactNode } from 'react';
import { FocusGroup } from '../navigation/FocusGroup';
import { useCommand, useNavigation } from '../navigation/navigation-context';
import { useFocusTarget } from '../navigation/use-focus-target';

export interface MenuItem {
  readonly label: string;
  readonly icon: LucideIcon;
  readonly danger?: boolean;
  readonly onChoose: () => void;
}

interface MenuProps {
  readonly label: string;
  readonly items: readonly MenuItem[];
  /** What there is to know beside what there is to do. */
  readonly note?: string | undefined;
  /** Gets the focus back when the menu closes. */
  readonly opener: string;
  readonly onClose: () => void;
}

export function Menu({ label, items, note, opener, onClose }: MenuProps): ReactNode {
  const { engine } = useNavigation();
  useEffect(() => {
    engine.focus('menu');
  }, [engine]);
  const close = (): void => {
    engine.focus(opener);
    onClose();
  };
  useCommand('back', () => {
    close();
    return true;
  });
  useCommand('options', () => {
    close();
    return true;
  });
  return (
    <>
      <div className="menu-ground" onPointerDown={close} />
      <FocusGroup className="menu" role="menu" label={label} focusKey="menu" closed remembers={false}>
        {note !== undefined && <p className="menu__note figures">{note}</p>}
        {items.map((item) => (
          <MenuRow
            key={item.label}
            item={item}
            onChoose={() => {
              close();
              item.onChoose();
            }}
          />
        ))}
      </FocusGroup>
    </>
  );
}

function MenuRow({ item, onChoose }: { readonly item: MenuItem; readonly onChoose: () => void }): ReactNode {
  const target = useFocusTarget<HTMLButtonElement>();
  const Icon = item.icon;
  return (
    <button {...target} type="button" role="menuitem" className={item.danger === true ? 'menu__item menu__item--danger' : 'menu__item'} onClick={onChoose}>
      <Icon size="1.1em" aria-hidden />
      {item.label}
    </button>
  );
}
