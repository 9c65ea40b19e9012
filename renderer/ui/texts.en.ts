// The words that every part of the window shares: states, controls, graphs and boards, and times that are told.

export const english = {
  on: 'On',
  off: 'Off',
  dismiss: 'Dismiss',
  viewButton: 'View',

  failure: {
    title: 'This window could not be drawn',
    lead: 'Your sessions go on. Draw the window again; if it fails once more, Athena’s log says why.',
    again: 'Draw again',
  },

  number: {
    less: 'Less: {{label}}',
    more: 'More: {{label}}',
    range: 'from {{min}} to {{max}} {{unit}}',
    'no-number': 'Not set: use digits only, {{range}}.',
    'no-whole-number': 'Not set: no decimals here, {{range}}.',
    'out-of-range': 'Not set: {{label}} can be {{range}}.',
  },

  ago: {
    now: 'just now',
    minutes: '{{minutes}} min ago',
    hours: '{{hours}} h ago',
    yesterday: 'yesterday',
    days: '{{days}} days ago',
  },
  mode: '{{width}} × {{height}} at {{fps}} fps',
  aSecond: '{{figure}} a second',

  webLogIn: {
    username: 'Web user name',
    password: 'Web password',
    note: 'Used once for this, over the host’s own encrypted page, and not kept.',
    noName: 'Type the user name of the host’s web page.',
  },

  entry: {
    missing: '{{client}} is missing',
    runningNow: 'Running now on {{host}}',
    open: 'Running now',
    andPaused: ', paused',
  },

  imports: { remmina: 'Remmina', rdp: 'Remote Desktop files (.rdp)', moonlight: 'Your own Moonlight' },

  reach: { online: 'Online', offline: 'Offline', unknown: 'Not checked yet' },

  host: {
    unknown: 'Not checked yet',
    asleep: 'Asleep or off',
    booting: 'Starting',
    online: 'Online',
    busy: 'Running an app',
    paused: 'App paused',
    'address-in-doubt': 'Address in doubt',
    'certificate-changed': 'Certificate changed',
  },

  vantage: { self: 'This machine', gateway: 'Gateway' },

  figures: { typical: 'Typical (p50)', slow: 'Slow (p95)', slowest: 'Slowest (p99)', jitter: 'Jitter', lost: 'Lost' },

  graph: { echo: 'Echo', port: 'Service port', jitter: 'Jitter', lost: 'Lost', limit: 'limit {{ms}} ms', now: 'now' },

  marks: {
    launched: 'launched',
    streaming: 'streaming',
    'stream-poor': 'poor',
    interrupted: 'lost',
    paused: 'paused',
    'pause-failed': 'pause failed',
    'gate-open': 'network ok',
    reconnected: 'reconnected',
    resumed: 'resumed',
    'resume-failed': 'resume failed',
    ended: 'ended',
  },

  board: {
    time: 'Time',
    earlier: 'Earlier',
    later: 'Later',
    zoomOut: 'Zoom out',
    zoomIn: 'Zoom in',
    reset: 'Reset zoom',
    keys: 'Enter moves in time with the arrow keys until Escape. Plus and minus zoom, 0 shows all again.',
    entered: 'Arrows move and zoom, Back leaves',
    lostOne: 'lost',
    lost: 'lost {{percent}} %',
    noAnswer: 'no answer',
  },

  session: {
    connecting: 'Connecting',
    connectingPaused: 'Connecting, app paused',
    streaming: 'Streaming',
    poor: 'Streaming poorly',
    streamingPaused: 'Streaming, app paused',
    back: 'Stream is back',
    backPaused: 'Stream is back, app paused',
    pauseFailed: 'Streaming, pause failed',
    resumeFailed: 'Streaming, resume failed',
    stalled: 'The stream stands still',
    stalledPaused: 'Paused, the stream stands still',
    reconnecting: 'Reconnecting',
    reconnectingPaused: 'Paused, reconnecting',
    stopping: 'Stopping',
    endedPaused: 'Ended, app still paused',
    ended: { stopped: 'Stopped', closed: 'Closed in the client', host: 'Ended by the host' },
  },

  question: {
    passwordMissing: 'A password is needed',
    passwordRefused: 'The password was refused',
    'trust-certificate': 'Do you trust this host?',
    'certificate-changed': 'The certificate has changed',
    'host-name-unknown': 'Host name not found',
    noStart: 'The client could not start',
    gaveUp: 'The client gave up',
    'not-paired': 'This host is not paired',
    'crash-loop': 'It crashes again and again',
    'other-app': 'Another app runs on the host',
  },

  link: {
    stalled: '{{end}}. It is given a moment to come back by itself.',
    gating: '{{end}}. Waiting until the network is fit.',
    stopping: 'Closing the client.',
    starting: 'starting the client',
  },

  app: {
    unmanaged: 'The app plays on',
    running: 'App running',
    pausing: 'Pausing the app',
    paused: 'App paused',
    resuming: 'Resuming the app',
    pauseFailed: 'Pause failed',
    resumeFailed: 'Resume failed',
    ended: 'App ended',
    endedDetail: 'Ended instead of paused, as this entry asks for',
    asked: 'App asked to pause',
    askedDetail: 'Nothing on the host tells whether it did',
    verified: 'verified on the host',
    verifiedByYou: 'verified on the host, by you',
    aboutToRun: 'about to run on',
    processes_one: '1 process, {{detail}}',
    processes_other: '{{count}} processes, {{detail}}',
    machine: 'Its whole virtual machine, {{detail}}',
  },
} as const;
