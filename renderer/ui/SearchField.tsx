// A page's search: reached by the search command, emptied by Back before that leaves the page.
import { Search } from 'lucide-react';
import type { ReactNode } from 'react';
import { useCommand, useNavigation } from '../navigation/navigation-context';
import { useFocusTarget } from '../navigation/use-focus-target';

interface SearchFieldProps {
  readonly label: string;
  readonly value: string;
  readonly onChange: (value: string) => void;
  readonly focusKey: string;
}

export function SearchField({ label, value, onChange, focusKey }: SearchFieldProps): ReactNode {
  const { engine } = useNavigation();
  const target = useFocusTarget<HTMLInputElement>(focusKey);
  useCommand('search', () => {
    engine.focus(focusKey);
    return true;
  });
  useCommand('back', () => {
    if (value === '') return false;
    onChange('');
    return true;
  });
  return (
    <label className="search">
      <Search size="1.1em" aria-hidden />
      <input
        {...target}
        type="search"
        className="search__box"
        value={value}
        placeholder={label}
        aria-label={label}
        spellCheck={false}
        onChange={(event) => onChange(event.target.value)}
      />
      {value === '' && (
        <kbd className="keycap" aria-hidden>
          /
        </kbd>
      )}
    </label>
  );
}
