// How an entry's stream will look: what is set at which level, what that needs, and whether it fits.
import { ArrowLeft, Gauge, Play, RotateCw } from 'lucide-react';
import { useEffect, useMemo, useState, type ReactNode } from 'react';
import { useTranslation } from 'react-i18next';
import type { EntryId } from '../../../electron/common/ids';
import type { LibraryEntry, LibraryView } from '../../../electron/common/library';
import type { Profile, ProfileView } from '../../../electron/common/profile';
import { FocusPage } from '../../navigation/FocusGroup';
import { entryById, hostById } from '../../stores/library';
import { changeProfile, readProfile, useProfile } from '../../stores/profile';
import { openRoute } from '../../stores/route';
import { launchEntry, sessionOfEntry, useSessions } from '../../stores/sessions';
import { useToasts } from '../../stores/toasts';
import { Button } from '../../ui/Button';
import { FailureNote } from '../../ui/FailureNote';
import { plainName } from '../../ui/host-state';
import { BudgetPanel } from './BudgetPanel';
import { LevelBar, levelChoiceKey } from './LevelBar';
import { placeOf, withoutKeys, type SettableLevel } from './levels';
import { SettingGroups } from './SettingGroups';
import { SettingsContext, type Settings } from './settings-context';
import { sourceWords } from './source-words';

/** The path to the host is measured all the time, and the network may change under the page. */
const readEveryMs = 10_000;

export function ProfilePage({ entryId, view: library }: { readonly entryId: EntryId; readonly view: LibraryView }): ReactNode {
  const { t } = useTranslation('profile');
  const item = entryById(library, entryId);
  const isKnown = item !== undefined;
  const { view, failure } = useProfile((state) => (state.entryId === entryId ? state : unread));
  // Anew as well when the library changes: entries and hosts carry their levels.
  useEffect(() => {
    if (isKnown) void readProfile(entryId);
  }, [entryId, isKnown, library]);
  useEffect(() => {
    const timer = setInterval(() => isKnown && void readProfile(entryId), readEveryMs);
    return () => clearInterval(timer);
  }, [entryId, isKnown]);

  if (item === undefined) {
    return (
      <Plain title={t('unknownTitle')}>
        <Button label={t('library')} icon={ArrowLeft} look="primary" onPress={() => openRoute({ page: 'library' })} />
      </Plain>
    );
  }
  if (view !== null) return <Loaded key={entryId} item={item} hostName={plainName(hostById(library, item.entry.host)?.record.name ?? item.entry.host)} view={view} failure={failure} />;
  if (failure === null) {
    return (
      <Plain title={t('title')}>
        <p className="quiet">{t('reading')}</p>
      </Plain>
    );
  }
  return (
    <Plain key="failed" title={t('title')}>
      <FailureNote failure={failure} />
      <div className="settings__again">
        <Button label={t('again')} icon={RotateCw} look="primary" onPress={() => readProfile(entryId)} />
        <Button label={t('library')} icon={ArrowLeft} onPress={() => openRoute({ page: 'library' })} />
      </div>
    </Plain>
  );
}

const unread = { view: null, failure: null };

function Plain({ title, children }: { readonly title: string; readonly children: ReactNode }): ReactNode {
  return (
    <FocusPage page="profile-unread" className="page">
      <div className="page__inner page__inner--narrow">
        <h1 className="page__title">{title}</h1>
        {children}
      </div>
    </FocusPage>
  );
}

interface LoadedProps {
  readonly item: LibraryEntry;
  readonly hostName: string;
  readonly view: ProfileView;
  /** Why what is shown may be out of date. */
  readonly failure: Parameters<typeof FailureNote>[0]['failure'] | null;
}

function Loaded({ item, hostName, view, failure }: LoadedProps): ReactNode {
  const { t } = useTranslation('profile');
  const { entry } = item;
  const entryName = plainName(entry.name);
  const isRunning = useSessions(({ sessions }) => sessionOfEntry(sessions, entry.id) !== undefined);
  const [wanted, setLevel] = useState<SettableLevel>('entry');
  // The network may be lost while its level is open.
  const level = wanted === 'network' && view.network === null ? 'entry' : wanted;
  const settings = useMemo((): Settings => {
    const change = async (act: (profile: Profile) => Profile): Promise<Profile | null> => {
      const place = placeOf(level, entry, view);
      return place && changeProfile(entry.id, place, act);
    };
    return {
      view,
      level,
      sourceOf: (from) => sourceWords(from, hostName, plainName(view.network?.name ?? '')),
      set: (part) => change((profile) => ({ ...profile, ...part })),
      inherit: (keys) => change((profile) => withoutKeys(profile, keys)),
    };
  }, [view, level, entry, hostName]);

  const clear = async (): Promise<void> => {
    const place = placeOf(level, entry, view);
    const before = place && (await changeProfile(entry.id, place, () => ({})));
    if (place === null || before === null) return;
    useToasts.getState().show({
      tone: 'neutral',
      title: t('cleared', { level: t(`levelNames.${level}`) }),
      advice: t('clearedAdvice'),
      action: { label: t('undo'), run: () => void changeProfile(entry.id, place, () => before) },
    });
  };

  return (
    <FocusPage page={`profile/${entry.id}`} preferred={levelChoiceKey} className="page page--profile">
      <div className="page__inner profile">
        <header className="page__head">
          <div className="host__title">
            <h1 className="page__title ellipsis">{t('title')}</h1>
            <p className="quiet ellipsis">
              <bdi>{entryName}</bdi>
              {t('atHost')}
              <bdi>{hostName}</bdi>
            </p>
          </div>
          <Button label={isRunning ? t('openSession') : t('launch')} icon={isRunning ? Gauge : Play} focusKey="profile-launch" onPress={() => launchEntry(entry.id)} />
        </header>
        <SettingsContext.Provider value={settings}>
          <LevelBar entryId={entry.id} entryName={entryName} hostName={hostName} isRunning={isRunning} onChange={setLevel} onClear={clear} />
          {failure !== null && <FailureNote failure={failure} />}
          <div className="profile__columns">
            <SettingGroups key={level} />
            <BudgetPanel />
          </div>
        </SettingsContext.Provider>
      </div>
    </FocusPage>
  );
}
