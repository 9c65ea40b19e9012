// What protocols are called, in every language.
import type { Protocol } from '../../electron/common/entry';

export const protocolNames: Readonly<Record<Protocol, string>> = { vnc: 'VNC', rdp: 'RDP', gamestream: 'GameStream' };
