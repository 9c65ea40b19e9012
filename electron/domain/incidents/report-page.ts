// The page of an incident: one file that needs nothing else, no script, to be read, kept and handed on.
import { causeTitles } from '../../common/cause-words';
import type { Incident, IncidentEvent, IncidentSteps } from '../../common/incident';
import { english, type Told } from '../../common/told';
import type { Cause } from '../../common/trace';
import { graphs, type NumberedMark } from './report-graphs';
import { reportStyle } from './report-style';
import { dateOf, duration, escaped, kindWords, offsetOf, timeOf, zoneOf } from './report-words';

/** Nothing is loaded and nothing runs, whatever a host has called itself. */
const contentPolicy = "default-src 'none'; style-src 'unsafe-inline'";
/** Less likely causes than this are left to the JSON. */
const worthShowing = 0.05;

/** A client that says more than this has its lines folded away: they would bury what Athena did. */
const mostInline = 12;

interface Row extends IncidentEvent {
  /** Of a mark that is drawn across the graphs. */
  readonly number: number | null;
}

export function reportPage(incident: Incident): string {
  const { summary } = incident;
  const rows = rowsOf(incident);
  const marks = rows.flatMap(({ number, atMs }): NumberedMark[] => (number === null ? [] : [{ number, atMs }]));
  return `<!doctype html>
<html lang="en">
<head>
<meta charset="utf-8">
<meta http-equiv="Content-Security-Policy" content="${contentPolicy}">
<meta name="viewport" content="width=device-width, initial-scale=1">
<title>${escaped(`${english(summary.headline)} – Athena`)}</title>
<style>${reportStyle}</style>
</head>
<body>
<main>
<header>
<span class="chip">${kindWords[summary.kind]}</span>
<h1><bdi>${escaped(english(summary.headline))}</bdi></h1>
<p class="lead">${aboutLine(incident)}</p>
</header>
${verdict(incident.causes)}
${stepsOf(incident.steps)}
<section>
<h2>Measured around it</h2>
<p class="key"><span><b style="background:var(--blue)"></b>round trip, in powers of ten</span><span><b style="background:var(--red)"></b>lost</span><span><b style="background:var(--red-wash)"></b>the trouble</span><span><b style="background:var(--mark)"></b>steps, numbered as below</span></p>
<div class="card graphs">
${incident.lanes.length + incident.figures.length === 0 ? '<p class="lead">Nothing was measured at that time.</p>' : graphs(incident, marks)}
</div>
</section>
${timeLine(rows, summary.beganAtMs)}
<footer>Incident <code>${escaped(summary.id)}</code>, recorded by Athena. Times are ${zoneOf(summary.beganAtMs)}; recorded from ${timeOf(incident.fromMs)} to ${timeOf(incident.toMs)}.</footer>
</main>
</body>
</html>
`;
}

function aboutLine({ summary }: Incident): string {
  const { hostName, entryName, beganAtMs, endedAtMs } = summary;
  const who = entryName === null ? `<bdi>${escaped(hostName)}</bdi>` : `<bdi>${escaped(entryName)}</bdi> on <bdi>${escaped(hostName)}</bdi>`;
  const when = `${dateOf(beganAtMs)}, ${timeOf(beganAtMs)}`;
  return endedAtMs === null ? `${who}, since ${when}` : `${who}, ${when} to ${timeOf(endedAtMs)} (${duration(endedAtMs - beganAtMs)})`;
}

function verdict(causes: readonly Cause[]): string {
  const [first, ...others] = causes;
  if (!first) return '<section class="card verdict"><h2>Not judged yet</h2><p class="lead">The incident goes on, or has only just begun.</p></section>';
  const rest = others.filter(({ confidence }) => confidence >= worthShowing);
  const more = rest.map((cause) => `<details><summary>${escaped(english(causeTitles[cause.cause]))} <span>${percent(cause)}</span></summary>${reasons(cause)}</details>`).join('');
  return `<section class="card verdict">
<h2>${escaped(english(causeTitles[first.cause]))}</h2>
<p class="sure"><span class="bar"><i style="width:${Math.round(first.confidence * 100)}%"></i></span>${percent(first)} sure <code>${first.cause}</code></p>
${reasons(first)}
${more === '' ? '' : `<h3>Less likely</h3>${more}`}
</section>`;
}

function percent({ confidence }: Cause): string {
  return `${Math.round(confidence * 100)} %`;
}

function reasons({ evidence, against, confirm, fix }: Cause): string {
  const list = (title: string, kind: string, texts: readonly Told[]): string =>
    texts.length === 0 ? '' : `<h3>${title}</h3><ul class="${kind}">${texts.map((text) => `<li><bdi>${escaped(english(text))}</bdi></li>`).join('')}</ul>`;
  return `${list('What speaks for it', 'for', evidence)}${list('What speaks against it', 'against', against)}<h3>To be sure</h3><p>${escaped(english(confirm))}</p><h3>To mend it</h3><p>${escaped(english(fix))}</p>`;
}

function stepsOf(steps: IncidentSteps): string {
  const all: readonly (readonly [string, number | null])[] = [
    ['Noticed', steps.detectMs],
    ['App paused after', steps.pauseMs],
    ['Network fit after', steps.gateMs],
    ['Reconnected in', steps.reconnectMs],
    ['App ran on after', steps.resumeMs],
  ];
  if (all.every(([, ms]) => ms === null)) return '';
  const said = (ms: number | null): string => (ms === null ? '–' : ms === 0 ? 'at once' : duration(ms));
  const boxes = all.map(([title, ms]) => `<div><dt>${title}</dt><dd${ms === null ? ' class="none"' : ''}>${said(ms)}</dd></div>`).join('');
  return `<section><h2>What Athena did</h2><dl class="steps">${boxes}</dl></section>`;
}

const eventWords: Readonly<Record<IncidentEvent['kind'], string>> = { mark: 'Athena', client: 'client', host: 'host', address: 'address', change: 'changed' };

/** Marks and events in one list; a mark is told once, whichever of the two lists it is in. */
function rowsOf({ marks, events }: Incident): Row[] {
  const all: IncidentEvent[] = [...marks.map(({ atMs, text }): IncidentEvent => ({ atMs, kind: 'mark', text })), ...events.filter(({ kind }) => kind !== 'mark')];
  let number = 0;
  return all.sort((one, other) => one.atMs - other.atMs).map((event) => ({ ...event, number: event.kind === 'mark' ? (number += 1) : null }));
}

function timeLine(rows: readonly Row[], beganAtMs: number): string {
  if (rows.length === 0) return '';
  const said = rows.filter(({ kind }) => kind === 'client');
  const isLong = said.length > mostInline;
  const main = isLong ? rows.filter(({ kind }) => kind !== 'client') : rows;
  const log = isLong ? `<details><summary>What the client said <span>${said.length} lines</span></summary>${table(said, beganAtMs)}</details>` : '';
  return `<section><h2>What happened</h2>${main.length === 0 ? '' : table(main, beganAtMs)}${log}</section>`;
}

function table(rows: readonly Row[], beganAtMs: number): string {
  const lines = rows.map(({ atMs, kind, text, number }) => {
    const badge = number === null ? '' : `<span class="badge">${number}</span>`;
    return `<tr><td>${timeOf(atMs)} (${offsetOf(atMs - beganAtMs)})</td><td>${eventWords[kind]}</td><td>${badge}<bdi>${escaped(english(text))}</bdi></td></tr>`;
  });
  return `<table><thead><tr><th>When</th><th>Who tells</th><th>What</th></tr></thead><tbody>${lines.join('\n')}</tbody></table>`;
}
