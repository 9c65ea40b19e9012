// One bar while Athena can't write its own files: what that means, and what it does not.
import { HardDrive } from 'lucide-react';
import type { ReactNode } from 'react';
import { useStorage } from '../../stores/storage';
import { Banner } from '../../ui/Banner';
import { texts } from './texts';

export function StorageBar(): ReactNode {
  const trouble = useStorage((state) => state.trouble);
  if (trouble === null) return null;
  return (
    <Banner tone="warn" icon={HardDrive} title={texts.title}>
      {texts.lead(trouble.message)} <span className="selectable mono">{trouble.file}</span>
    </Banner>
  );
}
