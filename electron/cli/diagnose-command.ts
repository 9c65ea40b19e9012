// `athena diagnose`: names the probable causes of incidents from trace files, one JSON document a file with --json.
import { readFile } from 'node:fs/promises';
import { english } from '../common/told';
import type { Cause } from '../common/trace';
import { diagnose } from '../domain/incidents/diagnose';
import { readTrace, type TraceProblem } from '../domain/incidents/trace-reader';
import { exitCodes } from './exit-codes';
import { printJson, printLine } from './output';

export interface DiagnoseOptions {
  readonly json: boolean;
}

/** Nobody's trace is larger; somebody's mistake is. */
const largestBytes = 256 * 1_048_576;

export async function diagnoseCommand(files: readonly string[], { json }: DiagnoseOptions): Promise<number> {
  let isMissing = false;
  for (const file of files) {
    const text = await readText(file);
    if (typeof text !== 'string') {
      isMissing = true;
      process.stderr.write(`${file}: ${text.message}\n`);
      if (json) printJson({ file, error: text.message, causes: [] });
      continue;
    }
    const { trace, problems } = readTrace(text);
    for (const { line, message } of problems) process.stderr.write(`${file}:${line}: ${message}; this line is passed over\n`);
    const causes = diagnose(trace);
    if (json) printJson({ file, causes, skipped: problems.length });
    else printForPeople(file, causes, problems);
  }
  return isMissing ? exitCodes.badInput : exitCodes.done;
}

async function readText(file: string): Promise<string | { readonly message: string }> {
  try {
    const bytes = await readFile(file);
    return bytes.length > largestBytes ? { message: 'is too large for a trace' } : bytes.toString('utf8');
  } catch (error) {
    const { code } = error as NodeJS.ErrnoException;
    return { message: code === 'ENOENT' ? 'there is no such file' : code === 'EISDIR' ? 'is a directory' : `can't be read: ${(error as Error).message}` };
  }
}

function printForPeople(file: string, causes: readonly Cause[], problems: readonly TraceProblem[]): void {
  printLine(`${file}${problems.length > 0 ? ` (${problems.length} lines passed over)` : ''}`);
  for (const { cause, confidence, evidence, against, confirm, fix } of causes.slice(0, 3)) {
    printLine(`  ${cause}  ${Math.round(confidence * 100)} %`);
    for (const text of evidence) printLine(`    + ${english(text)}`);
    for (const text of against) printLine(`    - ${english(text)}`);
    printLine(`    to be sure: ${english(confirm)}`);
    printLine(`    to mend it: ${english(fix)}`);
  }
}
