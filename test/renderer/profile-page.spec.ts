// The page of stream settings in a real browser on a fake main process: where values come from, what is written at which level, the budget, the focus.
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { Locator, Page } from 'playwright-core';
import { profileViewSchema, type ProfilePlace } from '../../electron/common/profile';
import type { FakeBridge } from '../fakes/fake-bridge';
import { deadEnds, walkFocus } from './focus-walk';
import { BuiltRenderer, type WindowSize } from './preview/built-renderer';
import { chooseLevel, openProfile } from './preview/profile-steps';

const context = { renderer: undefined as BuiltRenderer | undefined };

beforeAll(async () => {
  context.renderer = await BuiltRenderer.start();
}, 60_000);
afterAll(async () => context.renderer?.stop(), 30_000);

const usual: WindowSize = { width: 1280, height: 800 };
const small: WindowSize = { width: 900, height: 600 };

async function onPage(scene: string, act: (page: Page) => Promise<void>, size = usual): Promise<void> {
  if (context.renderer === undefined) throw new Error('the renderer is not built');
  const opened = await context.renderer.open(scene, size, { reducedMotion: 'reduce' });
  await openProfile(opened.page);
  await act(opened.page);
  expect(opened.problems).toEqual([]);
  await opened.context.close();
}

type Athena = Window & { readonly athena: FakeBridge };

async function lastSet(page: Page): Promise<{ readonly place: ProfilePlace; readonly profile: unknown } | undefined> {
  const calls = await page.evaluate(() => (window as unknown as Athena).athena.calls.filter(({ channel }) => channel === 'profile:set'));
  return calls.at(-1)?.args as { place: ProfilePlace; profile: unknown } | undefined;
}

const row = (page: Page, name: string): Locator => page.getByRole('group', { name, exact: true });
const chip = (page: Page, name: string): Locator => row(page, name).locator('.chip');
const chosen = (page: Page, name: string): Locator => row(page, name).locator('[role=radio][aria-checked=true]');
const bitrate = (page: Page): Locator => page.getByRole('textbox', { name: 'Bitrate' });

describe('where a value comes from', { timeout: 40_000 }, () => {
  it('stands beside every one of the settings', async () => {
    await onPage('profile', async (page) => {
      expect(await page.locator('main h1').textContent()).toBe('Stream settings');
      expect(await page.locator('.page__head').textContent()).toContain('Desktop on Rig');
      expect(await page.locator('.setting').count()).toBe(20);
      expect(await page.locator('.setting__origin .chip').count()).toBe(20);
      for (const [name, source, value] of [
        ['Resolution', 'from Rig', '1440p'],
        ['Frame rate', 'from Athena', '120'],
        ['Codec', 'from Rig', 'HEVC'],
        ['Speakers', 'from Athena', '5.1'],
        ['Display mode', 'this entry', 'Borderless'],
        ['Decoder', 'Moonlight’s default', 'Automatic'],
      ] as const) {
        expect([name, await chip(page, name).textContent(), await chosen(page, name).textContent()]).toEqual([name, source, value]);
      }
      expect(await row(page, 'HDR').getByRole('switch').getAttribute('aria-checked')).toBe('true');
      expect(await bitrate(page).inputValue()).toBe('57');
    });
  });

  it('is the network where that wins, and an outer level says that it does not reach the stream', async () => {
    await onPage('profile-network', async (page) => {
      expect(await chip(page, 'Frame rate').textContent()).toBe('network Home');
      expect(await row(page, 'Frame rate').textContent()).toContain('30 fps is in force, whatever is set here.');
      await chooseLevel(page, 'All of Athena');
      expect(await chosen(page, 'Frame rate').textContent()).toBe('120');
      expect(await row(page, 'Frame rate').textContent()).toContain('30 fps is in force, whatever is set here.');
      await chooseLevel(page, 'This network');
      expect(await row(page, 'Frame rate').textContent()).not.toContain('in force');
      expect(await row(page, 'Frame rate').getByRole('button').textContent()).toBe('Use inherited: 120 fps');
    });
  });

  it('tells why nothing can be set for a network that is not recognised', async () => {
    await onPage('profile-unknown', async (page) => {
      const network = page.getByRole('radio', { name: 'This network' });
      expect(await network.getAttribute('aria-disabled')).toBe('true');
      expect(await page.locator('main').textContent()).toContain('Athena does not recognise the network this computer is in');
      await network.click({ force: true });
      expect(await page.getByRole('radio', { name: 'This entry' }).getAttribute('aria-checked')).toBe('true');
    });
  });
});

