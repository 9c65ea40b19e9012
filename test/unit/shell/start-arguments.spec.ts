// What Athena's window is told at its start, between Chromium's own switches.
import { describe, expect, it } from 'vitest';
import { readStartArguments } from '../../../electron/shell/start-arguments';

describe('start arguments', () => {
  it.each([
    [['athena'], { hidden: false, couch: false, launch: null }],
    [['athena', '--hidden'], { hidden: true, couch: false, launch: null }],
    [['athena', '--launch=desk'], { hidden: false, couch: false, launch: 'desk' }],
    [['athena', '--no-sandbox', '--launch=my-rig-2', '--hidden', '--original-process-start-time=1'], { hidden: true, couch: false, launch: 'my-rig-2' }],
    [['athena', '--couch', '--launch=desk'], { hidden: false, couch: true, launch: 'desk' }],
    [['athena', '--launch='], { hidden: false, couch: false, launch: null }],
    [['athena', '--launch=../../etc/passwd'], { hidden: false, couch: false, launch: null }],
    [['athena', '--launch=Desk'], { hidden: false, couch: false, launch: null }],
    [['athena', '--launch', 'desk'], { hidden: false, couch: false, launch: null }],
    [['athena', '--hiddenish'], { hidden: false, couch: false, launch: null }],
  ])('%j', (argv, expected) => {
    expect(readStartArguments(argv)).toEqual(expected);
  });
});
