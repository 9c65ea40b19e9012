// A GameStream host in a real Electron: found, paired with a PIN, its apps with their covers, streamed, lost, back, ended.
import { afterEach, describe, expect, it } from 'vitest';
import { setGameStreamScene, type GameStreamScene } from './gamestream-scene';

const cleanUps: (() => Promise<void>)[] = [];

afterEach(async () => {
  for (const cleanUp of cleanUps.splice(0).reverse()) await cleanUp();
});

async function setScene(): Promise<GameStreamScene> {
  const scene = await setGameStreamScene();
  cleanUps.push(() => scene.stop());
  return scene;
}

/** From the announcement to the apps in the library, with a PIN typed on the host. */
async function pair({ athena, host }: GameStreamScene): Promise<void> {
  const { window } = athena;
  await window.getByRole('button', { name: 'Add host' }).first().click();
  await window.getByText('Rig', { exact: true }).first().waitFor();
  await athena.screenshot('gamestream-1-found');
  await window.getByRole('button', { name: /Rig.*Add/ }).click();
  await window.getByRole('button', { name: 'Show a PIN' }).click();
  const digits = window.locator('.pin');
  await digits.waitFor();
  await athena.screenshot('gamestream-2-pin');
  const pin = (await digits.innerText()).replace(/\D/g, '');
  expect(pin).toMatch(/^\d{4}$/);
  // A host takes no PIN before somebody has asked for one.
  await expect.poll(() => host.events.some(({ event }) => event === 'pin-wanted')).toBe(true);
  await host.order({ do: 'pin', pin });
  await window.getByText('Paired with Rig').waitFor();
  await athena.screenshot('gamestream-3-paired');
  await window.getByRole('button', { name: 'Open the library' }).click();
}

describe('a GameStream host', () => {
  it('is found, paired, streamed from, lost and streamed from again, until it ends the app itself', async () => {
    const scene = await setScene();
    const { athena, host } = scene;
    const { window } = athena;
    await pair(scene);

    const tile = window.getByRole('button', { name: /Desktop/ }).first();
    await tile.waitFor();
    // The cover comes from the host, through Athena's cache.
    await window.waitForFunction(() => [...document.images].some(({ src, naturalWidth }) => src.startsWith('athena-art:') && naturalWidth > 0));
    await athena.screenshot('gamestream-4-library');

    await tile.click();
    await window.getByText('Streaming', { exact: true }).first().waitFor();
    await athena.screenshot('gamestream-5-streaming');

    // The host breaks the stream off: Moonlight stays with a dialog and exit code nothing.
    await host.order({ do: 'fault', fault: { kind: 'disconnect' } });
    await window.getByText('Streaming again').waitFor();
    await window.getByText('Streaming', { exact: true }).first().waitFor();
    await athena.screenshot('gamestream-6-reconnected');
    expect(await window.getByText('The connection to the host was lost').count()).toBeGreaterThan(0);

    await host.order({ do: 'end-app' });
    await window.getByText('Ended by the host').first().waitFor();
    await athena.screenshot('gamestream-7-ended');
    await window.getByRole('button', { name: 'Close', exact: true }).click();
    await window.getByRole('button', { name: /Desktop/ }).first().waitFor();
  });

  it('that runs another app is asked about, and taken over on request', async () => {
    const scene = await setScene();
    const { athena, host } = scene;
    const { window } = athena;
    await pair(scene);
    await window.getByRole('button', { name: /Practice game/ }).first().click();
    await window.getByText('Streaming', { exact: true }).first().waitFor();
    // Its stream is stopped; the app runs on.
    await window.getByRole('button', { name: 'Stop', exact: true }).click();
    await window.getByText('Stopped', { exact: true }).first().waitFor();
    await window.getByRole('button', { name: 'Library' }).first().click();

    await window.getByRole('button', { name: /Desktop/ }).first().click();
    await window.getByText('Another app runs on the host').first().waitFor();
    await athena.screenshot('gamestream-8-other-app');
    await window.getByRole('button', { name: /and start this app/ }).click();
    await window.getByText('Streaming', { exact: true }).first().waitFor();

    // And is ended from here, after a second thought.
    await window.getByRole('button', { name: 'Quit app' }).click();
    await window.getByRole('button', { name: /Really quit/ }).click();
    await window.getByText('Stopped', { exact: true }).first().waitFor();
    await expect.poll(() => host.events.filter(({ event }) => event === 'app-ended')).toHaveLength(2);
  });
});
