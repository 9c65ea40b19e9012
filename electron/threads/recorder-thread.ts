// The body of the recorder thread: writes what it is given once a second and answers questions, away from the window's thread.
import { parentPort, workerData } from 'node:worker_threads';
import { FlightAnswers } from '../adapters/store/flight-answers';
import { FlightFile } from '../adapters/store/flight-file';
import { SystemClock } from '../adapters/system-clock';
import { assertNever, failure, type Result } from '../common/result';
import type { FromRecorderThread, RecorderAnswers, RecorderQuestion, RecorderThreadStart, ToRecorderThread } from './recorder-messages';

/** With the moment that samples spend in the probe thread's buffer, far less than the two seconds that may be lost. */
const commitEveryMs = 1_000;

function run(port: NonNullable<typeof parentPort>, { file, limitBytes }: RecorderThreadStart): void {
  const clock = new SystemClock();
  const say = (message: FromRecorderThread): void => port.postMessage(message);
  const store = new FlightFile(file, { limitBytes, onTrouble: (message, fields) => say({ kind: 'trouble', message, fields }) });
  const answers = new FlightAnswers(store, () => clock.nowMs());
  let isFirst = true;

  const beat = setInterval(() => {
    store.commit(clock.nowMs());
    store.tidy(clock.nowMs());
  }, commitEveryMs);

  port.on('message', (message: ToRecorderThread) => {
    switch (message.kind) {
      case 'keep':
        store.add(message.items);
        if (!isFirst) return;
        isFirst = false;
        store.commit(clock.nowMs());
        for (const summary of answers.finishLeft(isAlive)) say({ kind: 'finished', summary });
        return;
      case 'ask':
        say({ kind: 'answer', number: message.number, result: answer(answers, message.question) });
        return;
      case 'stop':
        clearInterval(beat);
        store.close(clock.nowMs());
        say({ kind: 'stopped' });
        port.close();
        return;
      default:
        assertNever(message);
    }
  });
}

function answer(answers: FlightAnswers, question: RecorderQuestion): Result<RecorderAnswers[keyof RecorderAnswers]> {
  try {
    switch (question.kind) {
      case 'incidents':
        return answers.incidents();
      case 'incident':
        return answers.incident(question.id);
      case 'report':
        return answers.report(question.id, question.format);
      case 'vantages':
        return answers.vantages();
      case 'recorded':
        return answers.recorded(question.question);
      case 'changes':
        return answers.changes();
      case 'mark-change':
        return answers.markChange(question.text);
      case 'forget-change':
        return answers.forgetChange(question.id);
      case 'compare':
        return answers.compare(question.changeId);
      case 'keep-incident':
        return answers.keepIncident(question.request);
      default:
        return assertNever(question);
    }
  } catch (error) {
    return failure('io', `The flight recorder cannot answer: ${error instanceof Error ? error.message : String(error)}`, 'Look into the log; what is measured now is still recorded.');
  }
}

/** Signal 0 asks only; a process of somebody else's refuses and lives. */
function isAlive(pid: number): boolean {
  try {
    process.kill(pid, 0);
    return true;
  } catch (error) {
    return (error as NodeJS.ErrnoException).code === 'EPERM';
  }
}

if (!parentPort) throw new Error('this file runs only as a worker thread');
run(parentPort, workerData as RecorderThreadStart);
