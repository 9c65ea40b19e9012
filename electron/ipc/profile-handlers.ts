// The channels of profiles.
import type { Services } from '../domain/services';
import type { Handlers } from './serve';

type ProfileChannel = Extract<keyof Handlers, `profile:${string}`>;

export function profileHandlers({ profiles }: Services): Pick<Handlers, ProfileChannel> {
  return {
    'profile:read': ({ entryId }) => profiles.read(entryId),
    'profile:set': ({ place, profile }) => profiles.set(place, profile),
  };
}
