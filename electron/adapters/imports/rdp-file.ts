// Reads a Microsoft .rdp file: a line for each setting, "key:type:value". Its password is sealed to one Windows account, and never read.
import { defaultPorts } from '../../common/entry';
import type { ConnectionReading } from '../../domain/imports/connection-files';
import { cleanLine } from '../gamestream/host-text';
import { entryName, noAddress, notes, throughGateway, unusable, userName } from './connection-words';
import { readServer } from './server-address';

/**
 * Whatever the text is; the file gives the name. Settings by Microsoft's "Supported RDP properties":
 * https://learn.microsoft.com/azure/virtual-desktop/rdp-properties
 */
export function readRdp(file: string, text: string): ConnectionReading {
  const values = settingsOf(text);
  if (values.size === 0) return unusable(null, 'This is no .rdp file.', 'Save it again with Remote Desktop Connection, or leave it out.');
  const value = (key: string): string => values.get(key) ?? '';
  const name = entryName('', file);
  const gateway = value('gatewayhostname').trim();
  // 1: always through it; 2: only when the host can't be reached directly; 0, 3 and 4: not, or as the machine says.
  if (gateway !== '' && value('gatewayusagemethod') === '1') return throughGateway(name, gateway);
  const told = value('full address') || value('alternate full address');
  const server = readServer(told);
  const port = server?.port ?? portFrom(value('server port'));
  if (!server || port < 1) return noAddress(name, told);
  return {
    kind: 'desktop',
    desktop: {
      name,
      protocol: 'rdp',
      address: server.address,
      port,
      username: userName(value('username'), value('domain')),
      fullScreen: value('screen mode id') === '2',
    },
    notes: [
      ...(values.has('password 51') ? [notes.password] : []),
      ...(gateway !== '' && value('gatewayusagemethod') === '2' ? [notes.gatewayMaybe(cleanLine(gateway, 80))] : []),
      ...(value('remoteapplicationmode') === '1' ? [notes.remoteApp] : []),
    ],
  };
}

/** The last of a key counts. A password's bytes are not taken up: that there is one is all that is told. */
function settingsOf(text: string): ReadonlyMap<string, string> {
  const values = new Map<string, string>();
  for (const line of text.split(/\r\n|\r|\n/)) {
    const [, key = '', type, value = ''] = /^\s*([A-Za-z][^:]{0,80}):([bis]):(.*)$/i.exec(line) ?? [];
    if (type !== undefined) values.set(key.trim().toLowerCase(), type.toLowerCase() === 'b' ? '' : value.trim());
  }
  return values;
}

function portFrom(told: string): number {
  if (told === '') return defaultPorts.rdp;
  const port = /^\d{1,5}$/.test(told) ? Number(told) : 0;
  return port <= 65_535 ? port : 0;
}