describe('a change', { timeout: 40_000 }, () => {
  it('is written at the chosen level together with what was set there', async () => {
    await onPage('profile', async (page) => {
      await row(page, 'Frame rate').getByRole('radio', { name: '60', exact: true }).click();
      await expect.poll(() => chip(page, 'Frame rate').textContent()).toBe('this entry');
      expect(await lastSet(page)).toEqual({ place: { level: 'entry', entryId: 'rig-app-1' }, profile: { vsync: false, displayMode: 'borderless', fps: 60 } });

      await chooseLevel(page, 'This host');
      await row(page, 'Full colour (4:4:4)').getByRole('switch').click();
      await expect.poll(() => chip(page, 'Full colour (4:4:4)').textContent()).toBe('from Rig');
      expect(await lastSet(page)).toEqual({ place: { level: 'host', hostId: 'rig' }, profile: { codec: 'hevc', widthPx: 2560, heightPx: 1440, yuv444: true } });

      await chooseLevel(page, 'This network');
      await row(page, 'Resolution').getByRole('radio', { name: '720p' }).click();
      await expect.poll(() => chip(page, 'Resolution').textContent()).toBe('network Home');
      expect(await lastSet(page)).toEqual({ place: { level: 'network', network: { id: '9c:5c:8e:00:11:22', name: 'Home' } }, profile: { widthPx: 1280, heightPx: 720 } });

      await chooseLevel(page, 'All of Athena');
      await row(page, 'Decoder').getByRole('radio', { name: 'Software' }).click();
      await expect.poll(() => chip(page, 'Decoder').textContent()).toBe('from Athena');
      expect(await lastSet(page)).toEqual({ place: { level: 'global' }, profile: { fps: 120, hdr: true, audio: '5.1', decoder: 'software' } });
      const answer = await page.evaluate(() => (window as unknown as Athena).athena.invoke('profile:read', { entryId: 'rig-app-1' }));
      expect(profileViewSchema.safeParse(answer.ok && answer.value).error).toBeUndefined();
    });
  });

  it('of the network’s name is kept with what is set there, and an empty one is refused', async () => {
    await onPage('profile-network', async (page) => {
      await chooseLevel(page, 'This network');
      const name = page.getByRole('textbox', { name: 'Name of this network' });
      await name.fill('  ');
      await name.press('Enter');
      expect(await page.locator('.network-name').textContent()).toContain('A name has 1 to 80 characters.');
      expect(await lastSet(page)).toBeUndefined();
      await name.fill('Garden house');
      await page.getByRole('button', { name: 'Rename' }).click();
      await expect.poll(() => chip(page, 'Frame rate').textContent()).toBe('network Garden house');
      expect(await lastSet(page)).toEqual({ place: { level: 'network', network: { id: '9c:5c:8e:00:11:22', name: 'Garden house' } }, profile: { fps: 30, bitrateKbps: 8_000 } });
    });
  });

  it('made twice in a row loses neither', async () => {
    await onPage('profile', async (page) => {
      await page.evaluate(() => {
        for (const name of ['V-Sync', 'Frame pacing', 'Figures over the picture']) document.querySelector<HTMLElement>(`[role=switch][aria-label="${name}"]`)?.click();
      });
      await expect.poll(() => page.locator('.setting__origin .chip', { hasText: 'this entry' }).count()).toBe(4);
      expect((await lastSet(page))?.profile).toEqual({ vsync: true, displayMode: 'borderless', framePacing: true, performanceOverlay: true });
    });
  });

  it('is taken back by “use inherited”, which keeps the focus in its row', async () => {
    await onPage('profile', async (page) => {
      await row(page, 'Display mode').getByRole('button', { name: 'Use inherited: Full screen' }).click();
      await expect.poll(() => chip(page, 'Display mode').textContent()).toBe('Moonlight’s default');
      expect((await lastSet(page))?.profile).toEqual({ vsync: false });
      expect(await row(page, 'Display mode').getByRole('button').count()).toBe(0);
      expect(await page.evaluate(() => document.activeElement?.closest('[role=group]')?.getAttribute('aria-label'))).toBe('Display mode');
      expect(await chosen(page, 'Display mode').textContent()).toBe('Full screen');
    });
  });

  it('of a whole level is cleared with a way back', async () => {
    await onPage('profile', async (page) => {
      await page.getByRole('button', { name: 'Inherit everything' }).click();
      await expect.poll(() => page.getByRole('radio', { name: 'This entry' }).textContent()).toContain('none set');
      expect((await lastSet(page))?.profile).toEqual({});
      await page.getByRole('button', { name: 'Undo' }).click();
      await expect.poll(() => page.getByRole('radio', { name: 'This entry' }).textContent()).toContain('2 set');
      expect((await lastSet(page))?.profile).toEqual({ vsync: false, displayMode: 'borderless' });
    });
  });

  it('that main refuses is told, and what is shown stays what main says', async () => {
    await onPage('profile', async (page) => {
      await page.evaluate(() =>
        (window as unknown as Athena).athena.failures.set('profile:set', { kind: 'io', message: 'The library could not be written.', advice: 'Free some space on the disk.' }),
      );
      await bitrate(page).fill('30');
      await bitrate(page).press('Enter');
      await expect.poll(() => page.locator('.toast').textContent()).toContain('Free some space on the disk.');
      await expect.poll(() => bitrate(page).inputValue()).toBe('57');
      expect(await chip(page, 'Bitrate').textContent()).toBe('Moonlight’s default');
    });
  });
});

