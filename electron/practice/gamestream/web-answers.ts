// The REST interface of the host's web page: what each method and path answers, after the log-in.
import { z } from 'zod';
import type { HostCore } from './host-core';
import type { SunshineLog } from './host-events';
import type { PairingTable } from './pairing-table';

export interface WebHost {
  readonly core: HostCore;
  readonly pairing: PairingTable;
  readonly log: SunshineLog;
  readonly name: string;
}

export interface WebReply {
  readonly status: number;
  readonly body: Readonly<Record<string, unknown>> | string;
}

const pinSchema = z.object({ pin: z.string(), name: z.string().default('') });
const clientSchema = z.object({ uuid: z.string(), enabled: z.boolean().default(true) });

export function badRequest(error: string): WebReply {
  return { status: 400, body: { status_code: 400, status: false, error } };
}

const notFound: WebReply = { status: 404, body: { status_code: 404, error: 'Not Found' } };

/** @param body parsed JSON; undefined when there was none */
export async function answerWeb(host: WebHost, method: string, path: string, body: unknown): Promise<WebReply> {
  const { core, pairing } = host;
  const { memory } = core.parts;
  switch (`${method} ${path}`) {
    case 'GET /api/apps':
      return done({ apps: core.parts.apps.map(({ name, cover }) => ({ name, 'image-path': cover ? `${name}.png` : '', cmd: '' })), env: {} });
    case 'POST /api/apps/close':
      await core.endApp();
      return done({ status: true });
    case 'GET /api/clients/list':
      return done({ named_certs: memory.clients.map(({ name, uuid, enabled }) => ({ name, uuid, enabled })), status: true });
    case 'POST /api/clients/update':
      return update(core, body);
    case 'POST /api/clients/unpair': {
      const given = clientSchema.safeParse(body);
      return given.success ? done({ status: memory.removeClients(given.data.uuid) }) : badRequest('uuid is missing');
    }
    case 'POST /api/clients/unpair-all':
      memory.removeClients(null);
      await core.cancel();
      return done({ status: true });
    case 'POST /api/pin': {
      const given = pinSchema.safeParse(body);
      if (!given.success) return badRequest('pin must be a string');
      if (!/^\s*[0-9]/.test(given.data.pin)) return badRequest('stoi'); // as its number parser complains
      return done({ status: pairing.enterPin(given.data.pin, given.data.name) });
    }
    case 'GET /api/config':
      return done({ status: true, platform: 'linux', version: '2026.821.0', sunshine_name: host.name });
    case 'GET /api/logs':
      return { status: 200, body: host.log.text };
    default:
      return notFound;
  }
}

async function update(core: HostCore, body: unknown): Promise<WebReply> {
  const given = clientSchema.safeParse(body);
  if (!given.success) return badRequest('uuid is missing');
  const { uuid, enabled } = given.data;
  const known = core.parts.memory.updateClient(uuid, enabled);
  if (known && !enabled) {
    core.dropStreams((stream) => stream.clientUuid === uuid);
    if (core.streams.size === 0) await core.endApp();
  }
  return done({ status: known });
}

function done(body: Readonly<Record<string, unknown>>): WebReply {
  return { status: 200, body };
}
