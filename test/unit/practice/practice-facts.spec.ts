// The practice host's ready line.
import { expect, it } from 'vitest';
import { readReadyLine, type PracticeHostFacts } from '../../../electron/practice/practice-facts';

const facts: PracticeHostFacts = {
  event: 'ready',
  streamPort: 40_001,
  sshPort: 40_002,
  user: 'practice',
  keyFile: '/tmp/p/client_key',
  hostKey: 'SHA256:abc',
  hostKeyLine: '[127.0.0.1]:40002 ssh-ed25519 AAAA',
  pidFile: '/tmp/p/app.pid',
  appPid: 12,
  appProcesses: [{ pid: 12, startMark: '345' }],
};

it('reads the ready line', () => {
  expect(readReadyLine(JSON.stringify(facts))).toEqual(facts);
});

it.each(['', 'Debugger attached.', '{}', '[]', JSON.stringify({ ...facts, sshPort: 0 }), JSON.stringify({ ...facts, event: 'other' })])(
  'takes %j for something else',
  (line) => {
    expect(readReadyLine(line)).toBeNull();
  },
);
