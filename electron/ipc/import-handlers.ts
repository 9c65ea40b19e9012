// The channels that bring in what other programs know.
import type { ChooseConnectionFiles } from '../domain/imports/connection-files';
import type { Services } from '../domain/services';
import type { Handlers } from './serve';

type ImportChannel = Extract<keyof Handlers, `import:${string}`>;

/** @param choose asks a person for files */
export function importHandlers({ imports }: Pick<Services, 'imports'>, choose: ChooseConnectionFiles): Pick<Handlers, ImportChannel> {
  return {
    'import:look': () => imports.look(),
    'import:choose-files': async () => imports.choose(await choose()),
    'import:add': ({ ids }) => imports.add(ids),
    'import:undo': () => imports.undo(),
  };
}
