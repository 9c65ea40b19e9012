// All words of the practice page.

export const english = {
  title: 'Try it without a host',
  lead: 'Athena starts a small GameStream host on this machine, finds it, pairs with it, streams its game, kills the client on purpose, and brings everything back. Real processes, real pairing, real SSH, measured as it happens. Nothing of it is kept.',
  start: 'Start the practice run',
  again: 'Run it again',
  stop: 'Stop',
  steps: 'Steps',
  detect: 'Loss noticed',
  pause: 'App paused, verified',
  reconnect: 'Stream back',
  resume: 'App running again',
  done: 'Everything came back',
  failed: 'The practice run did not finish',

  stepNames: {
    'host-ready': 'Practice host ready',
    discovered: 'Found',
    paired: 'Paired',
    listed: 'Apps listed',
    launched: 'Moonlight started',
    streaming: 'Streaming',
    cut: 'Lost on purpose',
    lost: 'Loss noticed',
    paused: 'App paused and verified',
    'gate-open': 'Network is good',
    reconnected: 'Stream is back',
    resumed: 'App runs on',
    ended: 'Ended',
  },
} as const;
