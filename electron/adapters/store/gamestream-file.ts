// The known GameStream hosts on disk, apart from the library that people edit: certificates and app lists are no reading.
import { z } from 'zod';
import { gameStreamRecordSchema, type GameStreamRecord, type GameStreamStore } from '../../domain/hosts/gamestream-record';
import type { JsonRecordFile } from './json-record-file';

export const gameStreamFileSchema = z.object({ version: z.literal(1), hosts: z.array(gameStreamRecordSchema) });
export type GameStreamFileRecord = z.infer<typeof gameStreamFileSchema>;
export const noGameStreamHosts: GameStreamFileRecord = { version: 1, hosts: [] };

export class GameStreamFile implements GameStreamStore {
  constructor(private readonly file: JsonRecordFile<GameStreamFileRecord>) {}

  async load(): Promise<readonly GameStreamRecord[]> {
    return (await this.file.read()).hosts;
  }

  async save(records: readonly GameStreamRecord[]): Promise<void> {
    await this.file.write({ version: 1, hosts: [...records] });
  }
}
