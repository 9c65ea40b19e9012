// Reads a .remmina file (a GKeyFile, as Remmina's remmina_file.c writes it). Its passwords are encrypted, and never read.
import { defaultPorts } from '../../common/entry';
import type { ConnectionReading } from '../../domain/imports/connection-files';
import { cleanLine } from '../gamestream/host-text';
import { entryName, noAddress, notes, throughGateway, unusable, userName } from './connection-words';
import { readServer } from './server-address';

/** What Remmina keeps a password in, or "." where the keyring has it: only whether there is one is looked at. */
const passwordKeys = ['password', 'gateway_password', 'ssh_password', 'ssh_passphrase'];

/** Remmina's word for each way to fill the screen: full, and full with scrolling or a fitted view. */
const fullScreenModes = ['2', '3', '4'];

/** Whatever the text is. @param file gives the name where the text has none */
export function readRemmina(file: string, text: string): ConnectionReading {
  const values = keysOf(text);
  if (!values) return unusable(null, 'This is no file of Remmina.', 'Open it in Remmina and save it again, or leave it out.');
  const value = (key: string): string => values.get(key) ?? '';
  const name = entryName(value('name'), file);
  const protocol = protocolOf(value('protocol'));
  if (protocol === null) {
    const told = cleanLine(value('protocol'), 20) || 'nothing';
    return unusable(name, `It connects with ${told}; Athena shows RDP and VNC.`, 'Keep using Remmina for it.');
  }
  if (value('ssh_tunnel_enabled') === '1' || value('ssh_enabled') === '1') {
    return unusable(name, 'It goes through an SSH tunnel, which Athena does not make.', 'Add it by hand if this machine reaches the host directly.');
  }
  if (protocol === 'vnc' && value('proxy') !== '') {
    return unusable(name, 'It goes through a VNC repeater, which Athena does not support.', 'Add it by hand if this machine reaches the host directly.');
  }
  if (protocol === 'rdp' && value('gateway_server') !== '' && value('gateway_usage') !== '0') return throughGateway(name, value('gateway_server'));
  const server = readServer(value('server'));
  const port = server && portFrom(protocol, server.port);
  if (!server || port === null) return noAddress(name, value('server'));
  const size = protocol === 'rdp' ? sizeOf(value) : null;
  return {
    kind: 'desktop',
    desktop: {
      name,
      protocol,
      address: server.address,
      port,
      username: userName(value('username'), protocol === 'rdp' ? value('domain') : ''),
      fullScreen: fullScreenModes.includes(value('viewmode')),
    },
    notes: [...(passwordKeys.some((key) => value(key) !== '') ? [notes.password] : []), ...(size === null ? [] : [notes.size(size)])],
  };
}

/** Null: it has no [remmina] section. The last of a key counts, as in a GKeyFile. */
function keysOf(text: string): ReadonlyMap<string, string> | null {
  const values = new Map<string, string>();
  let isInside = false;
  let isRemmina = false;
  for (const line of text.split(/\r\n|\r|\n/)) {
    const section = /^\s*\[([^\]]*)\]\s*$/.exec(line)?.[1];
    if (section !== undefined) isInside = section === 'remmina';
    isRemmina ||= isInside;
    const equals = line.indexOf('=');
    if (section !== undefined || !isInside || equals < 1 || line.startsWith('#')) continue;
    values.set(line.slice(0, equals).trim(), unescape(line.slice(equals + 1).trimStart()));
  }
  return isRemmina ? values : null;
}

const escapes: Readonly<Record<string, string>> = { s: ' ', n: '\n', t: '\t', r: '\r', '\\': '\\' };

function unescape(written: string): string {
  return written.replace(/\\(.)/g, (whole, letter: string) => escapes[letter] ?? whole);
}

function protocolOf(told: string): 'rdp' | 'vnc' | null {
  const known = told.trim().toUpperCase();
  if (known === 'RDP') return 'rdp';
  return known === 'VNC' ? 'vnc' : null;
}

/** Below 100, a VNC "port" is the number of a display: Remmina's vnc_plugin.c adds 5900 to it. */
function portFrom(protocol: 'rdp' | 'vnc', told: number | null): number | null {
  if (told === null) return defaultPorts[protocol];
  if (protocol === 'vnc' && told < 100) return defaultPorts.vnc + told;
  return told === 0 ? null : told;
}

/** Newer files have two numbers, older ones "1920x1080"; without them the window decides there, too. */
function sizeOf(value: (key: string) => string): string | null {
  const [, oldWidth, oldHeight] = /^(\d{2,5})x(\d{2,5})$/.exec(value('resolution')) ?? [];
  const width = Number(oldWidth ?? value('resolution_width'));
  const height = Number(oldHeight ?? value('resolution_height'));
  // 2: a size of the user's own; 1 is the window's, 0 the monitor's.
  const isFixed = oldWidth !== undefined || value('resolution_mode') === '2';
  return isFixed && width > 0 && height > 0 && width < 100_000 && height < 100_000 ? `${width} × ${height}` : null;
}
