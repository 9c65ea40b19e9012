// All words of the practice page.
import type { PracticeStep } from '../../../electron/common/practice';

export const texts = {
  title: 'Try it without a host',
  lead: 'Athena starts a small practice host on this machine, streams from it, kills the client on purpose, and brings everything back. Real processes, real SSH, measured as it happens.',
  start: 'Start the practice run',
  again: 'Run it again',
  stop: 'Stop',
  steps: 'Steps',
  figures: 'In figures',
  detect: 'Crash noticed',
  pause: 'App paused, verified',
  reconnect: 'Stream back',
  resume: 'App running again',
  done: 'Everything came back',
  failed: 'The practice run did not finish',
  running: 'Running',
} as const;

export const stepNames: Readonly<Record<PracticeStep, string>> = {
  'host-ready': 'Practice host ready',
  streaming: 'Streaming',
  'client-killed': 'Client killed on purpose',
  'crash-detected': 'Crash noticed',
  'app-paused': 'App paused and verified',
  'gate-open': 'Network is good',
  reconnected: 'Stream is back',
  'app-resumed': 'App runs on',
};

export const stepOrder = Object.keys(stepNames) as readonly PracticeStep[];
