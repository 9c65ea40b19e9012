// The session thread with real processes on a real pty: their life is told, and none outlives its owner.
import type { Worker } from 'node:worker_threads';
import { afterEach, beforeAll, describe, expect, it } from 'vitest';
import type { ClientEnd } from '../../../electron/common/session';
import type { KeeperEvent } from '../../../electron/domain/session/client-keeper';
import type { LaunchPlan } from '../../../electron/domain/session/stream-client';
import { SessionOwner } from '../../../electron/threads/session-owner';
import { SilentLog } from '../../fakes/silent-log';
import { isRunning, processTree } from '../../peers/process-tree';
import { bundleThread } from '../../threads-bundle';

const built = { script: '' };
const owners: SessionOwner[] = [];

beforeAll(async () => {
  built.script = await bundleThread('electron/threads/session-thread.ts');
});

afterEach(async () => {
  await Promise.all(owners.splice(0).map((owner) => owner.dispose()));
});

class Kept {
  readonly events: KeeperEvent[] = [];
  readonly log = new SilentLog();
  readonly owner = new SessionOwner(built.script, this.log);

  constructor() {
    owners.push(this.owner);
    this.owner.onEvent((event) => this.events.push(event));
  }

  /** Runs a shell script as if it were Moonlight Embedded, whose output is simple. */
  start(shellScript: string, plan: Partial<LaunchPlan> = {}): void {
    this.owner.start('moonlight-embedded', { file: '/bin/sh', args: ['-c', shellScript], env: {}, typedPassword: null, ...plan });
  }

  async until<K extends KeeperEvent['kind']>(kind: K): Promise<Extract<KeeperEvent, { kind: K }>> {
    for (let waited = 0; waited < 20_000; waited += 10) {
      const found = this.events.find((event): event is Extract<KeeperEvent, { kind: K }> => event.kind === kind);
      if (found) return found;
      await new Promise((resolve) => setTimeout(resolve, 10));
    }
    throw new Error(`no event ${kind}; heard: ${this.events.map((event) => event.kind).join(', ')}`);
  }

  async end(): Promise<ClientEnd> {
    return (await this.until('ended')).end;
  }
}

