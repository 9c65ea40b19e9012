// What both Moonlights print, line by line, and what it means at their end.
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { MoonlightEmbeddedReader } from '../../../../electron/adapters/clients/moonlight-embedded-reader';
import { MoonlightQtReader } from '../../../../electron/adapters/clients/moonlight-qt-reader';
import type { ClientEnd } from '../../../../electron/common/session';
import type { ClientEvent, OutputReader } from '../../../../electron/domain/session/stream-client';
import { play } from './recording';

const stages = [
  'preparing this machine',
  'looking up the host',
  'preparing the sound',
  'agreeing on the stream',
  'preparing the control channel',
  'preparing the picture',
  'preparing the input',
  'opening the control channel',
  'starting the picture',
  'starting the sound',
  'starting the input',
];
const started = [...stages, 'streaming'];

function refused(reason: string, code: number | null, message: string): ClientEnd {
  return { kind: 'launch-refused', reason, code, message } as ClientEnd;
}

describe('Moonlight', () => {
  const noPicture = 'Failed to initialize video capture/encoding. Is a display connected and turned on?';
  const rtsp: ClientEnd = { kind: 'stage-failed', stage: 'RTSP handshake', code: 111 };

  it.each<[string, readonly string[], ClientEnd]>([
    ['closed-by-user', started, { kind: 'ended-by-user' }],
    ['quit-combo', started, { kind: 'ended-by-user' }],
    ['lost-then-dialog', [...started, 'poor', 'terminated'], { kind: 'terminated', code: -1 }],
    ['host-ended', [...started, 'terminated'], { kind: 'host-ended' }],
    ['no-video', [...stages, 'terminated'], { kind: 'terminated', code: -100 }],
    ['no-whole-frame', [...started, 'poor', 'lost-frames', 'lost-frames', 'lost-frames', 'lost-frames', 'terminated'], { kind: 'terminated', code: -101 }],
    ['network-changed', [...started, 'terminated'], { kind: 'terminated', code: 101 }],
    ['crashed-after-loss-of-control', started, { kind: 'terminated', code: -1 }],
    ['signs', [...started, 'reordering', 'back-pressure', 'lost-audio', 'too-slow', 'waiting-for-idr', 'lost-frames', 'waiting-for-idr', 'poor', 'okay'], { kind: 'ended-by-user' }],
    ['launch-refused-503', ['given-up'], refused('no-picture', 503, noPicture)],
    ['prep-command-failed', ['given-up'], refused('start-failed', 0, '')],
    ['other-request-failed', started, { kind: 'ended-by-user' }],
    ['stage-failed', [...stages.slice(0, 4), 'given-up'], rtsp],
    ['words-of-a-host', started, { kind: 'ended-by-user' }],
    ['bad-argument', [], { kind: 'client-misused', detail: 'Unknown options: keep-awake' }],
    ['no-display', [], { kind: 'display-lost' }],
  ])('%s', (name, said, end) => {
    const played = play(`moonlight-qt/${name}.txt`, new MoonlightQtReader());
    expect([played.said, played.end]).toEqual([said, end]);
  });

  it('says how much, not only what', () => {
    const reader = new MoonlightQtReader();
    const events = [
      'Unrecoverable frame 2: 3+0=3 received < 8 needed',
      'Unrecoverable frame 3: 3+0=3 received < 8 needed',
      'Network dropped 4 frames (frames 2 to 5)',
      'Network dropped 1 frame (frame 9)',
      'Control message took over 10 ms to send (net latency: 38 ms | packet loss: 0.031250%)',
    ].flatMap((line) => reader.line(`00:01:02 - SDL Info (0): ${line}`));
    expect(events).toEqual([
      { kind: 'lost-frames', frames: 1 },
      { kind: 'lost-frames', frames: 1 },
      { kind: 'lost-frames', frames: 2 },
      { kind: 'lost-frames', frames: 1 },
      { kind: 'back-pressure', rttMs: 38, lossRatio: 0.03125 },
    ]);
  });

  it('after a day its lines have no time any more', () => {
    expect(new MoonlightQtReader().line(' - SDL Error (0): Connection terminated: -1')).toEqual([{ kind: 'terminated', code: -1 }]);
  });
});