describe('a number', { timeout: 40_000 }, () => {
  it('outside the limits is refused with what they are, and not sent', async () => {
    await onPage('profile', async (page) => {
      const error = row(page, 'Bitrate').locator('[role=alert]');
      for (const [typed, words] of [
        ['501', 'Not set: Bitrate can be from 0.5 to 500 Mbit/s.'],
        ['0.4', 'Not set: Bitrate can be from 0.5 to 500 Mbit/s.'],
        ['-3', 'Not set: Bitrate can be from 0.5 to 500 Mbit/s.'],
        ['fast', 'Not set: use digits only, from 0.5 to 500 Mbit/s.'],
        ['', 'Not set: use digits only, from 0.5 to 500 Mbit/s.'],
      ] as const) {
        await bitrate(page).fill(typed);
        await bitrate(page).press('Enter');
        expect([typed, (await error.textContent())?.trim()]).toEqual([typed, words]);
        expect(await bitrate(page).getAttribute('aria-invalid')).toBe('true');
      }
      await bitrate(page).press('Escape');
      expect(await bitrate(page).inputValue()).toBe('57');
      expect(await error.count()).toBe(0);

      await row(page, 'Frame rate').getByRole('radio', { name: 'Other' }).click();
      const fps = page.getByRole('textbox', { name: 'Frame rate' });
      await expect.poll(() => fps.evaluate((field) => field === document.activeElement)).toBe(true);
      await fps.fill('9');
      await fps.press('Tab');
      expect(await row(page, 'Frame rate').locator('[role=alert]').textContent()).toContain('Frame rate can be from 10 to 480 fps.');
      await fps.fill('59.94');
      expect(await row(page, 'Frame rate').locator('[role=alert]').textContent()).toContain('no decimals here');
      expect(await lastSet(page)).toBeUndefined();
    });
  });

  it('is sent when it is done, by Enter, by leaving, and by the steps', async () => {
    await onPage('profile', async (page) => {
      await bitrate(page).fill('42,5');
      await bitrate(page).press('Enter');
      await expect.poll(async () => (await lastSet(page))?.profile).toMatchObject({ bitrateKbps: 42_500 });
      const more = row(page, 'Bitrate').getByRole('button', { name: 'More: Bitrate' });
      await more.click();
      await more.click();
      await expect.poll(async () => (await lastSet(page))?.profile).toMatchObject({ bitrateKbps: 50_000 });
      await row(page, 'Resolution').getByRole('radio', { name: 'Other' }).click();
      await page.getByRole('textbox', { name: 'Width' }).fill('3440');
      await page.getByRole('textbox', { name: 'Height' }).focus();
      await expect.poll(async () => (await lastSet(page))?.profile).toMatchObject({ widthPx: 3440, heightPx: 1440 });
      await expect.poll(() => page.locator('.budget').textContent()).toContain('3440 × 1440 at 120 fps');
    });
  });

  it('of the bitrate goes back to Moonlight’s own, which follows the mode, unless an outer level has one', async () => {
    await onPage('profile-network', async (page) => {
      await chooseLevel(page, 'This network');
      expect(await bitrate(page).inputValue()).toBe('8');
      await page.getByRole('button', { name: 'Moonlight’s default: 20 Mbit/s' }).click();
      await expect.poll(() => bitrate(page).inputValue()).toBe('20');
      expect((await lastSet(page))?.profile).toEqual({ fps: 30 });

      await chooseLevel(page, 'All of Athena');
      await bitrate(page).fill('12');
      await bitrate(page).press('Enter');
      await expect.poll(async () => (await lastSet(page))?.place.level).toBe('global');
      await chooseLevel(page, 'This host');
      await page.getByRole('button', { name: 'Moonlight’s default: 20 Mbit/s' }).click();
      await expect.poll(async () => (await lastSet(page))?.profile).toMatchObject({ bitrateKbps: 20_000, codec: 'hevc' });
    });
  });
});

