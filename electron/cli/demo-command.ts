// `athena demo`: loses a stream on purpose and shows the way back, with its measured times.
import { exitCodes } from './exit-codes';
import { withServices } from './cli-services';
import { printJson, printLine } from './output';

export function demoCommand({ json, verbose }: { json: boolean; verbose: boolean }): Promise<number> {
  return withServices({ verbose }, async ({ practice }) => {
    if (!json) printLine('Athena practice run: everything is real and on this machine.');
    practice.onEvent((event) => {
      if (json) printJson(event);
      else printLine(`  ${event.text}${event.tookMs === null ? '' : `  (${event.tookMs} ms)`}`);
    });
    const stop = (): void => void practice.stop();
    process.once('SIGINT', stop);
    process.once('SIGTERM', stop);
    const summary = await practice.run();
    if (json) printJson(summary);
    else if (summary.ok) {
      printLine(
        `The stream came back: crash detected in ${summary.detectMs} ms, game paused ${summary.pauseMs} ms later, ` +
          `streaming again after ${summary.reconnectMs} ms, resumed in ${summary.resumeMs} ms.`,
      );
    } else printLine(`The practice run failed: ${summary.problem ?? 'no reason known'}`);
    return summary.ok ? exitCodes.done : exitCodes.negative;
  });
}
