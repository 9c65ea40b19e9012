// `athena demo`: a practice host from its discovery to a stream that is lost on purpose, and the way back, with its measured times.
import { practiceLossSchema } from '../common/practice';
import { english } from '../common/told';
import { exitCodes } from './exit-codes';
import { withServices } from './cli-services';
import { printFailure, printJson, printLine } from './output';

export interface DemoOptions {
  readonly loss: string;
  readonly json: boolean;
  readonly verbose: boolean;
}

export function demoCommand({ loss, json, verbose }: DemoOptions): Promise<number> {
  const chosen = practiceLossSchema.safeParse(loss);
  if (!chosen.success) {
    printFailure({ kind: 'bad-input', message: `A stream can't be lost by "${loss}".`, advice: `Give one of: ${practiceLossSchema.options.join(', ')}.` }, json);
    return Promise.resolve(exitCodes.badInput);
  }
  return withServices({ verbose }, async ({ practice }) => {
    if (!json) printLine('Athena practice run: everything is real and on this machine.');
    practice.onEvent((event) => {
      if (json) printJson(event);
      else printLine(`  ${english(event.text)}${event.tookMs === null ? '' : `  (${event.tookMs} ms)`}`);
    });
    const stop = (): void => void practice.stop();
    process.once('SIGINT', stop);
    process.once('SIGTERM', stop);
    const summary = await practice.run(chosen.data);
    if (json) printJson(summary);
    else if (summary.ok) {
      printLine(
        `The stream came back: loss noticed in ${summary.detectMs} ms, game paused ${summary.pauseMs} ms later, ` +
          `streaming again after ${summary.reconnectMs} ms, resumed in ${summary.resumeMs} ms.`,
      );
    } else printLine(`The practice run failed: ${summary.problem ?? 'no reason known'}`);
    return summary.ok ? exitCodes.done : exitCodes.negative;
  });
}
