// The channels of a first run: what other programs know, and which programs there are to show a stream.
import { protocolSchema } from '../common/entry';
import { success } from '../common/result';
import type { ChooseConnectionFiles } from '../domain/imports/connection-files';
import type { Services } from '../domain/services';
import type { Handlers } from './serve';

type ImportChannel = Extract<keyof Handlers, `import:${string}` | 'client:survey'>;

/** @param choose asks a person for files */
export function importHandlers({ imports, clients }: Pick<Services, 'imports' | 'clients'>, choose: ChooseConnectionFiles): Pick<Handlers, ImportChannel> {
  return {
    'import:look': async () => success(await imports.look()),
    'import:choose-files': async () => success(await imports.choose(await choose())),
    'import:add': ({ ids }) => imports.add(ids),
    'import:undo': () => imports.undo(),
    'client:survey': async () => {
      await Promise.all(protocolSchema.options.map((protocol) => clients.choose(protocol)));
      return success(protocolSchema.options.map((protocol) => ({ protocol, client: clients.availability(protocol) })));
    },
  };
}
