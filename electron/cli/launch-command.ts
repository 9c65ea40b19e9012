// `athena launch`: hands an entry to Athena's window, or with --wait supervises it right here until it ends.
import { spawn } from 'node:child_process';
import { wordsForEnd } from '../common/end-words';
import type { EntryId } from '../common/ids';
import { assertNever } from '../common/result';
import type { Question, SessionView } from '../common/session';
import { english } from '../common/told';
import type { Services } from '../domain/services';
import { electronArguments, windowElectron, withServices } from './cli-services';
import { exitCodes } from './exit-codes';
import { findEntry } from './find-entry';
import { printFailure, printJson, printLine } from './output';

export interface LaunchOptions {
  readonly json: boolean;
  readonly wait: boolean;
  readonly verbose: boolean;
}

export function launchCommand(name: string, options: LaunchOptions): Promise<number> {
  return withServices(options, async (services) => {
    const found = findEntry(name, services);
    if (!found.ok) {
      printFailure(found.failure, options.json);
      return exitCodes.badInput;
    }
    const { id } = found.value;
    return options.wait ? supervise(id, services, options) : handOver(id, options);
  });
}

/** Starts the window with the entry; a window that is open already gets it through the single-instance lock. */
function handOver(entryId: EntryId, { json }: LaunchOptions): number {
  const electron = windowElectron();
  if (!electron) {
    const message = 'Athena can open no window here.';
    printFailure({ kind: 'not-supported', message, advice: 'Add --wait to run the session in this terminal.' }, json);
    return exitCodes.badInput;
  }
  const child = spawn(electron, [...electronArguments(), `--launch=${entryId}`], { detached: true, stdio: 'ignore' });
  child.unref();
  if (json) printJson({ handedOver: entryId });
  else printLine(`Handed over to Athena's window: ${entryId}`);
  return exitCodes.done;
}

async function supervise(entryId: EntryId, services: Services, { json }: LaunchOptions): Promise<number> {
  const { sessions } = services;
  // What lies between here and the host is measured as in the window: an incident is to have its causes.
  services.beginWatching();
  const settled = new Promise<SessionView>((resolve) => {
    sessions.onNews({
      marked: (_view, { kind, atMs, text }) => {
        if (json) printJson({ event: kind, atMs, text });
        else printLine(english(text));
      },
      changed: (view) => {
        if (view.link.kind === 'ended' || view.link.kind === 'asking') resolve(view);
      },
    });
  });
  const launched = await sessions.launch(entryId);
  if (!launched.ok) {
    printFailure(launched.failure, json);
    return launched.failure.kind === 'client-missing' ? exitCodes.clientMissing : exitCodes.badInput;
  }
  const stop = (): void => void sessions.stop(launched.value);
  process.on('SIGINT', stop);
  process.on('SIGTERM', stop);
  const view = await settled;
  if (view.link.kind === 'asking') {
    const message = wordsForQuestion(view.link.question);
    printFailure({ kind: 'bad-input', message, advice: adviceFor(view.link.question, entryId) }, json);
    return exitCodes.askUser;
  }
  return view.link.kind === 'ended' && view.link.reason === 'stopped' ? exitCodes.stopped : exitCodes.done;
}

function wordsForQuestion(question: Question): string {
  switch (question.kind) {
    case 'password':
      return question.reason === 'missing' ? 'A password is needed.' : 'The host refused the user name or password.';
    case 'trust-certificate':
      return `The host shows a certificate nobody has vouched for yet: ${question.fingerprint} (${question.subject}).`;
    case 'certificate-changed':
      return 'The host shows another certificate than the one that was trusted.';
    case 'host-name-unknown':
      return 'The host name is not known to the network.';
    case 'client-failed':
      return `${english(wordsForEnd(question.end))}.`;
    case 'not-paired':
      return 'The host is not paired with Athena.';
    case 'crash-loop':
      return `The client crashed ${question.crashes} times in ${question.minutes} minutes: ${english(wordsForEnd(question.end))}.`;
    case 'other-app':
      return question.appName === null ? 'Another app runs on the host.' : `"${question.appName}" runs on the host.`;
    default:
      return assertNever(question);
  }
}

function adviceFor(question: Question, entryId: EntryId): string {
  switch (question.kind) {
    case 'password':
      return `Give it with \`athena password ${entryId}\`, which reads it from standard input.`;
    case 'certificate-changed':
      return `If the host was reinstalled: \`athena trust ${entryId} none\`, then launch again to see the new one.`;
    case 'trust-certificate':
      return `Compare it with the host's own; if it is the same, \`athena trust ${entryId} FINGERPRINT\`.`;
    case 'host-name-unknown':
      return 'Check the address of the host in the library, and that the host is on.';
    case 'not-paired':
      return 'Pair with it first: `athena pair HOST`.';
    case 'other-app':
      return 'End it with `athena quit HOST`, then launch again; what is not saved in it is lost.';
    case 'crash-loop':
    case 'client-failed':
      return 'The log has its last lines; `athena doctor` tells which clients are installed.';
    default:
      return assertNever(question);
  }
}