describe('the budget', { timeout: 40_000 }, () => {
  it('tells the raw link rate, both bitrates, need and room', async () => {
    await onPage('profile', async (page) => {
      const budget = page.getByRole('complementary', { name: 'Stream budget' });
      await row(page, 'HDR').getByRole('switch').click();
      await expect.poll(() => budget.textContent()).toContain('11.59 Gbit/s');
      const words = (await budget.textContent()) ?? '';
      for (const part of ['Fits', 'Needs on the wire59.5 Mbit/s', 'The link carries800 Mbit/sof 1 Gbit/s, wired', 'Moonlight’s default57 Mbit/s', '2560 × 1440 at 120 fps, 24 bits a pixel', '1/203']) {
        expect(words).toContain(part);
      }
    });
  });

  it.each([
    ['profile-tight', 'Tight', 'warn', 'a whole picture will not come through in time'],
    ['profile-no', 'Can’t fit', 'bad', 'it can’t fit'],
    ['profile-unknown', 'Not known', 'neutral', 'Athena does not know how fast the link to the host is'],
  ] as const)('warns: %s', async (scene, verdict, tone, words) => {
    await onPage(scene, async (page) => {
      const head = page.locator('.budget__head .chip');
      expect([await head.textContent(), await head.getAttribute('data-tone')]).toEqual([verdict, tone]);
      expect(await page.locator('.budget').textContent()).toContain(words);
    });
  });

  it('takes Athena’s advice by one press, and follows a path that changes', async () => {
    await onPage('profile-tight', async (page) => {
      await page.locator('.budget').getByRole('button', { name: 'Use' }).click();
      await expect.poll(async () => (await lastSet(page))?.profile).toMatchObject({ bitrateKbps: 49_000 });
      await expect.poll(() => page.locator('.budget__head .chip').textContent()).toBe('Fits');
      await page.evaluate(() => {
        const { athena } = window as unknown as Athena;
        athena.profiles.change({ link: { speedMbps: 54, medium: 'wireless' } });
        athena.changeLibrary({});
      });
      await expect.poll(() => page.locator('.budget__head .chip').textContent()).toBe('Can’t fit');
    });
  });

  it('says that H.264 has no HDR', async () => {
    await onPage('profile-no', async (page) => {
      expect(await row(page, 'Codec').textContent()).toContain('H.264 carries no HDR');
      await row(page, 'Codec').getByRole('radio', { name: 'AV1' }).click();
      await expect.poll(() => row(page, 'Codec').textContent()).not.toContain('H.264 carries no HDR');
    });
  });
});

