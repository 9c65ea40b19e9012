// What reaches the log: secrets don't, by what they are and not by how they are called.
import { describe, expect, it } from 'vitest';
import { writable } from '../../../../electron/adapters/log/writable';
import { Secret } from '../../../../electron/domain/secret';
import type { LaunchPlan } from '../../../../electron/domain/session/stream-client';

describe('writable', () => {
  it('hides secrets wherever they sit', () => {
    const text = JSON.stringify(writable({ a: new Secret('hunter2'), deep: [{ nested: new Secret('hunter2') }] }));
    expect(text).not.toContain('hunter2');
    expect(text).toContain('[secret]');
  });

  it('hides what a launch plan types and what its client inherits', () => {
    const plan: LaunchPlan = { file: 'vncviewer', args: ['-x'], env: { VNC_PASSWORD: 'hunter2' }, typedPassword: 'hunter2' };
    const text = JSON.stringify(writable({ plan }));
    expect(text).not.toContain('hunter2');
    expect(text).toContain('vncviewer');
  });

  it('keeps what helps: errors with their code, and long texts in part', () => {
    const error = Object.assign(new Error('no such file'), { code: 'ENOENT' });
    expect(writable({ error })).toMatchObject({ error: { message: 'no such file', code: 'ENOENT' } });
    expect(String(writable('x'.repeat(10_000))).length).toBeLessThan(2_100);
  });

  it('survives values that refer to themselves', () => {
    const loop: Record<string, unknown> = {};
    loop['self'] = loop;
    expect(() => JSON.stringify(writable(loop))).not.toThrow();
  });

  it('a secret shows itself to nobody who does not ask', () => {
    const secret = new Secret('hunter2');
    expect(`${String(secret)} ${JSON.stringify({ secret })}`).not.toContain('hunter2');
    expect(secret.reveal()).toBe('hunter2');
  });
});
