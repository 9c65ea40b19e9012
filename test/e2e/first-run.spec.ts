// The first run in a real Electron: a home with files of other programs, taken over by keys alone, in the library and on the disk.
import { mkdir, mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { afterEach, expect, it } from 'vitest';
import { launchAthena } from './electron-app';

const cleanUps: (() => Promise<void>)[] = [];

afterEach(async () => {
  for (const cleanUp of cleanUps.splice(0).reverse()) await cleanUp();
});

it('takes over a Remmina file and an .rdp file, lets one file more be chosen, and has them after a restart', async () => {
  const home = await mkdtemp(join(tmpdir(), 'athena-first-run-'));
  cleanUps.push(() => rm(home, { recursive: true, force: true, maxRetries: 5 }));
  const put = async (path: string, content: string | Buffer): Promise<string> => {
    await mkdir(dirname(join(home, path)), { recursive: true });
    await writeFile(join(home, path), content);
    return join(home, path);
  };
  await put('data/remmina/bench.remmina', '[remmina]\nname=Workbench\nprotocol=VNC\nserver=127.0.0.1:77\npassword=aGlkZGVu\n');
  await put('Documents/Office.rdp', Buffer.from('\ufefffull address:s:127.0.0.1:3390\r\nusername:s:CORP\\me\r\n', 'utf16le'));
  const elsewhere = await put('usb/Lab.rdp', 'full address:s:127.0.0.1:3391\n');

  const athena = await launchAthena({ profileDirectory: home });
  cleanUps.push(() => athena.stop());
  const { app, window } = athena;
  const others = window.getByRole('region', { name: 'From other programs' });
  await expect.poll(() => others.textContent()).toContain('Import all 2');
  // Really asked of this machine's programs.
  await expect.poll(() => window.getByRole('region', { name: 'Programs that show streams' }).textContent()).toMatch(/TigerVNC/);
  await athena.screenshot('first-run-1-found');

  // The system's dialog can't be pressed from here: it answers what a person would have chosen.
  await app.evaluate(({ dialog }, file) => {
    dialog.showOpenDialog = () => Promise.resolve({ canceled: false, filePaths: [file] });
  }, elsewhere);
  const focusKey = (): Promise<string> => window.evaluate(() => (document.activeElement instanceof HTMLElement ? (document.activeElement.dataset['focusKey'] ?? '') : ''));
  await window.locator('[data-focus-key="first-choose-files"]').focus();
  await window.keyboard.press('Enter');
  await expect.poll(() => others.textContent()).toContain('Import all 3');
  await window.keyboard.press('ArrowLeft');
  expect(await focusKey()).toBe('first-import');
  await window.keyboard.press('Enter');

  const tiles = async (): Promise<string[]> => (await window.locator('.tile__name:visible').allTextContents()).sort();
  await expect.poll(tiles).toEqual(['Lab', 'Office', 'Workbench']);
  await expect.poll(focusKey).not.toBe('');
  await athena.screenshot('first-run-2-imported');
  const saved = await readFile(join(home, 'config', 'athena', 'config.json'), 'utf8');
  const { entries } = JSON.parse(saved) as { entries: unknown[] };
  expect(entries).toHaveLength(3);
  expect(entries).toEqual(
    expect.arrayContaining([
      expect.objectContaining({ name: 'Workbench', protocol: 'vnc', port: 5977 }),
      expect.objectContaining({ name: 'Office', protocol: 'rdp', port: 3390, username: 'CORP\\me' }),
      expect.objectContaining({ name: 'Lab', protocol: 'rdp', port: 3391 }),
    ]),
  );
  expect(saved + athena.output()).not.toContain('aGlkZGVu');
  await athena.stop();

  const again = await launchAthena({ profileDirectory: home });
  cleanUps.push(() => again.stop());
  await expect.poll(async () => (await again.window.locator('.tile__name:visible').allTextContents()).sort()).toEqual(['Lab', 'Office', 'Workbench']);
  await again.window.getByRole('button', { name: 'Add', exact: true }).click();
  await again.window.getByRole('menuitem', { name: 'Import', exact: true }).click();
  await again.window.getByText('In the library').nth(1).waitFor();
  expect(await again.window.getByRole('button', { name: 'Nothing to import' }).getAttribute('aria-disabled')).toBe('true');
  await again.screenshot('first-run-3-again');
});
