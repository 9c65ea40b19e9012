// The port of connection files on a real machine: looks into the usual places, and lets each file's reader say what it is.
import { posix, win32 } from 'node:path';
import type { ImportSource } from '../../common/imports';
import { assertNever } from '../../common/result';
import type { ConnectionFiles, ConnectionReading, FoundConnection, FoundConnections } from '../../domain/imports/connection-files';
import type { Machine } from '../clients/machine';
import { textOf } from './connection-text';
import { unusable } from './connection-words';
import type { FileRead, FileWorld } from './file-world';
import { moonlightHosts } from './moonlight-hosts';
import { readRdp } from './rdp-file';
import { readRemmina } from './remmina-file';
import { rdpDirectories, remminaDirectories } from './usual-places';

type FileSource = Exclude<ImportSource, 'moonlight'>;

/** Of one directory: more are a broken one, or somebody's archive. */
const mostFiles = 500;

const readers: Readonly<Record<FileSource, (file: string, text: string) => ConnectionReading>> = { remmina: readRemmina, rdp: readRdp };

export function connectionFiles(machine: Machine, files: FileWorld): ConnectionFiles {
  const path = machine.platform === 'win32' ? win32 : posix;
  const inside = async (directories: readonly string[], source: FileSource): Promise<FoundConnection[]> => {
    const found: FoundConnection[] = [];
    for (const directory of directories) {
      const names = (await files.list(directory)).filter((name) => sourceOf(name) === source).sort();
      for (const name of names.slice(0, mostFiles)) {
        const one = await readOne(files, path.join(directory, name), source);
        if (one) found.push(one);
      }
    }
    return found;
  };
  return {
    look: async () => {
      const [remmina, rdp, moonlight] = await Promise.all([
        remminaDirectories(machine).then((directories) => inside(directories, 'remmina')),
        rdpDirectories(machine).then((directories) => inside(directories, 'rdp')),
        moonlightHosts(machine),
      ]);
      return { found: [...remmina, ...rdp, ...moonlight.found], troubles: moonlight.troubles };
    },
    read: async (chosen): Promise<FoundConnections> => {
      const found: FoundConnection[] = [];
      for (const file of [...new Set(chosen)]) {
        // By its content where the name does not tell.
        const one = await readOne(files, file, sourceOf(file));
        found.push(one ?? { id: `rdp:${file}`, source: 'rdp', file, reading: unusable(null, 'It is not there.', 'Choose another file.') });
      }
      return { found, troubles: [] };
    },
  };
}

function sourceOf(name: string): FileSource | null {
  if (/\.remmina$/i.test(name)) return 'remmina';
  return /\.rdp$/i.test(name) ? 'rdp' : null;
}

/** @returns null: nothing is there by now */
async function readOne(files: FileWorld, file: string, told: FileSource | null): Promise<FoundConnection | null> {
  const read = await files.read(file);
  if (read.kind === 'missing') return null;
  const text = read.kind === 'read' ? textOf(read.bytes) : '';
  const source = told ?? (/^\s*\[remmina\]/m.test(text) ? 'remmina' : 'rdp');
  return { id: `${source}:${file}`, source, file, reading: read.kind === 'read' ? readers[source](file, text) : troubleOf(read) };
}

function troubleOf(read: Exclude<FileRead, { kind: 'read' | 'missing' }>): ConnectionReading {
  switch (read.kind) {
    case 'too-large':
      return unusable(null, 'It is larger than any connection file.', 'Choose another file.');
    case 'no-file':
      return unusable(null, 'It is no file.', 'Choose the file itself.');
    case 'refused':
      return unusable(null, `It can’t be read: ${read.reason}.`, 'Allow reading it, then look again.');
    default:
      return assertNever(read);
  }
}