describe('Moonlight Embedded', () => {
  const limit = "The host's concurrent stream limit has been reached. Stop an existing stream or increase the 'Channels' value in the Sunshine Web UI.";

  it.each<[string, readonly string[], ClientEnd]>([
    ['stopped-by-sigint', started, { kind: 'ended-by-user' }],
    ['lost', [...started, 'terminated'], { kind: 'terminated', code: -1 }],
    ['host-ended', [...started, 'terminated'], { kind: 'host-ended' }],
    ['loss-survived', [...started, 'poor', 'lost-frames', 'waiting-for-idr', 'okay'], { kind: 'ended-by-user' }],
    ['video-only-dropped', [...started, 'lost-frames', 'waiting-for-idr'], { kind: 'ended-by-user' }],
    ['app-unknown', [], refused('app-unknown', 404, '')],
    ['not-paired', [], { kind: 'not-paired' }],
    ['unreachable', [], { kind: 'host-unreachable' }],
    ['start-failed', [], refused('start-failed', null, 'Failed to start the specified application')],
    ['stream-limit', [], refused('stream-limit', null, limit)],
    ['display-gone', started, { kind: 'display-lost' }],
    ['rtsp-dropped', [...stages.slice(0, 4), 'given-up'], { kind: 'stage-failed', stage: 'RTSP handshake', code: 110 }],
    ['control-blocked', [...stages.slice(0, 8), 'given-up'], { kind: 'stage-failed', stage: 'control stream establishment', code: 11 }],
    ['killed', [], { kind: 'crashed', signal: 'SIGKILL' }],
  ])('%s', (name, said, end) => {
    const played = play(`moonlight-embedded/${name}.txt`, new MoonlightEmbeddedReader());
    expect([played.said, played.end]).toEqual([said, end]);
  });

  it.each([
    ['Connection has been terminated gracefully.', 0],
    ["No video received from host. Check the host PC's firewall and port forwarding rules.", -100],
    ["Your network connection isn't performing well. Reduce your video bitrate setting or try a faster connection.", -101],
    ['The connection was unexpectedly terminated by the host due to a video capture error. Make sure no DRM-protected content is playing on the host.', -102],
    ['The connection was terminated by the host due to DRM-protected content. Close any DRM-protected content on the host and try again.', -103],
    ['Connection terminated with error: -104', -104],
  ])('%s', (sentence, code) => {
    expect(new MoonlightEmbeddedReader().line(sentence)).toEqual([{ kind: 'terminated', code }]);
  });

  it('what a host says in its refusal is no verdict', () => {
    const reader = new MoonlightEmbeddedReader();
    const lines = ['Gamestream error: no', 'Connection has been terminated gracefully.', 'Received first video packet after 1 ms'];
    expect(lines.flatMap((line) => reader.line(line))).toEqual([]);
    expect(reader.end({ exitCode: 255, signal: null })).toEqual(refused('other', null, 'no'));
  });

  it('an exit with 0 before anything happened is not the user’s doing', () => {
    expect(new MoonlightEmbeddedReader().end({ exitCode: 0, signal: null })).toEqual({ kind: 'unexpected', exitCode: 0 });
  });
});

describe('whatever is printed', () => {
  const fragment = fc.constantFrom(
    'Connection terminated: -1',
    'Connection terminated with error: -1',
    'Starting RTSP handshake...',
    'failed: 110',
    'done',
    'Received first video packet after 5 ms',
    'Stopping input stream...done',
    'Gamestream error: x',
    'Quit event received',
    'Server notified termination reason: 0x80030023',
    'Network dropped 99999999999999999999 frames',
    'Request failed: 503 ""',
    'Executing request: /launch',
  );
  const source = fc.constantFrom('', '00:00:01 - SDL Info (0): ', '00:00:01 - SDL Error (0): ', '00:00:01 - Qt Warning: ', '00:00:01 - Qt Info: ');
  const line = fc.oneof(fc.string(), fc.tuple(source, fragment).map((parts) => parts.join('')));
  const exit = fc.record({ exitCode: fc.integer({ min: 0, max: 255 }), signal: fc.constantFrom(null, 'SIGSEGV', 'SIGTERM') });

  it.each<[string, () => OutputReader]>([
    ['Moonlight', () => new MoonlightQtReader()],
    ['Moonlight Embedded', () => new MoonlightEmbeddedReader()],
  ])('%s: at most one verdict, one stream, one giving up, in a sensible order; and an end', (_name, make) => {
    fc.assert(
      fc.property(fc.array(line, { maxLength: 40 }), exit, (lines, facts) => {
        const reader = make();
        const events: ClientEvent[] = lines.flatMap((text) => [...reader.line(text), ...reader.partial(text)]);
        const kinds = events.map(({ kind }) => kind);
        const final = kinds.filter((kind) => kind === 'terminated' || kind === 'given-up');
        expect(final.length).toBeLessThanOrEqual(1);
        if (final.length === 1) expect(kinds.at(-1)).toBe(final[0]);
        expect(kinds.filter((kind) => kind === 'streaming').length).toBeLessThanOrEqual(1);
        const end = reader.end(facts);
        const verdict = events.at(-1);
        if (verdict?.kind === 'terminated') expect(end).toEqual(verdict.code === 0 ? { kind: 'host-ended' } : { kind: 'terminated', code: verdict.code });
        if (verdict?.kind === 'given-up') expect(end).toEqual(verdict.end);
      }),
    );
  });
});
