// `athena incidents` and `athena incident`: what the flight recorder has kept, also while the window records.
import { writeFile } from 'node:fs/promises';
import { exportFormatSchema, incidentIdSchema, type Incident, type IncidentSummary } from '../common/incident';
import { failure, success, type Result } from '../common/result';
import { english } from '../common/told';
import type { Services } from '../domain/services';
import { withServices } from './cli-services';
import { exitCodes } from './exit-codes';
import { printFailure, printJson, printLine } from './output';

export interface IncidentOptions {
  readonly export?: string;
  readonly out?: string;
  readonly json: boolean;
  readonly verbose: boolean;
}

export function incidentsCommand(options: { json: boolean; verbose: boolean }): Promise<number> {
  return withServices(options, async ({ recorder }) => {
    const listed = await recorder.incidents();
    if (!listed.ok) {
      printFailure(listed.failure, options.json);
      return exitCodes.negative;
    }
    for (const summary of listed.value) {
      if (options.json) printJson(summary);
      else printLine(lineOf(summary));
    }
    if (listed.value.length === 0 && !options.json) printLine('No incident is recorded.');
    return exitCodes.done;
  });
}

export function incidentCommand(id: string, options: IncidentOptions): Promise<number> {
  return withServices(options, async (services) => {
    const format = options.export === undefined ? null : exportFormatSchema.safeParse(options.export);
    if (format?.success === false || (format === null && options.out !== undefined)) {
      const message = format === null ? '--out needs --export.' : `There is no format "${options.export ?? ''}".`;
      printFailure({ kind: 'bad-input', message, advice: 'Add --export html, json or trace.' }, options.json);
      return exitCodes.badInput;
    }
    const found = await find(id, services);
    if (!found.ok) {
      printFailure(found.failure, options.json);
      return found.failure.kind === 'io' ? exitCodes.negative : exitCodes.badInput;
    }
    if (format?.data) {
      const report = await services.recorder.report(found.value.summary.id, format.data);
      return report.ok ? deliver(report.value, options) : fail(report.failure, options);
    }
    if (options.json) printJson(found.value);
    else printForPeople(found.value);
    return exitCodes.done;
  });
}

async function find(id: string, { recorder }: Services): Promise<Result<Incident>> {
  if (id === 'last') {
    const listed = await recorder.incidents();
    if (!listed.ok) return listed;
    const [newest] = listed.value;
    return newest ? recorder.incident(newest.id) : failure('not-found', 'No incident is recorded.', 'They are recorded while the window is open or a session runs.');
  }
  const parsed = incidentIdSchema.safeParse(id);
  return parsed.success ? recorder.incident(parsed.data) : failure('not-found', `"${id}" is not the id of an incident.`, 'Look at `athena incidents` for its id.');
}

async function deliver(text: string, options: IncidentOptions): Promise<number> {
  if (options.out === undefined) {
    process.stdout.write(text);
    return exitCodes.done;
  }
  const written = await writeTo(options.out, text);
  if (!written.ok) return fail(written.failure, options);
  if (options.json) printJson({ path: options.out });
  else printLine(`Written: ${options.out}`);
  return exitCodes.done;
}

async function writeTo(file: string, text: string): Promise<Result<undefined>> {
  try {
    await writeFile(file, text);
    return success(undefined);
  } catch (error) {
    return failure('io', `${file} cannot be written: ${error instanceof Error ? error.message : String(error)}`, 'Choose another place, or make room there.');
  }
}

function fail(reason: Parameters<typeof printFailure>[0], { json }: IncidentOptions): number {
  printFailure(reason, json);
  return exitCodes.negative;
}

function lineOf({ id, headline, cause, endedAtMs, hostName, entryName }: IncidentSummary): string {
  const why = cause === null ? 'not judged yet' : `${cause.cause} ${Math.round(cause.confidence * 100)} %`;
  return `${id}  ${plain(entryName === null ? hostName : `${entryName} on ${hostName}`)}: ${plain(english(headline))}${endedAtMs === null ? ', goes on' : ''}  [${why}]`;
}

function printForPeople({ summary, steps, causes, marks }: Incident): void {
  printLine(lineOf(summary));
  const taken = [
    ['noticed after', steps.detectMs],
    ['paused after', steps.pauseMs],
    ['network fit after', steps.gateMs],
    ['reconnected in', steps.reconnectMs],
    ['ran on after', steps.resumeMs],
  ] as const;
  const told = taken.flatMap(([what, ms]) => (ms === null ? [] : [what === 'noticed after' && ms === 0 ? 'noticed at once' : `${what} ${Math.round(ms)} ms`]));
  if (told.length > 0) printLine(`  ${told.join(', ')}`);
  for (const { atMs, text } of marks) printLine(`  ${new Date(atMs).toISOString().slice(11, 23)}  ${plain(english(text))}`);
  for (const { cause, confidence, evidence, against, confirm, fix } of causes.slice(0, 3)) {
    printLine(`  ${cause}  ${Math.round(confidence * 100)} %`);
    for (const text of evidence) printLine(`    + ${plain(english(text))}`);
    for (const text of against) printLine(`    - ${plain(english(text))}`);
    printLine(`    to be sure: ${plain(english(confirm))}`);
    printLine(`    to mend it: ${plain(english(fix))}`);
  }
}

/** Names come from hosts: they must not steer the terminal. */
function plain(text: string): string {
   
  return text.replaceAll(/[\u0000-\u001F\u007F-\u009F]/g, '');
}