describe('the page', { timeout: 120_000 }, () => {
  it.each([
    // Where the panel stands above the settings, and where it stands beside them with a level that is only there sometimes.
    ['profile', small],
    ['profile-network', usual],
  ] as const)('is walked by the arrow keys alone: %s %o', async (scene, size) => {
    await onPage(
      scene,
      async (page) => {
        if (scene === 'profile') await row(page, 'Resolution').getByRole('radio', { name: 'Other' }).click();
        if (scene === 'profile-network') await chooseLevel(page, 'This network');
        await page.waitForTimeout(150);
        await page.keyboard.press('Shift');
        const walk = await walkFocus(page);
        expect(walk.faults).toEqual([]);
        expect(walk.controls.filter((key) => !walk.neighbours.has(key))).toEqual([]);
        expect(deadEnds(walk, 'nav:library')).toEqual([]);
      },
      size,
    );
  });

  it.each([usual, small])('never hides the focus behind its bars, and never scrolls sideways: %o', async (size) => {
    await onPage(
      'profile-hostile',
      async (page) => {
        const sideways = await page.evaluate(() => [...document.querySelectorAll('main, main *')].filter((part) => part.scrollWidth > part.clientWidth + 1 && getComputedStyle(part).overflowX !== 'hidden' && part.clientWidth > 0).map(({ className }) => className));
        expect(sideways).toEqual([]);
        // The marks that turn text around are gone from names, so the words after them stand as they are.
        expect(await page.locator('main').textContent()).not.toMatch(/[\u202a-\u202e\u2066-\u2069]/);
        for (let press = 0; press < 26; press += 1) {
          await page.keyboard.press('ArrowDown');
          const isHidden = await page.evaluate(async () => {
            await new Promise((done) => requestAnimationFrame(() => requestAnimationFrame(done)));
            const focused = document.activeElement;
            if (!(focused instanceof HTMLElement)) return 'nothing has the focus';
            const { left, right, top, bottom } = focused.getBoundingClientRect();
            const onTop = document.elementFromPoint((left + right) / 2, (top + bottom) / 2);
            return focused.contains(onTop) || onTop?.contains(focused) === true ? null : `${focused.textContent} lies under ${onTop?.className}`;
          });
          expect(isHidden).toBeNull();
        }
        expect(await page.evaluate(() => document.activeElement?.closest('[role=group]')?.getAttribute('aria-label'))).toBe('Packet size');
      },
      size,
    );
  });

  it('has a name for every control, and is left by Escape', async () => {
    await onPage('profile', async (page) => {
      const nameless = await page.evaluate(() => [...document.querySelectorAll('main [data-focus-key]')].filter((control) => (control.getAttribute('aria-label') ?? control.textContent ?? '').trim() === '').map(({ outerHTML }) => outerHTML));
      expect(nameless).toEqual([]);
      await page.keyboard.press('Escape');
      await page.waitForSelector('[data-page="library"]');
    });
  });

  it('that can’t be read says why and tries again', async () => {
    if (context.renderer === undefined) throw new Error('the renderer is not built');
    const opened = await context.renderer.open('profile');
    const { page } = opened;
    await page.evaluate(() =>
      (window as unknown as Athena).athena.failures.set('profile:read', { kind: 'io', message: 'The settings could not be read.', advice: 'Look into Athena’s log.' }),
    );
    await page.locator('[data-focus-key$=":rig-app-1"]').first().focus();
    await page.keyboard.press('o');
    await page.getByRole('menuitem', { name: 'Stream settings' }).click();
    await expect.poll(() => page.locator('main .banner').textContent()).toContain('Look into Athena’s log.');
    await page.evaluate(() => (window as unknown as Athena).athena.failures.clear());
    await expect.poll(() => page.evaluate(() => document.activeElement?.textContent)).toBe('Try again');
    await page.keyboard.press('Enter');
    await page.waitForSelector('.setting');
    expect(opened.problems).toEqual([]);
    await opened.context.close();
  });
});
