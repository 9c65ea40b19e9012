// The toast over a stream: nothing while all is well, and "paused" only when it is known.
import { describe, expect, it } from 'vitest';
import type { AppState, LinkState } from '../../../electron/common/session';
import { inEnglish } from '../../../electron/common/told';
import { toastWords, type ToastWords } from '../../../electron/shell/toast-words';
import { appStates, linkStates } from '../../fakes/fake-states';

const nowMs = 1_700_000_000_000;
const links = linkStates(nowMs);
const apps = appStates(nowMs);

function words(link: string, app: string): ToastWords | null {
  const found: { link?: LinkState | undefined; app?: AppState | undefined } = { link: links[link], app: apps[app] };
  if (!found.link || !found.app) throw new Error(`no state ${link} or ${app}`);
  return toastWords({ name: 'Game', link: found.link, app: found.app });
}

describe('the toast', () => {
  it.each([
    ['connecting', 'running'],
    ['streaming', 'running'],
    ['streaming', 'paused'],
    ['stopping', 'running'],
    ['ended', 'paused'],
  ])('says nothing while %s with its app %s', (link, app) => {
    expect(words(link, app)).toBeNull();
  });

  it.each([
    ['waiting', 'paused', 'Game was lost', 'Paused ✓ · Athena is bringing it back.', 'hold'],
    ['gating', 'pausing', 'Game was lost', 'It is being paused. Athena is bringing it back.', 'warn'],
    ['reconnecting', 'running', 'Game was lost', 'It plays on. Athena is bringing it back.', 'warn'],
    ['asking-qpassword', 'paused', 'Game needs you', 'Paused ✓ · Open Athena to answer.', 'bad'],
    ['streaming', 'counting', 'Game is back', 'It runs on in a moment.', 'good'],
  ])('%s with its app %s', (link, app, title, detail, tone) => {
    expect(words(link, app)).toEqual({ title, detail, tone });
  });

  it('never says paused of an app that was only asked to', () => {
    const app = apps['paused'];
    const link = links['waiting'];
    if (app?.kind !== 'paused' || link === undefined) throw new Error('no such states');
    expect(inEnglish(toastWords({ name: 'Game', link, app: { ...app, verified: false } })?.detail)).toBe('It was asked to pause. Athena is bringing it back.');
    expect(toastWords({ name: 'Game', link, app: { ...app, method: 'quit' } })).toMatchObject({ detail: 'The app was ended on the host. Athena is bringing it back.', tone: 'warn' });
  });

  it('tells a failed pause with what to do', () => {
    const told = words('streaming', 'uncertain');
    expect(inEnglish(told?.title)).toMatch(/^Game could not be/);
    expect(inEnglish(told?.detail)).not.toBe('');
  });
});
