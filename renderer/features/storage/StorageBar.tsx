// One bar while Athena can't write its own files: what that means, and what it does not.
import { HardDrive } from 'lucide-react';
import type { ReactNode } from 'react';
import { useTranslation } from 'react-i18next';
import { useStorage } from '../../stores/storage';
import { Banner } from '../../ui/Banner';

export function StorageBar(): ReactNode {
  const { t } = useTranslation('storage');
  const trouble = useStorage((state) => state.trouble);
  if (trouble === null) return null;
  return (
    <Banner tone="warn" icon={HardDrive} title={t('title')}>
      {t('lead', { reason: trouble.message })} <span className="selectable mono">{trouble.file}</span>
    </Banner>
  );
}
