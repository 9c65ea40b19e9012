// Which buttons of a session can be pressed, for every pair of states.
import { describe, expect, it } from 'vitest';
import { sessionActions } from '../../../../renderer/features/session/session-actions';
import { appStates, linkStates } from '../../../fakes/fake-states';

const links = linkStates(0);
const apps = appStates(0);

function actions(linkName: string, appName: string): ReturnType<typeof sessionActions> {
  const link = links[linkName];
  const app = apps[appName];
  if (link === undefined || app === undefined) throw new Error(`no such state: ${linkName}, ${appName}`);
  return sessionActions({ link, app });
}

describe('sessionActions', () => {
  it('offers to pause what runs and to resume what is paused, whatever the link does', () => {
    for (const linkName of Object.keys(links)) {
      expect(actions(linkName, 'running').app).toEqual({ verb: 'pause', unavailable: undefined });
      expect(actions(linkName, 'paused').app).toEqual({ verb: 'resume', unavailable: undefined });
      expect(actions(linkName, 'uncertain').app).toEqual({ verb: 'pause', unavailable: undefined });
      expect(actions(linkName, 'unmanaged').app.unavailable).toContain('no SSH access');
    }
  });

  it('reconnects only when no attempt is under way and there is something to reconnect', () => {
    const open = Object.keys(links).filter((name) => actions(name, 'running').reconnect.unavailable === undefined);
    expect(open.filter((name) => !name.startsWith('asking-'))).toEqual(['streaming', 'stalled', 'waiting', 'gating']);
  });

  it('points at what comes next', () => {
    expect(actions('waiting', 'paused').primary).toBe('reconnect');
    expect(actions('streaming', 'paused').primary).toBe('app');
    expect(actions('ended', 'running').primary).toBe('launch-again');
    expect(actions('streaming', 'running').primary).toBeNull();
  });
});
