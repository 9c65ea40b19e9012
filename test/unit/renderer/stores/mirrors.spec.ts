// The stores' own small decisions: output that overlaps, history under live samples, and the way back.
import { describe, expect, it } from 'vitest';
import type { HostId } from '../../../../electron/common/ids';
import { hostVantage } from '../../../../electron/common/vantage';
import { LiveSamples } from '../../../../renderer/stores/live-samples';
import { goBack, openRoute, setRoot, useRoute } from '../../../../renderer/stores/route';
import { newPart } from '../../../../renderer/stores/session-output';
import { putTrouble, useLatency } from '../../../../renderer/stores/latency';

const hostId = 'desk' as HostId;
const vantage = hostVantage(hostId);

describe('newPart', () => {
  it('is what was not written yet', () => {
    const printed = { sessionId: 's' as never, startsAt: 10, text: 'abcdef' };
    expect([5, 10, 13, 16, 40].map((upTo) => newPart(printed, upTo))).toEqual(['abcdef', 'abcdef', 'def', '', '']);
  });
});

describe('LiveSamples', () => {
  it('keeps history and live samples once each, in order', () => {
    const samples = new LiveSamples();
    samples.append([{ vantage, probe: 'icmp', atMs: [300, 500], rttMs: [3, null] }]);
    const version = samples.version;
    samples.prepend([{ vantage, probe: 'icmp', atMs: [100, 200, 300], rttMs: [1, 2, 3] }]);
    const { atMs, rttMs } = samples.window(vantage, 'icmp', 150);
    expect([...atMs]).toEqual([200, 300, 500]);
    expect([...rttMs]).toEqual([2, 3, NaN]);
    expect(samples.version).toBeGreaterThan(version);
    expect(samples.window(vantage, 'tcp', 0).atMs).toHaveLength(0);
  });
});

describe('the way back', () => {
  it('goes page by page, visits none twice, and ends in the library', () => {
    useRoute.setState({ route: { page: 'library' }, past: [] });
    openRoute({ page: 'host', hostId });
    openRoute({ page: 'host', hostId });
    openRoute({ page: 'practice' });
    openRoute({ page: 'host', hostId });
    expect(goBack()).toBe(true);
    expect(useRoute.getState().route).toEqual({ page: 'practice' });
    expect(goBack()).toBe(true);
    expect(useRoute.getState().route).toEqual({ page: 'library' });
    expect(goBack()).toBe(false);
  });
});

describe('where the window begins', () => {
  const pages = (): string[] => [...useRoute.getState().past, useRoute.getState().route].map(({ page }) => page);

  it('is Home on the couch and the library on the desk, and takes along who stands there', () => {
    useRoute.setState({ route: { page: 'library' }, past: [], root: 'library' });
    setRoot('home');
    expect(pages()).toEqual(['home']);
    openRoute({ page: 'library' });
    openRoute({ page: 'practice' });
    expect(pages()).toEqual(['home', 'library', 'practice']);
    setRoot('library');
    expect(pages()).toEqual(['library', 'practice']);
    goBack();
    expect(goBack()).toBe(false);
  });

  it('leaves who looks at another page there, with the new beginning behind', () => {
    useRoute.setState({ route: { page: 'library' }, past: [], root: 'library' });
    openRoute({ page: 'host', hostId });
    setRoot('home');
    expect(pages()).toEqual(['home', 'host']);
    setRoot('home');
    expect(pages()).toEqual(['home', 'host']);
  });

  it('never goes back to the page that is shown', () => {
    useRoute.setState({ route: { page: 'home' }, past: [], root: 'home' });
    openRoute({ page: 'library' });
    setRoot('library');
    expect(pages()).toEqual(['library']);
  });
});

describe('probe troubles', () => {
  it('go when they are over', () => {
    putTrouble({ vantage, probe: 'icmp', message: 'ping is not installed' });
    expect(useLatency.getState().troubles).toEqual({ 'host/desk/icmp': 'ping is not installed' });
    putTrouble({ vantage, probe: 'icmp', message: null });
    expect(useLatency.getState().troubles).toEqual({});
  });
});
