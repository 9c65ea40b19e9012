// Every link state with every app state has words, and "paused" is said only of an app that is.
import { describe, expect, it } from 'vitest';
import { appWords, linkDetail, sessionWords } from '../../../../renderer/ui/session-words';
import { freshQuality as quality } from '../../../../electron/domain/session/stream-quality';
import { appStates, linkStates } from '../../../fakes/fake-states';

const nowMs = 1_700_000_000_000;
const links = Object.entries(linkStates(nowMs));
const apps = Object.entries(appStates(nowMs));
const pairs = links.flatMap(([linkName, link]) => apps.map(([appName, app]) => [linkName, appName, link, app] as const));
const pausedApps = ['paused', 'user', 'counting'];

describe('sessionWords', () => {
  it.each(pairs)('%s with an app that is %s', (linkName, appName, link, app) => {
    const { text } = sessionWords({ link, app, quality });
    expect(text).toMatch(/^[A-Z]/);
    if (/\bpaused\b/i.test(text)) expect(pausedApps).toContain(appName);
    const interrupted = ['waiting', 'gating', 'reconnecting'].includes(linkName);
    if (interrupted) expect(text).toBe(pausedApps.includes(appName) ? 'Paused, reconnecting' : 'Reconnecting');
  });

  it('knows each app state while streaming', () => {
    const streaming = linkStates(nowMs)['streaming'];
    if (streaming === undefined) throw new Error('the fakes have no streaming link');
    expect(Object.fromEntries(apps.map(([name, app]) => [name, sessionWords({ link: streaming, app, quality }).text]))).toEqual({
      unmanaged: 'Streaming',
      running: 'Streaming',
      pausing: 'Pausing the app',
      paused: 'Streaming, app paused',
      user: 'Streaming, app paused',
      counting: 'Stream is back, app paused',
      resuming: 'Resuming the app',
      uncertain: 'Streaming, pause failed',
    });
  });

  it.each(['poor', 'tooSlow'] as const)('a stream that is %s is no calm one', (trouble) => {
    const streaming = linkStates(nowMs)['streaming'];
    if (streaming === undefined) throw new Error('the fakes have no streaming link');
    const poorly = { ...quality, [trouble]: true };
    expect(sessionWords({ link: streaming, app: { kind: 'running' }, quality: poorly })).toEqual({ text: 'Streaming poorly', tone: 'warn', isWorking: false });
    expect(sessionWords({ link: streaming, app: { kind: 'pausing', by: 'user', sinceMs: nowMs }, quality: poorly }).text).toBe('Pausing the app');
  });

  it('warns of an app that stays paused after the end', () => {
    const ended = { kind: 'ended', atMs: nowMs, reason: 'stopped' } as const;
    const paused = { kind: 'paused', by: 'user', method: 'sigstop', processes: 1, atMs: nowMs } as const;
    expect(sessionWords({ link: ended, app: paused, quality })).toEqual({ text: 'Ended, app still paused', tone: 'hold', isWorking: false });
    expect(sessionWords({ link: ended, app: { kind: 'running' }, quality }).text).toBe('Stopped');
  });
});

describe('linkDetail', () => {
  it.each(links)('%s is told in sentences or not at all', (_name, link) => {
    expect(linkDetail(link)).toMatch(/^$|^[A-Z].*[.…]$/);
  });

  it('says what happened before what is tried', () => {
    const details = Object.fromEntries(links.map(([name, link]) => [name, linkDetail(link)]));
    expect(details['waiting']).toBe('The client crashed (SIGSEGV).');
    expect(details['gating']).toBe('The client crashed (SIGSEGV). Waiting until the network is fit.');
    expect(details['reconnecting']).toBe('The client crashed (SIGSEGV). Connecting.');
  });
});

describe('appWords', () => {
  it.each(apps)('%s: says paused only of what is verified', (name, app) => {
    expect(/\bpaused\b/i.test(appWords(app).text)).toBe(pausedApps.includes(name));
  });

  it('hands on why it is unsure, with the advice', () => {
    const uncertain = appStates(nowMs)['uncertain'];
    if (uncertain === undefined) throw new Error('the fakes have no uncertain app');
    expect(appWords(uncertain).detail).toBe('No process on Workshop matches “factorio”. Check the command pattern in the entry.');
  });

  it('says of a pause that nothing confirms only that it was asked for', () => {
    const asked = { kind: 'paused', by: 'interruption', method: 'key', processes: 0, atMs: nowMs, verified: false } as const;
    expect(appWords(asked)).toEqual({ text: 'App asked to pause', tone: 'warn', isWorking: false, detail: 'Nothing on the host tells whether it did' });
    const waiting = links.find(([name]) => name === 'waiting')?.[1];
    if (waiting === undefined) throw new Error('the fakes have no session that waits');
    expect(sessionWords({ link: waiting, app: asked, quality }).text).toBe('Reconnecting');
    expect(appWords({ ...asked, method: 'webhook', verified: true }).text).toBe('App paused');
    expect(appWords({ ...asked, method: 'vm-suspend', verified: true }).detail).toContain('virtual machine');
  });
});
