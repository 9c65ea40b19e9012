// Brings in what other programs know: looks for it, tells what is new, adds what is chosen once, and takes it back.
import { defaultPorts } from '../../common/entry';
import type { HostId } from '../../common/ids';
import { mostCandidates, type ImportDone, type ImportView } from '../../common/imports';
import { entryFormSchema, type EntryForm } from '../../common/library';
import { failure, success, type Result } from '../../common/result';
import type { GameStreamHosts } from '../hosts/gamestream-hosts';
import type { Library } from '../library/library';
import type { Passwords } from '../library/passwords';
import type { Log } from '../log';
import { candidatesOf } from './candidates';
import type { ConnectionFiles, DesktopConnection, FoundConnection, FoundConnections } from './connection-files';

export interface ImportsParts {
  readonly files: ConnectionFiles;
  readonly library: Library;
  readonly gameStream: GameStreamHosts;
  readonly passwords: Passwords;
  /** Forgets a GameStream host with all that was kept for it. */
  readonly forgetHost: (hostId: HostId) => Promise<Result<null>>;
  readonly log: Log;
}

/** What one import has brought, and what it made for that. */
interface Taken {
  readonly entryIds: ImportDone['entryIds'];
  readonly hostIds: ImportDone['hostIds'];
  /** Hosts of the library that were not there before. */
  readonly newHosts: readonly HostId[];
}

export class Imports {
  private readonly found = new Map<string, FoundConnection>();
  /** Files that a person chose; they are read again with the others. */
  private readonly chosen = new Set<string>();
  private taken: Taken | null = null;

  constructor(private readonly parts: ImportsParts) {}

  /** In the usual places, and in the files that were chosen; held against what a command beside the window has added, too. */
  async look(): Promise<ImportView> {
    const { files, library, gameStream } = this.parts;
    const [usual, chosen] = await Promise.all([files.look(), files.read([...this.chosen]), library.refresh(), gameStream.reload()]);
    const ids = new Set(chosen.found.map(({ id }) => id));
    return this.view({
      found: [...chosen.found, ...usual.found.filter(({ id }) => !ids.has(id))],
      troubles: [...chosen.troubles, ...usual.troubles],
    });
  }

  /** In these files only. */
  async lookInto(files: readonly string[]): Promise<ImportView> {
    return this.view(await this.parts.files.read(files));
  }

  /** These files, too, from now on. */
  choose(files: readonly string[]): Promise<ImportView> {
    for (const file of files) this.chosen.add(file);
    return this.look();
  }

  /** @param ids of what was listed; what can't be used, or is there by now, is passed over */
  async add(ids: readonly string[]): Promise<Result<ImportDone>> {
    const wanted = [...new Set(ids)].flatMap((id) => this.found.get(id) ?? []);
    if (wanted.length < new Set(ids).size) {
      return failure('not-found', 'Something that was chosen is not listed any more.', 'Look for connections again, and choose anew.');
    }
    const forms = wanted.flatMap(({ reading }) => (reading.kind === 'desktop' ? [formOf(reading.desktop)] : []));
    const added = await this.parts.library.addNew(forms);
    if (!added.ok) return added;
    const { entryIds, newHosts } = added.value;
    await this.forgetPasswords(entryIds);
    const hostIds: HostId[] = [];
    const madeHosts = [...newHosts];
    const refused: ImportDone['refused'] = [];
    let already = forms.length - entryIds.length;
    for (const { id, reading } of wanted) {
      if (reading.kind !== 'host') continue;
      const before = new Set(this.parts.library.hosts.map(({ id }) => id));
      const kept = await this.parts.gameStream.keepUnpaired(reading.host);
      if (!kept.ok) refused.push({ id, name: reading.host.name, message: kept.failure.message, advice: kept.failure.advice });
      else if (kept.value.isNew) {
        hostIds.push(kept.value.hostId);
        if (!before.has(kept.value.hostId)) madeHosts.push(kept.value.hostId);
      } else already += 1;
    }
    if (entryIds.length > 0 || hostIds.length > 0) this.taken = { entryIds, hostIds, newHosts: madeHosts };
    this.parts.log.info('connections of other programs were added', { entries: entryIds.length, hosts: hostIds.length, already, refused: refused.length });
    return success({ entryIds, hostIds, already, refused });
  }

  /** Takes back what the last import has added, until Athena closes. Hosts that something else uses by now stay. */
  async undo(): Promise<Result<undefined>> {
    const { taken } = this;
    if (!taken) return failure('not-found', 'There is no import to undo.', 'Remove entries one by one in the library.');
    this.taken = null;
    for (const hostId of taken.hostIds) {
      const forgotten = await this.parts.forgetHost(hostId);
      // Somebody has forgotten it meanwhile: that is what was wanted.
      if (!forgotten.ok && forgotten.failure.kind !== 'not-found') return forgotten;
    }
    return this.parts.library.takeBack(taken.entryIds, taken.newHosts);
  }

  private view({ found, troubles }: FoundConnections): ImportView {
    this.found.clear();
    const listed = found.slice(0, mostCandidates);
    for (const one of listed) this.found.set(one.id, one);
    const { library, gameStream } = this.parts;
    const candidates = candidatesOf(listed, { hosts: library.hosts, entries: library.entries, gameStream: gameStream.records });
    const [first] = found.slice(mostCandidates);
    const more = first && {
      source: first.source,
      message: `There are ${found.length - mostCandidates} more connections than can be listed.`,
      advice: 'Add these first, then choose the files of the others.',
    };
    return { candidates, troubles: [...troubles, ...(more ? [more] : [])] };
  }

  /** An id may have belonged to another entry once: its password must not go to the new one's host. */
  private async forgetPasswords(ids: ImportDone['entryIds']): Promise<void> {
    for (const entry of ids) {
      try {
        await this.parts.passwords.forget(entry);
      } catch (error) {
        this.parts.log.warn('a password could not be forgotten', { entry, error });
      }
    }
  }
}

function formOf({ name, protocol, address, port, username, fullScreen }: DesktopConnection): EntryForm {
  return entryFormSchema.parse({
    name,
    protocol,
    address,
    fullScreen,
    ...(port !== defaultPorts[protocol] && { port }),
    ...(username !== null && { username }),
  });
}
