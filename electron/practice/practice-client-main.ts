// Entry of the headless practice client, for machines without a display: what the window shows, as lines on stdout.
import {
  exitCodeOf,
  PracticeClientReport,
  practiceClientUsage,
  readClientArguments,
  usageExitCode,
} from './practice-client-report';
import { openPracticeStream } from './practice-stream-client';

function runClient(args: readonly string[]): void {
  const target = readClientArguments(args);
  if (target === null) {
    process.stderr.write(`${practiceClientUsage}\n`);
    process.exitCode = usageExitCode;
    return;
  }
  const report = new PracticeClientReport((line) => process.stdout.write(`${line}\n`));
  const timer = setInterval(() => report.tellFrame(), 1_000);
  const stream = openPracticeStream(target, (news) => {
    report.tell(news);
    if (news.kind !== 'ended') return;
    clearInterval(timer);
    process.exitCode = exitCodeOf(news.end);
  });
  const close = (): void => stream.close();
  for (const signal of ['SIGTERM', 'SIGINT', 'SIGHUP'] as const) process.on(signal, close);
  // Nobody reads any more: as good as closed.
  process.stdout.on('error', close);
}

runClient(process.argv.slice(2));
