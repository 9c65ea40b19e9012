// The known GameStream hosts on disk, apart from the library that people edit: certificates and app lists are no reading.
import { z } from 'zod';
import { gameStreamRecordSchema, type GameStreamRecord, type GameStreamStore } from '../../domain/hosts/gamestream-record';
import type { JsonRecordFile } from './json-record-file';

export const gameStreamFileSchema = z.object({ version: z.literal(1), hosts: z.array(gameStreamRecordSchema) });
export type GameStreamFileRecord = z.infer<typeof gameStreamFileSchema>;
export const noGameStreamHosts: GameStreamFileRecord = { version: 1, hosts: [] };

export class GameStreamFile implements GameStreamStore {
  /** What was read or written last, and the file's stamp then: it is looked at every few seconds, and may list 50,000 apps. */
  private last: { readonly stamp: string; readonly hosts: readonly GameStreamRecord[] } | null = null;

  constructor(private readonly file: JsonRecordFile<GameStreamFileRecord>) {}

  async load(): Promise<readonly GameStreamRecord[]> {
    const stamp = await this.file.stamp();
    if (this.last?.stamp !== stamp) this.last = { stamp, hosts: (await this.file.read()).hosts };
    return this.last.hosts;
  }

  async change(next: (records: readonly GameStreamRecord[]) => readonly GameStreamRecord[]): Promise<readonly GameStreamRecord[]> {
    let hosts: readonly GameStreamRecord[] = [];
    await this.file.change((value) => {
      hosts = next(value.hosts);
      return hosts === value.hosts ? value : { version: 1, hosts: [...hosts] };
    });
    const stamp = await this.file.stamp();
    if (this.last?.stamp !== stamp) this.last = { stamp, hosts };
    return this.last.hosts;
  }
}
