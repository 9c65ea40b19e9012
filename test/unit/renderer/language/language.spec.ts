// The two languages say the same things: same keys, same places for names and figures, and nothing left empty or English.
import { afterEach, describe, expect, it } from 'vitest';
import { languageFor } from '../../../../electron/common/language';
import { currentLanguage, speak, wordsOf } from '../../../../renderer/language/language';
import { decimal, formatCount, formatDay, formatMinute } from '../../../../renderer/language/locale';
import { english, german } from '../../../../renderer/language/resources';
import { formatAgo, formatGap, formatMoment, formatMs, formatRate } from '../../../../renderer/ui/format';
import { writeNumber } from '../../../../renderer/ui/number-text';

type Tree = { readonly [key: string]: string | Tree };

/** Each text by its whole path. */
function leaves(tree: Tree, path = ''): Map<string, string> {
  const found = new Map<string, string>();
  for (const [key, value] of Object.entries(tree)) {
    if (typeof value === 'string') found.set(`${path}${key}`, value);
    else for (const [inner, text] of leaves(value, `${path}${key}.`)) found.set(inner, text);
  }
  return found;
}

const ofEnglish = leaves(english);
const ofGerman = leaves(german);

/** Names, signs, units, and words that German has taken over as they are. */
const sameInBoth = new Set([
  ...['Athena', 'Host', 'Hosts', 'Port', 'Name', 'Client', 'Details', 'Online', 'Offline', 'Jitter', 'Echo', 'Echo (ICMP)', 'Gamepad', 'Streaming', 'Bitrate', 'Codec', 'Decoder', 'Proxmox-Host'],
  ...['English', 'Deutsch', 'HDR', 'H.264', 'HEVC', 'AV1', 'V-Sync', 'Stereo', 'Hardware', 'Software', 'Webhook', 'Anti-Cheat', 'Remmina', 'View'],
  ...['px', 'fps', 'Mbit/s', '1 min', '5 min', '10 min', '1 h', '24 h'],
]);
const figuresAlone = /^[\W\d_]*(\{\{[^}]+\}\}[\W\d_]*)*$/;

const placesIn = (text: string): string[] => [...text.matchAll(/\{\{\s*([^},\s]+)[^}]*\}\}/g)].map(([, name]) => String(name)).sort();

describe('German and English', () => {
  it('have the same keys', () => {
    expect([...ofGerman.keys()].sort()).toEqual([...ofEnglish.keys()].sort());
    expect(ofEnglish.size).toBeGreaterThan(700);
  });

  it('have the same places for names and figures', () => {
    const places = (texts: ReadonlyMap<string, string>): object => Object.fromEntries([...texts].map(([key, text]) => [key, [...new Set(placesIn(text))]]));
    expect(places(ofGerman)).toEqual(places(ofEnglish));
  });

  it('leave nothing empty, and no blank at an end but where a name stands beside it', () => {
    const empty = [...ofEnglish, ...ofGerman].filter(([, text]) => text.trim() === '');
    expect(empty).toEqual([]);
    const blanks = (texts: ReadonlyMap<string, string>): string[] => [...texts].filter(([, text]) => text !== text.trim()).map(([key]) => key);
    expect(blanks(ofEnglish).filter((key) => !/^(host\.gameStream\.(running|paused)|profile\.(atHost|levelLeads\..*)|latency\.compared\.sure|settings\.keptAs)$/.test(key))).toEqual([]);
  });

  it('differ, but for names and units', () => {
    const same = [...ofGerman].filter(([key, text]) => text === ofEnglish.get(key) && !sameInBoth.has(text) && !figuresAlone.test(text));
    expect(same).toEqual([]);
  });

  it('have both forms of each plural, and count in no other', () => {
    for (const key of ofEnglish.keys()) {
      const stem = /^(.*)_(one|other|zero)$/.exec(key)?.[1];
      if (stem !== undefined) expect([ofEnglish.has(`${stem}_one`), ofEnglish.has(`${stem}_other`)], key).toEqual([true, true]);
    }
  });

  it('quote as their language does', () => {
    expect([...ofGerman].filter(([, text]) => /[“”"]/.test(text.replace(/„[^“]*“/g, '')) && !text.includes('{"state"'))).toEqual([]);
    expect([...ofEnglish].filter(([, text]) => text.includes('„'))).toEqual([]);
  });

  it('address a person as du', () => {
    expect([...ofGerman].filter(([, text]) => /\b(Ihnen|Ihre?[mnrs]?)\b/.test(text) || /[a-zäöüß,] Sie\b/.test(text))).toEqual([]);
  });
});

describe('the language that is spoken', () => {
  afterEach(() => speak('en'));

  it.each([
    ['system', ['de-AT', 'en'], 'de'],
    ['system', ['DE'], 'de'],
    ['system', ['en-GB', 'de'], 'en'],
    ['system', ['fr-FR', 'de', 'en'], 'de'],
    ['system', ['fr', 'den'], 'en'],
    ['system', [], 'en'],
    ['en', ['de'], 'en'],
    ['de', ['en'], 'de'],
  ] as const)('for "%s" on a desktop with %j is %s', (wish, preferred, language) => {
    expect(languageFor(wish, preferred)).toBe(language);
  });

  it('is English until another is asked for, and another from the next line on', () => {
    const words = wordsOf('power');
    expect([currentLanguage(), words('title')]).toEqual(['en', 'Power']);
    speak('de');
    expect([currentLanguage(), words('title')]).toEqual(['de', 'Ein und Aus']);
  });

  it('has its plurals', () => {
    const words = wordsOf('power');
    const told = (): string[] => [0, 1, 2].map((count) => words('quitLead', { count }));
    expect(told()).toEqual(['Nothing streams right now.', 'The stream that runs now will end with it.', 'The 2 streams that run now will end with it.']);
    speak('de');
    expect(told()).toEqual(['Gerade läuft kein Stream.', 'Der laufende Stream endet mit.', 'Die 2 laufenden Streams enden mit.']);
  });

  it('leaves what a host calls itself as it is: no template in a name is filled in', () => {
    const words = wordsOf('host');
    expect(words('graph', { name: '{{name}} $t(ssh) <b>&amp;' })).toBe('Latency to {{name}} $t(ssh) <b>&amp;, last minute');
  });

  it('writes numbers, dates and clocks its own way', () => {
    const atMs = new Date(2026, 2, 7, 9, 5).getTime();
    const written = (): string[] => [
      ...[formatMs(8.31), formatGap(2310), formatRate(44_100), writeNumber(0.5), decimal('1.25'), formatCount(10_000)],
      ...[formatMinute(atMs), formatDay(atMs, { weekday: 'long', day: 'numeric', month: 'long' }), formatMoment(atMs, atMs + 2 * 86_400_000), formatAgo(atMs, atMs + 3 * 3_600_000)],
    ];
    expect(written()).toEqual([...['8.3', '2.31 s', '44.1 Mbit/s', '0.5', '1.25', '10,000'], ...['09:05', 'Saturday 7 March', '7 Mar, 09:05', '3 h ago']]);
    speak('de');
    expect(written()).toEqual([...['8,3', '2,31 s', '44,1 Mbit/s', '0,5', '1,25', '10.000'], ...['09:05', 'Samstag, 7. März', '7. März, 09:05', 'vor 3 h']]);
  });
});
