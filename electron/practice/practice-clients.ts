// The stream client of the practice run: the real adapter for Moonlight, told that Moonlight is the practice Moonlight.
import { optionNames } from '../adapters/clients/moonlight-arguments';
import type { Machine } from '../adapters/clients/machine';
import { createMoonlightQt } from '../adapters/clients/moonlight-qt';
import { success } from '../common/result';
import type { ClientFinder } from '../domain/session/client-choice';
import type { FoundClient, StreamClient } from '../domain/session/stream-client';
import { moonlightVersion, readMoonlightArguments } from './gamestream/moonlight-options';
import { windowVariable } from './gamestream/moonlight-window';
import type { PracticeCommands } from './practice-commands';

/** The user's own Moonlight is neither looked for nor started. */
export function practiceClients(machine: Machine, { moonlight, window }: Pick<PracticeCommands, 'moonlight' | 'window'>): ClientFinder {
  const real = createMoonlightQt(machine);
  const help = readMoonlightArguments(['stream', '--help']);
  const found: FoundClient = {
    found: true,
    client: real.id,
    displayName: `Practice Moonlight ${moonlightVersion}`,
    version: moonlightVersion,
    command: [moonlight.file, ...moonlight.leadingArgs],
    origin: 'built-in',
    ...(help.kind === 'print' && { options: optionNames(help.text) }),
  };
  const client: StreamClient = {
    ...real,
    find: async () => found,
    plan: (given, request) => {
      const plan = real.plan(given, request);
      if (!plan.ok) return plan;
      // Electron plays Node for it, which no other stream client may inherit.
      return success({ ...plan.value, env: { ...plan.value.env, ...moonlight.env, ...(window && windowVariable(window)) } });
    },
  };
  return { survey: async () => [found], choose: async () => ({ kind: 'chosen', client, found }) };
}
