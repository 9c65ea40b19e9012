// An RDP session in a real Electron against a real server with NLA: certificates, a refused password, and the way back.
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { Page } from 'playwright-core';
import { afterEach, describe, expect, it } from 'vitest';
import { startRdpServer, type RdpServer } from '../peers/rdp-server';
import { clientsOf, onlyClientOf } from './client-processes';
import { launchAthena } from './electron-app';
import { focusedLabel } from './focused-label';

const cleanUps: (() => Promise<unknown>)[] = [];

afterEach(async () => {
  for (const cleanUp of cleanUps.splice(0).reverse()) await cleanUp();
});

function keep<T extends { stop(): Promise<void> }>(thing: T): T {
  cleanUps.push(() => thing.stop());
  return thing;
}

/** Where a server keeps its certificate: another directory, another certificate. */
async function certificateDirectory(): Promise<string> {
  const directory = await mkdtemp(join(tmpdir(), 'athena-rdp-state-'));
  cleanUps.push(() => rm(directory, { recursive: true, force: true }));
  return directory;
}

async function addAndLaunch(window: Page, server: RdpServer, password: string): Promise<void> {
  await window.getByRole('button', { name: 'Add an entry' }).click();
  await window.getByRole('radio', { name: /RDP/ }).click();
  await window.getByLabel('Name', { exact: true }).fill('Office');
  await window.getByLabel('Host', { exact: true }).fill('127.0.0.1');
  await window.getByLabel('Port', { exact: true }).fill(String(server.port));
  await window.getByLabel('User name', { exact: true }).fill(server.user);
  await window.getByLabel('Password', { exact: true }).fill(password);
  await window.getByRole('button', { name: 'Add and launch' }).click();
}

/** The page's big sentence: the sidebar and what happened before tell the same words. */
async function seesState(window: Page, words: string): Promise<void> {
  await window.locator('.hero__title').getByText(words, { exact: true }).waitFor();
}

async function trustShownCertificate(window: Page, server: RdpServer): Promise<void> {
  await seesState(window, 'Do you trust this host?');
  const question = window.getByRole('group', { name: 'Do you trust this host?' });
  await question.getByText(server.certificateFingerprint, { exact: true }).waitFor();
  await question.getByRole('button', { name: 'Trust and connect' }).click();
}

async function journeyOf(window: Page): Promise<string[]> {
  return window.locator('.journey__text').allTextContents();
}

describe('the journey of an RDP session', () => {
  it('asks about the certificate, streams, survives its server and notices an impostor', async () => {
    const stateDirectory = await certificateDirectory();
    const first = keep(await startRdpServer({ authentication: 'nla', stateDirectory }));
    const { port } = first;
    const athena = keep(await launchAthena());
    const { window } = athena;
    await addAndLaunch(window, first, first.password);

    await seesState(window, 'Do you trust this host?');
    await athena.screenshot('rdp-1-unknown-certificate');
    expect(clientsOf(athena, 'xfreerdp')).toEqual([]);
    await trustShownCertificate(window, first);
    await seesState(window, 'Streaming');
    const client = onlyClientOf(athena, 'xfreerdp', port);
    await athena.screenshot('rdp-2-streaming');

    // The same server again: nobody is asked.
    first.signal('SIGKILL');
    await seesState(window, 'Reconnecting');
    await window.getByText(/^Attempt \d/).first().waitFor();
    await athena.screenshot('rdp-3-reconnecting');
    await first.stop();
    const again = keep(await startRdpServer({ authentication: 'nla', stateDirectory, port }));
    expect(again.certificateFingerprint).toBe(first.certificateFingerprint);
    await seesState(window, 'Streaming');
    expect(onlyClientOf(athena, 'xfreerdp', port)).not.toBe(client);
    expect((await journeyOf(window))[0]).toBe('Streaming again');

    // Another one in its place: it gets neither the password nor a picture.
    again.signal('SIGKILL');
    await seesState(window, 'Reconnecting');
    await again.stop();
    const other = keep(await startRdpServer({ authentication: 'nla', stateDirectory: await certificateDirectory(), port }));
    expect(other.certificateFingerprint).not.toBe(first.certificateFingerprint);
    await seesState(window, 'The certificate has changed');
    await athena.screenshot('rdp-4-changed-certificate');
    expect(clientsOf(athena, 'xfreerdp')).toEqual([]);
    await window.getByRole('button', { name: 'Forget the old one and look at the new one' }).click();
    await seesState(window, 'Do you trust this host?');
    await athena.screenshot('rdp-5-new-certificate');
    await trustShownCertificate(window, other);
    await seesState(window, 'Streaming');

    await window.getByRole('button', { name: 'Stop', exact: true }).click();
    await seesState(window, 'Stopped');
    await expect.poll(() => clientsOf(athena, 'xfreerdp')).toEqual([]);
    expect(athena.output()).not.toContain(first.password);
  });

  it('asks again for a refused password, and keeps the right one', async () => {
    const server = keep(await startRdpServer({ authentication: 'nla' }));
    const athena = keep(await launchAthena());
    const { window } = athena;
    await addAndLaunch(window, server, 'Wr0ngPw');
    await trustShownCertificate(window, server);
    await seesState(window, 'The password was refused');
    await athena.screenshot('rdp-6-refused-password');
    expect(clientsOf(athena, 'xfreerdp')).toEqual([]);

    await window.getByLabel('Password', { exact: true }).fill(server.password);
    await window.getByRole('button', { name: 'Connect' }).click();
    await seesState(window, 'Streaming');
    await athena.screenshot('rdp-7-streaming');

    await window.getByRole('button', { name: 'Stop', exact: true }).click();
    await seesState(window, 'Stopped');
    await window.getByRole('button', { name: 'Launch again' }).click();
    await seesState(window, 'Streaming');
  });

  it('goes on from the keyboard alone', async () => {
    const server = keep(await startRdpServer({ authentication: 'nla' }));
    const athena = keep(await launchAthena());
    const { window } = athena;
    await addAndLaunch(window, server, 'Wr0ngPw');
    // Whatever is asked has the focus already.
    await seesState(window, 'Do you trust this host?');
    await expect.poll(() => focusedLabel(window)).toBe('Trust and connect');
    await window.keyboard.press('Enter');
    await seesState(window, 'The password was refused');
    await expect.poll(() => focusedLabel(window)).toBe('Password');
    await window.keyboard.type(server.password);
    await window.keyboard.press('Enter');
    await seesState(window, 'Streaming');
    await expect.poll(() => clientsOf(athena, 'xfreerdp')).toHaveLength(1);
  });
});
