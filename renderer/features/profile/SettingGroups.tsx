// All settings of a stream, in groups.
import type { ReactNode } from 'react';
import { useTranslation } from 'react-i18next';
import { FocusGroup } from '../../navigation/FocusGroup';
import { BitrateRow, ChoiceRow, FpsRow, PacketSizeRow, ResolutionRow, SwitchRow } from './controls';
import { useSettings } from './settings-context';

export function SettingGroups(): ReactNode {
  const { t } = useTranslation('profile');
  const { hdr, codec } = useSettings().view.resolved.values;
  return (
    <FocusGroup className="settings">
      <Group title={t('groups.picture')}>
        <ResolutionRow />
        <FpsRow />
        <ChoiceRow name="codec" warning={hdr && codec === 'h264' ? t('h264WithoutHdr') : undefined} />
        <SwitchRow name="hdr" />
        <SwitchRow name="yuv444" />
      </Group>
      <Group title={t('groups.bitrate')}>
        <BitrateRow />
      </Group>
      <Group title={t('groups.window')}>
        <ChoiceRow name="displayMode" />
        <SwitchRow name="vsync" />
        <SwitchRow name="framePacing" />
        <SwitchRow name="performanceOverlay" />
      </Group>
      <Group title={t('groups.sound')}>
        <ChoiceRow name="audio" />
        <SwitchRow name="audioOnHost" />
      </Group>
      <Group title={t('groups.input')}>
        <SwitchRow name="multiController" />
        <SwitchRow name="absoluteMouse" />
        <ChoiceRow name="captureSystemKeys" />
      </Group>
      <Group title={t('groups.session')}>
        <SwitchRow name="quitAfter" />
        <SwitchRow name="optimizeGame" />
        <SwitchRow name="keepAwake" />
      </Group>
      <Group title={t('groups.advanced')}>
        <ChoiceRow name="decoder" />
        <PacketSizeRow />
      </Group>
    </FocusGroup>
  );
}

function Group({ title, children }: { readonly title: string; readonly children: ReactNode }): ReactNode {
  return (
    <section className="section" aria-label={title}>
      <h2 className="section__title">{title}</h2>
      <div className="card settings__card">{children}</div>
    </section>
  );
}