describe('a session thread', () => {
  it('tells start, stages, streaming and end in this order', async () => {
    const kept = new Kept();
    kept.start('echo Starting RTSP handshake...done; echo Received first video packet after 1 ms; exit 0');
    expect(await kept.end()).toEqual({ kind: 'ended-by-user' });
    const kinds = kept.events.map((event) => event.kind).filter((kind) => kind !== 'printed');
    expect(kinds).toEqual(['started', 'stage', 'streaming', 'ended']);
  });

  it.each(['SIGSEGV', 'SIGKILL', 'SIGABRT'] as const)('tells a crash by %s', async (signal) => {
    const kept = new Kept();
    kept.start('echo Received first video packet after 1 ms; exec sleep 60');
    await kept.until('streaming');
    process.kill((await kept.until('started')).pid, signal);
    expect(await kept.end()).toEqual({ kind: 'crashed', signal });
  });

  it('does not read an exit code above 128 as a signal', async () => {
    const kept = new Kept();
    kept.start('exit 139');
    expect((await kept.end()).kind).not.toBe('crashed');
  });

  it('keeps one client at a time, and the next one after its end', async () => {
    const kept = new Kept();
    kept.start('exec sleep 60');
    expect(() => kept.start('exit 0')).toThrow('one client at a time');
    kept.owner.stop();
    await kept.end();
    kept.events.length = 0;
    kept.start('echo Received first video packet after 1 ms; echo Connection terminated with error: -1; exit 0');
    expect(await kept.end()).toEqual({ kind: 'terminated', code: -1 });
  });

  it('ends a client that ignores the polite signal, with its children', async () => {
    const kept = new Kept();
    kept.start('trap "" TERM HUP; sleep 600 & echo Received first video packet after 1 ms; while :; do sleep 1; done');
    await kept.until('streaming');
    const tree = processTree((await kept.until('started')).pid);
    expect(tree.length).toBeGreaterThan(1);
    kept.owner.stop();
    await kept.end();
    await expect.poll(() => tree.filter(isRunning), { timeout: 10_000 }).toEqual([]);
  });

  it('ends a client that was stopped by SIGSTOP', async () => {
    const kept = new Kept();
    kept.start('echo Received first video packet after 1 ms; exec sleep 600');
    await kept.until('streaming');
    const { pid } = await kept.until('started');
    const tree = processTree(pid);
    process.kill(pid, 'SIGSTOP');
    await kept.owner.dispose();
    expect(tree.filter(isRunning)).toEqual([]);
  });

  it('leaves no client behind when its thread dies, says so, and can start again', async () => {
    const kept = new Kept();
    kept.start('trap "" TERM HUP; echo Received first video packet after 1 ms; while :; do sleep 1; done');
    await kept.until('streaming');
    const tree = processTree((await kept.until('started')).pid);
    // A bug in the thread, as it would be: an exception that nobody catches.
    (Reflect.get(kept.owner, 'worker') as Worker).postMessage({ kind: 'start', client: 'no such client' });
    expect(await kept.end()).toEqual({ kind: 'thread-lost' });
    expect(kept.log.heard.some(({ message }) => message === 'session thread failed')).toBe(true);
    await expect.poll(() => tree.filter(isRunning), { timeout: 10_000 }).toEqual([]);
    kept.events.length = 0;
    kept.start('echo Received first video packet after 1 ms; exit 0');
    expect(await kept.end()).toEqual({ kind: 'ended-by-user' });
  });

  it('ends the client of a thread that does not hear', async () => {
    const kept = new Kept();
    kept.start('trap "" TERM HUP; echo Received first video packet after 1 ms; while :; do sleep 1; done');
    await kept.until('streaming');
    const tree = processTree((await kept.until('started')).pid);
    Reflect.set(kept.owner, 'send', () => undefined); // a thread that hangs hears nothing
    kept.owner.stop();
    expect(await kept.end()).toMatchObject({ kind: 'crashed' });
    await expect.poll(() => tree.filter(isRunning), { timeout: 10_000 }).toEqual([]);
    Reflect.deleteProperty(kept.owner, 'send');
  });

  it('outlives a client that prints 50 MB without a line end, and keeps the newest 256 KiB', async () => {
    const kept = new Kept();
    // node-pty may drop the last kilobyte of a flood when its writer ends in the same moment, hence the pause.
    kept.start('head -c 52428800 /dev/zero | tr "\\0" x; echo; echo end-of-flood; sleep 1; exit 0');
    await kept.end();
    await expect.poll(() => kept.owner.readOutput().text, { timeout: 20_000 }).toContain('end-of-flood');
    const { text, endsAt } = kept.owner.readOutput();
    expect(text.length).toBeLessThanOrEqual(256 * 1024);
    expect(endsAt).toBeGreaterThan(52_428_800);
  });

  it('reads through escape sequences', async () => {
    const kept = new Kept();
    kept.start('printf "\\033[31mReceived first vid"; printf "eo packet after 1 ms\\033[0m\\033]0;title\\007\\r\\n"; exit 0');
    expect(await kept.end()).toEqual({ kind: 'ended-by-user' });
    expect(kept.events.some((event) => event.kind === 'streaming')).toBe(true);
  });

  it('tells a program that is not there as an end, not as a crash of the thread', async () => {
    const kept = new Kept();
    kept.start('', { file: '/nonexistent/client', args: [] });
    expect((await kept.end()).kind).not.toBe('thread-lost');
  });

  it('hands no secret of the plan to the output', async () => {
    const kept = new Kept();
    kept.start('echo "password is $((1))"; exit 0', { env: { VNC_PASSWORD: 'hunter2-secret' }, typedPassword: 'typed-secret' });
    await kept.end();
    expect(kept.owner.readOutput().text).not.toMatch(/hunter2|typed-secret/);
  });
});
