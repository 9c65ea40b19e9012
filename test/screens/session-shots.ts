// The session page in each state of its link and its app.
import { openSession, type Shot } from './shot';

const sessionScenes = [
  'connecting-running',
  'streaming-running',
  'streaming-unmanaged',
  'waiting-paused',
  'waiting-uncertain',
  'gating-paused',
  'reconnecting-paused',
  'streaming-counting',
  'streaming-user',
  'asking-qpassword',
  'asking-qrefused',
  'asking-qcertificate',
  'asking-qchanged',
  'asking-qname',
  'asking-qpair',
  'asking-qother',
  'asking-qloop',
  'stalled-paused',
  'ended-running',
];


export const sessionShots: readonly Shot[] = ['poor', ...sessionScenes].map((scene) => ({ name: `session-${scene}`, scene: `session-${scene}`, prepare: openSession }));
