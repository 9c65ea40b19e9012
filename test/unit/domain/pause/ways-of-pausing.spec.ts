// Proves which entries are left alone and why, what the journey says of each way, where secrets are kept, and which targets are valid.
import { describe, expect, it } from 'vitest';
import { pauseTargetSchema, type PauseTarget } from '../../../../electron/common/entry';
import { hostRecordSchema } from '../../../../electron/common/host';
import { inEnglish } from '../../../../electron/common/told';
import { whyLeftAlone } from '../../../../electron/domain/pause/left-alone';
import { PauseSecrets, pauseSecretKey } from '../../../../electron/domain/pause/pause-secrets';
import { wordsForPause, wordsForResume } from '../../../../electron/domain/pause/pause-words';
import { FakeSecretStore } from '../../../fakes/fake-secret-store';
import { SilentLog } from '../../../fakes/silent-log';

const bare = hostRecordSchema.parse({ id: 'desk', name: 'Desk', address: 'desk.lan' });
const withSsh = hostRecordSchema.parse({ ...bare, ssh: { user: 'me' } });
const onVmHost = hostRecordSchema.parse({ ...bare, vmHost: { address: 'pve.lan', ssh: { user: 'root' } } });
const proxmox = pauseTargetSchema.parse({ by: 'proxmox', node: 'pve', vmid: 101, tokenId: 'athena@pve!pause' });
const webhook = pauseTargetSchema.parse({ by: 'webhook', pause: 'https://Hook.lan/p?x=1', resume: 'https://hook.lan/r', secretHeader: 'X-Key' });

describe('whyLeftAlone', () => {
  const why = (pause: PauseTarget | undefined, host = bare, protocol: 'vnc' | 'gamestream' = 'vnc') => whyLeftAlone({ protocol, ...(pause && { pause }) }, host);

  it('says plainly that an app plays on, and why', () => {
    expect(inEnglish(why({ by: 'never', because: 'online' }))).toMatch(/^It plays on without you: .*online game/);
    expect(inEnglish(why({ by: 'never', because: 'anti-cheat' }, withSsh))).toMatch(/anti-cheat .* never touches it/);
    expect(inEnglish(why({ by: 'never', because: 'wish' }))).toContain('never paused');
    expect(inEnglish(why(undefined))).toContain('does not say');
  });

  it('asks of each way only for the access it needs', () => {
    for (const by of ['command', 'windows-command'] as const) {
      expect(inEnglish(why({ by, pattern: 'x' }))).toContain('SSH');
      expect(inEnglish(why({ by, pattern: 'x' }, withSsh))).toBeNull();
    }
    const command = { by: 'own-command', pause: ['a'], resume: ['b'] } as const;
    expect(inEnglish(why({ ...command, pause: ['a'], resume: ['b'], on: 'host' }))).toContain('SSH');
    expect(inEnglish(why({ ...command, pause: ['a'], resume: ['b'], on: 'here' }))).toBeNull();
    expect(inEnglish(why(proxmox))).not.toBeNull();
    expect(inEnglish(why(proxmox, onVmHost))).toBeNull();
    expect(inEnglish(why({ by: 'libvirt', domain: 'win' }, withSsh))).not.toBeNull();
    expect(inEnglish(why({ by: 'libvirt', domain: 'win' }, onVmHost))).toBeNull();
    expect(inEnglish(why(webhook))).toBeNull();
    expect(inEnglish(why({ by: 'quit' }))).not.toBeNull();
    expect(inEnglish(why({ by: 'quit' }, bare, 'gamestream'))).toBeNull();
  });
});

describe('the journey', () => {
  it('says "verified" only of what was read back', () => {
    expect(inEnglish(wordsForPause({ method: 'sigstop', pids: [1, 2] }))).toBe('App paused: 2 processes stopped, verified');
    expect(inEnglish(wordsForPause({ method: 'suspended', pids: [1] }))).toBe('App paused: 1 process suspended, verified');
    expect(inEnglish(wordsForPause({ method: 'key', pids: [], verified: false }))).toBe('App asked to pause by a key press, not verified');
    expect(inEnglish(wordsForPause({ method: 'webhook', pids: [] }))).toBe('App paused by a webhook, verified');
    expect(inEnglish(wordsForResume({ method: 'own-command', pids: [], verified: false }))).toBe('App asked to run on by your command, not verified');
    expect(inEnglish(wordsForPause({ method: 'quit', pids: [] }))).toContain('ended instead');
  });
});

describe('secrets for pausing', () => {
  it('belong to what they open, whoever uses it', () => {
    expect(pauseSecretKey(onVmHost, proxmox)).toBe('pause/proxmox/pve.lan:8006/athena@pve!pause');
    expect(pauseSecretKey(bare, webhook)).toBe('pause/webhook/https://hook.lan/x-key');
    expect(pauseSecretKey(withSsh, { by: 'command', pattern: 'x' })).toBeNull();
  });

  it('are read once, asked for anew after a refusal, and forgotten when empty', async () => {
    const store = new FakeSecretStore();
    const secrets = new PauseSecrets(store, new SilentLog());
    expect(await secrets.read(onVmHost, proxmox)).toBeNull();
    await secrets.give(onVmHost, proxmox, 'one');
    expect((await secrets.read(onVmHost, proxmox))?.reveal()).toBe('one');
    await new PauseSecrets(store, new SilentLog()).give(onVmHost, proxmox, 'two');
    expect((await secrets.read(onVmHost, proxmox))?.reveal()).toBe('one');
    secrets.forgetHeld(onVmHost, proxmox);
    expect((await secrets.read(onVmHost, proxmox))?.reveal()).toBe('two');
    await secrets.give(onVmHost, proxmox, '');
    expect(await secrets.read(onVmHost, proxmox)).toBeNull();
  });
});

describe('pauseTargetSchema', () => {
  it('keeps the targets of older configs as they are', () => {
    for (const target of [{ by: 'command', pattern: '^/usr/games/x' }, { by: 'pid-file', path: '/run/x.pid' }]) expect(pauseTargetSchema.parse(target)).toEqual(target);
  });

  it.each([
    { by: 'key', key: 'Escape; reboot' },
    { by: 'own-command', pause: [], resume: ['x'] },
    { by: 'own-command', pause: ['a\nb'], resume: ['x'] },
    { by: 'own-command', pause: 'pause it', resume: ['x'] },
    { by: 'proxmox', node: '../x', vmid: 101, tokenId: 'a@b!c' },
    { by: 'proxmox', node: 'pve', vmid: 1, tokenId: 'a@b!c' },
    { by: 'proxmox', node: 'pve', vmid: 101, tokenId: 'a@b!c=secret-in-the-file' },
    { by: 'proxmox', node: 'pve', vmid: 101, tokenId: 'a@b!c', fingerprint: 'AB:CD' },
    { by: 'libvirt', domain: '--all' },
    { by: 'libvirt', domain: 'x', uri: 'qemu:///system; reboot' },
    { by: 'webhook', pause: 'file:///etc/passwd', resume: 'https://x/' },
    { by: 'webhook', pause: 'https://me:secret@x/', resume: 'https://x/' },
    { by: 'webhook', pause: 'https://x/', resume: 'https://x/', secretHeader: 'A: b' },
    { by: 'never', because: 'mood' },
    { by: 'something-new' },
  ])('refuses $by that could not be meant: %j', (target) => {
    expect(pauseTargetSchema.safeParse(target).success).toBe(false);
  });
});
