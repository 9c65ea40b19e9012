// What the practice host answers on each path of the GameStream HTTP interface.
import { isIPv6 } from 'node:net';
import { defaultCover } from './host-apps';
import { enterHabitualPin } from './habitual-pin';
import type { HostCore } from './host-core';
import { xmlReply, type NvReply, type NvRequest } from './nvhttp-wire';
import type { PairingTable } from './pairing-table';
import { portsFrom, portsFromSecure, type HostPorts } from './port-set';
import type { XmlChild } from './xml-reply';

export interface NvHost {
  readonly core: HostCore;
  readonly pairing: PairingTable;
  readonly name: string;
  /** "7.1.431.-1": a negative fourth number says Sunshine. */
  readonly appVersion: string;
}

/** H.264, HEVC Main and Main10, AV1 Main 8 and 10 bit. */
const codecModes = 0x00030301;
const mac = '02:00:00:41:54:48';

export async function answerNv(host: NvHost, request: NvRequest): Promise<NvReply> {
  if (request.path === '/serverinfo') return xmlReply({ statusCode: 200, children: serverInfo(host, request) });
  if (request.path === '/pair') return answerPair(host, request);
  if (!request.secure) return { kind: 'not-found' };
  switch (request.path) {
    case '/applist':
      return xmlReply({ statusCode: 200, children: appList(host) });
    case '/appasset':
      return cover(host, request);
    case '/launch':
      return launch(host, request, 'launch');
    case '/resume':
      return launch(host, request, 'resume');
    case '/cancel':
      return xmlReply(await host.core.cancel());
    default:
      return { kind: 'not-found' };
  }
}

/** The address the client used, as Sunshine tells it; an IPv6 client gets what clients know to ignore. */
function localAddress({ socket }: NvRequest): string {
  return (socket.localAddress ?? '127.0.0.1').replace(/^::ffff:/, '');
}

/** All ports follow from the one that was asked. */
function portsOf({ socket, secure }: NvRequest): HostPorts {
  const asked = socket.localPort ?? 0;
  return secure ? portsFromSecure(asked) : portsFrom(asked);
}

function serverInfo({ core, name, appVersion }: NvHost, request: NvRequest): readonly XmlChild[] {
  const { http, https } = portsOf(request);
  const address = localAddress(request);
  const running = core.running?.app.id ?? 0;
  return [
    ['hostname', name],
    ['appversion', appVersion],
    ['GfeVersion', '3.23.0.74'],
    ['uniqueid', core.parts.memory.uniqueId],
    ['HttpsPort', https],
    ['ExternalPort', http],
    ['MaxLumaPixelsHEVC', '1869449984'],
    ['mac', request.secure ? mac : '00:00:00:00:00:00'],
    ['LocalIP', isIPv6(address) ? '127.0.0.1' : address],
    ['ServerCodecModeSupport', codecModes],
    ['PairStatus', request.secure && request.parameters.has('uniqueid') ? 1 : 0],
    ['currentgame', running],
    ['state', running > 0 ? 'SUNSHINE_SERVER_BUSY' : 'SUNSHINE_SERVER_FREE'],
  ];
}

async function answerPair({ core, pairing }: NvHost, request: NvRequest): Promise<NvReply> {
  const { parameters } = request;
  const uniqueId = parameters.get('uniqueid');
  if (uniqueId === undefined) return xmlReply({ statusCode: 400, statusMessage: 'Missing uniqueid parameter' });
  const phrase = parameters.get('phrase');
  if (phrase === 'pairchallenge') return xmlReply({ statusCode: 200, children: [['paired', 1]] });
  if (phrase !== 'getservercert') return xmlReply(pairing.step(uniqueId, parameters));

  const clientCert = parameters.get('clientcert');
  const salt = parameters.get('salt');
  // Sunshine's handler throws on these, and the connection ends without an answer.
  if (clientCert === undefined || salt === undefined) return { kind: 'nothing' };
  const { reply, leave } = pairing.begin(uniqueId, clientCert, salt);
  request.onLeave(leave);
  core.parts.tell({ event: 'pin-wanted', uniqueId });
  enterHabitualPin(core, pairing);
  const xml = await reply;
  return xml === null ? { kind: 'nothing' } : xmlReply(xml);
}

function appList({ core }: NvHost): readonly XmlChild[] {
  return core.parts.apps.map(({ name, id, hdr }): XmlChild => {
    const children: readonly XmlChild[] = [
      ['IsHdrSupported', hdr ? 1 : 0],
      ['AppTitle', name],
      ['ID', id],
    ];
    return ['App', children];
  });
}

/** An unknown id, or an app without art: the default picture, with status 200. */
function cover({ core }: NvHost, { parameters }: NvRequest): NvReply {
  const id = parameters.get('appid');
  if (id === undefined) return { kind: 'nothing' };
  const app = core.parts.apps.find((candidate) => candidate.id === Number(id));
  return { kind: 'png', bytes: app?.cover ?? defaultCover };
}

async function launch({ core }: NvHost, request: NvRequest, kind: 'launch' | 'resume'): Promise<NvReply> {
  const address = localAddress(request);
  const streamAddress = `${isIPv6(address) ? `[${address}]` : address}:${portsOf(request).stream}`;
  const { parameters, clientUuid } = request;
  return xmlReply(await core.launch({ kind, parameters, clientUuid, streamAddress }));
}
