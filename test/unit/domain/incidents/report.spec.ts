// An incident's page: complete, without scripts, and nothing that a host has called itself can break out of its text.
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { asIs, english, tell } from '../../../../electron/common/told';
import { causeIdSchema } from '../../../../electron/common/trace';
import { incidentSchema, type Incident } from '../../../../electron/common/incident';
import { causeTitles } from '../../../../electron/common/cause-words';
import { incidentReport } from '../../../../electron/domain/incidents/report';
import { duration, escaped, figureValue, milliseconds } from '../../../../electron/domain/incidents/report-words';
import { fakeIncidents } from '../../../fakes/fake-incidents';

const nowMs = Date.UTC(2026, 10, 23, 20);

function withTexts(incident: Incident, text: string): Incident {
  return {
    ...incident,
    summary: { ...incident.summary, hostName: text, entryName: text, headline: asIs(text) },
    causes: incident.causes.map((cause) => ({ ...cause, evidence: [asIs(text)], against: [asIs(text)], confirm: asIs(text), fix: asIs(text) })),
    lanes: incident.lanes.map((lane) => ({ ...lane, vantage: { ...lane.vantage, name: text } })),
    figures: incident.figures.map((figure) => ({ ...figure, source: asIs(text), figure: asIs(text) })),
    marks: incident.marks.map((mark) => ({ ...mark, text: asIs(text) })),
    events: incident.events.map((event) => ({ ...event, text: asIs(text) })),
  };
}

function tagsOf(page: string): string[] {
  return [...page.matchAll(/<\/?[a-z!][^\s>]*/gi)].map(([tag]) => tag);
}

describe('the page', () => {
  it('holds verdict, steps, every lane, every figure and every event, and marks them on the graphs', () => {
    for (const incident of fakeIncidents(nowMs)) {
      const page = incidentReport(incident, '', 'html');
      expect(page.match(/<figure>/g) ?? []).toHaveLength(incident.lanes.length + incident.figures.length);
      expect(page.match(/class="badge"/g) ?? []).toHaveLength(incident.marks.length);
      expect(page.match(/class="flag"/g) ?? []).toHaveLength(incident.marks.length);
      const [first] = incident.causes;
      expect(page).toContain(first ? causeTitles[first.cause] : tell`Not judged yet`);
      for (const text of first?.evidence ?? []) expect(page).toContain(escaped(english(text)));
      expect(page).toContain(escaped(english(incident.summary.headline)));
      expect(page).toContain('prefers-color-scheme: dark');
      expect(page).toContain('@media print');
    }
  });

  it('folds away what a talkative client said, and only that', () => {
    const [, incident] = fakeIncidents(nowMs);
    if (!incident) throw new Error('no incident');
    const lines = Array.from({ length: 40 }, (_, index) => ({ atMs: incident.fromMs + index, kind: 'client' as const, text: tell`line ${index}` }));
    const page = incidentReport({ ...incident, causes: incident.causes.slice(0, 1), events: [...incident.events.filter(({ kind }) => kind !== 'client'), ...lines] }, '', 'html');
    const [before = '', folded = ''] = page.split('<details>');
    expect(folded).toContain('40 lines');
    expect(folded.match(/line \d+</g)).toHaveLength(40);
    expect(before).not.toContain('line 7<');
    expect(before.match(/class="badge"/g)).toHaveLength(incident.marks.length);
  });

  it('loads nothing, runs nothing, and says so to the browser', () => {
    const [, incident] = fakeIncidents(nowMs);
    const page = incidentReport(incident as Incident, '', 'html');
    expect(page).toContain(`content="default-src 'none'; style-src 'unsafe-inline'"`);
    expect(page).not.toMatch(/<script|<img|<link|<iframe|src=|href=|url\(|@import|https?:/);
  });

  it('is the same page whatever a text says: no text adds an element', () => {
    const [, incident] = fakeIncidents(nowMs);
    if (!incident) throw new Error('no incident');
    const tags = tagsOf(incidentReport(withTexts(incident, 'plain'), '', 'html'));
    const hostile = fc.oneof(fc.string({ maxLength: 30 }), fc.constantFrom('</title><script>alert(1)</script>', '"><img src=x onerror=alert(1)>', "' onload='x", '</style><b>', '\u202Egnp.exe', '<!--', ']]>'));
    fc.assert(
      fc.property(hostile, (text) => {
        const page = incidentReport(withTexts(incident, text), '', 'html');
        expect(tagsOf(page)).toEqual(tags);
        expect(page).not.toMatch(/[\u202A-\u202E\u2066-\u2069]/);
      }),
      { numRuns: 25 },
    );
  });

  it('bears an incident of which nothing was measured', () => {
    const [incident] = fakeIncidents(nowMs);
    if (!incident) throw new Error('no incident');
    const page = incidentReport({ ...incident, lanes: [], figures: [], marks: [], events: [], steps: { detectMs: null, pauseMs: null, gateMs: null, reconnectMs: null, resumeMs: null } }, '', 'html');
    expect(page).toContain('Nothing was measured at that time.');
    expect(page).not.toContain('What Athena did');
    expect(page).not.toMatch(/NaN|undefined|null/);
  });
});

describe('the other forms', () => {
  it('are the incident as it is, and its trace as it was', () => {
    const [, incident] = fakeIncidents(nowMs);
    expect(incidentSchema.parse(JSON.parse(incidentReport(incident as Incident, '', 'json')))).toEqual(incident);
    expect(incidentReport(incident as Incident, '{"kind":"meta","version":1}\n', 'trace')).toBe('{"kind":"meta","version":1}\n');
  });
});

it('every cause has a title', () => {
  for (const cause of causeIdSchema.options) expect(english(causeTitles[cause]).length).toBeGreaterThan(5);
});

it('figures are told as people read them', () => {
  expect([milliseconds(0.4234), milliseconds(12.34), milliseconds(312.4), milliseconds(10_400)]).toEqual(['0.42 ms', '12.3 ms', '312 ms', '10.4 s']);
  expect([duration(5.44), duration(620), duration(8_340), duration(900_000)]).toEqual(['5.4 ms', '620 ms', '8.3 s', '15 min']);
  expect([figureValue(4.26, '%'), figureValue(58_000_000, 'bit/s'), figureValue(-61, 'dBm'), figureValue(1.25, '1/s')]).toEqual(['4.3 %', '58 Mbit/s', '-61 dBm', '1.3 a second']);
});
