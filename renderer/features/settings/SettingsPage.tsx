// Athena's own settings: searchable, in groups, each in force as soon as it is changed.
import { useEffect, useState, type ReactNode } from 'react';
import { useTranslation } from 'react-i18next';
import { FocusGroup, FocusPage } from '../../navigation/FocusGroup';
import { lookAtDesktop, useSettings } from '../../stores/settings';
import { onAppearance } from '../../ui/appearance';
import { Button } from '../../ui/Button';
import { SearchField } from '../../ui/SearchField';
import { controlKey } from './SettingControl';
import { findSettings } from './find-settings';
import { SettingRow } from './SettingRow';
import { SettingsFileCard, SettingsTroubles } from './SettingsFile';

export function SettingsPage(): ReactNode {
  const { t } = useTranslation('settings');
  const [search, setSearch] = useState('');
  const groups = findSettings(search);
  const shortcut = useSettings(({ view }) => view.values.reconnectShortcut);
  // Other keys may be granted or not.
  useEffect(() => {
    void lookAtDesktop();
  }, [shortcut]);
  // The control that changes the size must not slide away from under the hand.
  useEffect(() => onAppearance(() => document.activeElement?.scrollIntoView({ block: 'nearest' })), []);
  return (
    <FocusPage page="settings" preferred={controlKey('theme')} className="page page--settings">
      <div className="page__inner page__inner--narrow">
        <FocusGroup as="header" className="page__head settings__bar">
          <h1 className="page__title">{t('title')}</h1>
          <SearchField label={t('search')} value={search} onChange={setSearch} focusKey="settings-search" />
        </FocusGroup>
        <SettingsTroubles />
        {groups.map(({ title, names }) => (
          <section key={title} className="section" aria-label={title}>
            <h2 className="section__title">{title}</h2>
            <div className="card settings__card">
              {names.map((name) => (
                <SettingRow key={name} name={name} />
              ))}
            </div>
          </section>
        ))}
        {groups.length === 0 && (
          <div className="settings__nothing" role="status">
            <p className="quiet">{t('nothingFound')}</p>
            <Button label={t('showAll')} onPress={() => setSearch('')} />
          </div>
        )}
        <SettingsFileCard />
      </div>
    </FocusPage>
  );
}
