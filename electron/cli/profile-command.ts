// `athena profile`: how an entry's stream will look, where each value comes from, and whether it fits.
import type { Entry } from '../common/entry';
import type { ProfileLevel, ProfileValues, ProfileView, StreamBudgetView } from '../common/profile';
import { english } from '../common/told';
import { withServices } from './cli-services';
import { exitCodes } from './exit-codes';
import { findEntry } from './find-entry';
import { printFailure, printJson, printLine } from './output';

export interface ProfileOptions {
  readonly json: boolean;
  readonly seconds: string;
  readonly verbose: boolean;
}

const longestS = 600;

export const profileHelp = `
Values come from the innermost level that sets them: default < global < host < entry < network.
Set them in the window, or in the library's file: "profile" at its top, in a host or in an entry, or
"networks": [{ "id": "MAC of the router", "name": "Home", "profile": { … } }].

The budget beside it: what a display cable would carry for the picture, Moonlight's own bitrate, what the
profile's bitrate needs on the wire, what this machine's link carries, and what Athena would set. With
--seconds the path to the host is measured first; without, only the link is looked at.

With --json: { entry, host, network, values: { fps: { value, from }, … }, budget: { …Kbps, link, fits, notes } }

Exit codes: 0 it fits or nobody knows, 1 it does not fit, 2 no such entry, or no GameStream app.`;

export async function profileCommand(text: string, options: ProfileOptions): Promise<number> {
  const seconds = Number(options.seconds);
  if (!(seconds >= 0 && seconds <= longestS)) {
    const message = `--seconds must be a number from 0 to ${longestS}, not "${options.seconds}".`;
    printFailure({ kind: 'bad-input', message, advice: 'See `athena profile --help`.' }, options.json);
    return exitCodes.badInput;
  }
  return withServices(options, async (services) => {
    const found = findEntry(text, services);
    if (found.ok && seconds > 0) await new Promise((resolve) => setTimeout(resolve, seconds * 1_000));
    const read = found.ok ? await services.profiles.read(found.value.id) : found;
    if (!found.ok || !read.ok) {
      if (!read.ok) printFailure(read.failure, options.json);
      return exitCodes.badInput;
    }
    const hostName = services.library.host(found.value.host)?.name ?? found.value.host;
    if (options.json) printJson(factsOf(found.value, read.value));
    else for (const line of linesOf(found.value, hostName, read.value)) printLine(line);
    return read.value.budget.fits === 'no' ? exitCodes.negative : exitCodes.done;
  });
}

function valuesOf({ resolved }: ProfileView): { key: string; value: ProfileValues[keyof ProfileValues]; from: ProfileLevel }[] {
  return Object.entries(resolved.values).map(([key, value]) => ({ key, value, from: resolved.from[key as keyof ProfileValues] }));
}

function factsOf(entry: Entry, view: ProfileView): Record<string, unknown> {
  const values = Object.fromEntries(valuesOf(view).map(({ key, value, from }) => [key, { value, from }]));
  return { entry: entry.id, host: entry.host, network: view.network, values, budget: view.budget };
}

function linesOf(entry: Entry, hostName: string, view: ProfileView): string[] {
  const { network, budget } = view;
  const values = valuesOf(view).map(({ key, value, from }) => `  ${key.padEnd(20)}${String(value).padEnd(14)}${from}`);
  const where = network === null ? 'in no network that Athena recognises' : `in the network "${network.name}" (${network.id})`;
  return [`${entry.name} on ${hostName}, ${where}`, ...values, ...budgetLines(budget)];
}

function budgetLines({ rawLinkKbps, defaultKbps, wireKbps, usableKbps, advisedKbps, link, fits, notes }: StreamBudgetView): string[] {
  const fact = (name: string, text: string): string => `  ${name.padEnd(20)}${text}`;
  const linkWords = link === null ? 'not known' : `${link.medium}, ${link.speedMbps} Mbit/s`;
  return [
    'Budget',
    fact('display cable', `${(rawLinkKbps / 1e6).toFixed(3)} Gbit/s`),
    fact("Moonlight's bitrate", megabits(defaultKbps)),
    fact('on the wire', megabits(wireKbps)),
    fact('link here', usableKbps === null ? linkWords : `${linkWords}, of which a stream can count on ${megabits(usableKbps)}`),
    fact('advice', megabits(advisedKbps)),
    fact('fits', fits),
    ...notes.map(({ text }) => `  - ${english(text)}`),
  ];
}

function megabits(kbps: number): string {
  return `${Math.round(kbps / 100) / 10} Mbit/s`;
}
