// Answers what the hand does with a small sound, and failures with another one, where sounds are wanted.
import { useEffect } from 'react';
import { useNavigation } from './navigation/navigation-context';
import { useSettings } from './stores/settings';
import { useToasts } from './stores/toasts';
import { SoundPlayer, type SoundName } from './ui/sound-player';

export function InterfaceSounds(): null {
  const { bell } = useNavigation();
  useEffect(() => {
    const player = new SoundPlayer();
    const play = (name: SoundName): void => {
      const { sounds, soundVolumePercent } = useSettings.getState().view.values;
      if (sounds) player.play(name, soundVolumePercent);
    };
    const stops = [
      bell.listen(play),
      useToasts.subscribe(({ toasts }, before) => {
        const newest = toasts.at(-1);
        // Over a game in front of the window, a sound for something that is not seen would only puzzle.
        if (newest?.tone === 'bad' && newest.id >= before.nextId && document.hasFocus()) play('error');
      }),
      // What was chosen is heard at once.
      useSettings.subscribe(({ view }, before) => {
        const { sounds, soundVolumePercent } = view.values;
        const was = before.view.values;
        if (before.view.file !== '' && (sounds !== was.sounds || soundVolumePercent !== was.soundVolumePercent)) play('select');
      }),
    ];
    return () => {
      stops.forEach((stop) => stop());
      player.dispose();
    };
  }, [bell]);
  return null;
}
