// What other programs know, as the window sees it, in memory: listed, chosen by hand, added once, undone.
import type { EntryId, HostId } from '../../electron/common/ids';
import type { ImportCandidate, ImportDone, ImportView } from '../../electron/common/imports';
import type { InvokeChannel } from '../../electron/common/ipc-contract';
import type { LibraryEntry, LibraryView, ProtocolClient } from '../../electron/common/library';
import { failure, success, type Result } from '../../electron/common/result';

export type FakeImportChannel = Extract<InvokeChannel, `import:${string}` | 'client:survey'>;

export interface FakeImportsParts {
  readonly library: () => LibraryView;
  readonly changeLibrary: (part: Partial<LibraryView>) => void;
}

function desktop(id: string, more: Partial<ImportCandidate>): ImportCandidate {
  const source = more.source ?? 'remmina';
  const file = `/home/mira/${source === 'rdp' ? 'Documents' : '.local/share/remmina'}/${id}.${source}`;
  return { id: `${source}:${file}`, source, file, name: id, protocol: 'vnc', address: `${id}.lan`, port: null, username: null, notes: [], state: { kind: 'new' }, ...more };
}

const passwordNote = 'Its password stays where it is: Athena asks for one at the first connection.';

const usual: readonly ImportCandidate[] = [
  desktop('workbench', { name: 'Workbench', port: 5901, notes: [passwordNote] }),
  desktop('build-server', { name: 'Build server in the cellar, beside the washing machine', protocol: 'rdp', address: 'build.lan', username: 'LAB\\mira', notes: ['Its fixed size (1920 × 1080) is not kept: the picture follows the window.'] }),
  desktop('shell', { name: 'Shell', protocol: null, address: null, state: { kind: 'unusable', message: 'It connects with SSH; Athena shows RDP and VNC.', advice: 'Keep using Remmina for it.' } }),
  desktop('office', { source: 'rdp', name: 'Office', protocol: 'rdp', address: 'office.example', port: 3390, username: 'CORP\\mira' }),
  desktop('twin', { source: 'rdp', name: 'Copy of Office', protocol: 'rdp', address: 'office.example', port: 3390, state: { kind: 'known', name: 'Office' } }),
  desktop('attic', { source: 'moonlight', name: 'ATTIC', protocol: 'gamestream', address: '192.168.1.70', notes: ['Still to pair: the certificate there belongs to your own Moonlight.'] }),
];

const chosenLater = desktop('chosen', { source: 'rdp', name: 'Chosen by hand', protocol: 'rdp', address: 'chosen.example' });

const clients: ProtocolClient[] = [
  { protocol: 'vnc', client: { found: true, displayName: 'TigerVNC 1.12.0' } },
  { protocol: 'rdp', client: { found: true, displayName: 'FreeRDP 2.11.7' } },
  { protocol: 'gamestream', client: { found: false, displayName: 'Moonlight', advice: 'Install it with “flatpak install flathub com.moonlight_stream.Moonlight”.' } },
];

export class FakeImports {
  #candidates: readonly ImportCandidate[];
  #undo: (() => void) | null = null;

  constructor(
    hasSome: boolean,
    private readonly parts: FakeImportsParts,
  ) {
    this.#candidates = hasSome ? usual : [];
  }

  answer(channel: FakeImportChannel, args: unknown): Result<unknown> {
    switch (channel) {
      case 'client:survey':
        return success(clients);
      case 'import:choose-files':
        if (!this.#candidates.includes(chosenLater)) this.#candidates = [...this.#candidates, chosenLater];
        return success(this.view);
      case 'import:look':
        return success(this.view);
      case 'import:add':
        return success(this.#add((args as { ids: string[] }).ids));
      case 'import:undo':
        if (this.#undo === null) return failure('not-found', 'There is no import to undo.', 'Remove entries one by one in the library.');
        this.#undo();
        this.#undo = null;
        return success(undefined);
    }
  }

  get view(): ImportView {
    return { candidates: [...this.#candidates], troubles: [] };
  }

  #add(ids: readonly string[]): ImportDone {
    const { hosts, entries } = this.parts.library();
    const before = this.#candidates;
    const wanted = before.filter(({ id, state }) => ids.includes(id) && state.kind === 'new');
    const idOf = ({ address }: ImportCandidate): string => (address ?? '').replaceAll(/[^a-z0-9]+/g, '-');
    const desktops = wanted.filter(({ protocol }) => protocol === 'vnc' || protocol === 'rdp');
    const added = desktops.map(
      (candidate): LibraryEntry => ({
        entry: { id: idOf(candidate) as EntryId, host: idOf(candidate) as HostId, name: candidate.name, protocol: candidate.protocol ?? 'vnc', fullScreen: false, favourite: false, hidden: false, resumeCountdownS: 3 },
        client: { found: true, displayName: 'TigerVNC 1.12.0' },
        lastUsedAtMs: null,
        playedMs: 0,
        artUrl: null,
        hasPassword: false,
      }),
    );
    const newHosts = wanted.map((candidate) => ({ record: { id: idOf(candidate) as HostId, name: candidate.name.slice(0, 80), address: candidate.address ?? '' }, reach: 'unknown' as const }));
    this.#candidates = before.map((candidate) => (wanted.includes(candidate) ? { ...candidate, state: { kind: 'known', name: candidate.name } } : candidate));
    this.parts.changeLibrary({ hosts: [...hosts, ...newHosts], entries: [...entries, ...added] });
    this.#undo = () => {
      this.#candidates = before;
      this.parts.changeLibrary({ hosts, entries });
    };
    return { entryIds: added.map(({ entry }) => entry.id), hostIds: wanted.filter((one) => !desktops.includes(one)).map((one) => idOf(one) as HostId), already: 0, refused: [] };
  }
}
