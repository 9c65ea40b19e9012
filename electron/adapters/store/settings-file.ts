// The settings as a file that people may edit: JSON with comments, versioned, changed in places, set aside when it is broken.
import { applyEdits, modify, parse, type ParseError } from 'jsonc-parser';
import { settingsVersion, type ChosenSettings, type SettingName, type SettingsTrouble } from '../../common/settings';
import type { Clock } from '../../domain/clock';
import { readSettings } from '../../domain/settings/read-settings';
import type { SettingsStore, StoredSettings } from '../../domain/settings/settings-keeper';
import type { WriteTroubles } from '../../domain/write-troubles';
import { removalOf } from './json-removal';
import { keepCopy, readTextFile, writeTextFile } from './text-file';

interface Look extends StoredSettings {
  /** Null: there is no file, or none that an edit could keep anything of. */
  readonly text: string | null;
  /** Why nothing may be written over it. */
  readonly locked: string | null;
}

export class SettingsFile implements SettingsStore {
  /** Copies put aside since the start: still told of when the file itself is whole again. */
  private readonly setAside: SettingsTrouble[] = [];

  constructor(
    readonly file: string,
    private readonly clock: Clock,
    /** Told of every write, whether it worked. */
    private readonly troubles?: Pick<WriteTroubles, 'failed' | 'worked'>,
  ) {}

  async load(): Promise<StoredSettings> {
    const { chosen, troubles } = await this.look();
    return { chosen, troubles };
  }

  async change(part: Readonly<Partial<Record<SettingName, unknown>>>): Promise<StoredSettings> {
    // Anew each time: what somebody has written there meanwhile is not lost, and counts from now on.
    const before = await this.look();
    if (before.locked !== null) throw new Error(before.locked);
    const text = before.text === null ? wholeText({ ...before.chosen, ...part }) : editedText(before.text, part);
    try {
      await writeTextFile(this.file, text);
    } catch (error) {
      this.troubles?.failed(this.file, error);
      throw error;
    }
    this.troubles?.worked(this.file);
    return this.load();
  }

  private async look(): Promise<Look> {
    let text: string | null;
    try {
      text = await readTextFile(this.file);
    } catch (error) {
      const message = `It cannot be read: ${error instanceof Error ? error.message : String(error)}`;
      return { chosen: {}, troubles: [{ message, keptAs: null }], text: null, locked: message };
    }
    if (text === null) return { chosen: {}, troubles: [...this.setAside], text: null, locked: null };
    const errors: ParseError[] = [];
    const content: unknown = parse(text, errors, { allowTrailingComma: true });
    const { chosen, findings } = readSettings(content);
    const isWhole = errors.length === 0 && typeof content === 'object' && content !== null && !Array.isArray(content);
    if (isWhole) {
      const isPresent = !isOlder(content);
      return { chosen, troubles: [...this.setAside, ...findings.map((message) => ({ message, keptAs: null }))], text: isPresent ? text : null, locked: null };
    }
    const keptAs = await this.keep(text);
    const [first] = errors;
    const message = first === undefined ? (findings[0] ?? 'It holds no settings.') : `It cannot be read as JSON from line ${lineOf(text, first.offset)} on.`;
    if (keptAs === null) return { chosen, troubles: [...this.setAside, { message, keptAs }], text: null, locked: 'the present file is broken, and no copy of it could be kept' };
    if (!this.setAside.some((known) => known.keptAs === keptAs)) this.setAside.push({ message, keptAs });
    return { chosen, troubles: [...this.setAside], text: null, locked: null };
  }

  private async keep(text: string): Promise<string | null> {
    try {
      return await keepCopy(this.file, text, this.clock.nowMs());
    } catch {
      // A full disk or a read-only directory: nothing is written over it either, so nothing is lost.
      return null;
    }
  }
}

/** What an older Athena wrote is written anew in the present shape with the first change. */
function isOlder(content: { readonly version?: unknown }): boolean {
  return typeof content.version === 'number' && content.version < settingsVersion;
}

function wholeText(chosen: ChosenSettings | Readonly<Record<string, unknown>>): string {
  return `${JSON.stringify({ version: settingsVersion, ...chosen }, null, 2)}\n`;
}

/** Comments, order, and what this Athena does not know stay as they are. */
function editedText(text: string, part: Readonly<Partial<Record<SettingName, unknown>>>): string {
  const formattingOptions = { insertSpaces: true, tabSize: 2, eol: text.includes('\r\n') ? '\r\n' : '\n' };
  return Object.entries(part).reduce(
    (edited, [name, value]) => (value === undefined ? removalOf(edited, [name]) : applyEdits(edited, modify(edited, [name], value, { formattingOptions }))),
    text,
  );
}

function lineOf(text: string, offset: number): number {
  return text.slice(0, offset).split('\n').length;
}
