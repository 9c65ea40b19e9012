// What a GameStream host tells of itself on /serverinfo.
import { isIPv4 } from 'node:net';
import { success, type Result } from '../../common/result';
import type { ServerInfo } from '../../domain/hosts/gamestream-host';
import { childText, type XmlAnswer } from './answer-xml';
import { badAnswer, type Place } from './gamestream-failures';
import { cleanLine, quoted } from './host-text';
import { refusal } from './nv-client';

/** The TLS port of a host that doesn't name one. */
const usualHttpsPort = 47_984;
/** H.264, which every host can. */
const leastCodecModes = 1;
const nameLimit = 80;

export interface Asked {
  readonly place: Place;
  /** Of the plain HTTP service, whichever was asked. */
  readonly httpPort: number;
  /** Over TLS as a client with a certificate. */
  readonly secure: boolean;
}

/** @param answer one with status 200 */
export function readServerInfo({ root }: XmlAnswer, { place, httpPort, secure }: Asked): Result<ServerInfo> {
  const said = (name: string): string => childText(root, name)?.trim() ?? '';
  const uniqueId = said('uniqueid');
  // It becomes a key and part of a file's name: nothing but visible ASCII, and not a path.
  if (!/^[0-9A-Za-z._{}:-]{1,128}$/.test(uniqueId) || /^\.+$/.test(uniqueId)) {
    return refusal(badAnswer(place, uniqueId === '' ? 'without an identity' : `with an unusable identity ("${quoted(uniqueId)}")`));
  }
  const appVersion = said('appversion');
  const version = /^(\d{1,5})\.(-?\d{1,9})(?:\.(-?\d{1,9}))?(?:\.(-?\d{1,9}))?$/.exec(appVersion);
  if (!version) {
    return refusal(badAnswer(place, appVersion === '' ? 'without a version' : `with an unreadable version ("${quoted(appVersion)}")`));
  }
  const running = wholeNumber(said('currentgame'));
  return success({
    name: cleanLine(said('hostname'), nameLimit) || 'GameStream host',
    uniqueId,
    appVersion,
    generation: Number(version[1]),
    isSunshine: Number(version[4] ?? 0) < 0,
    httpPort,
    httpsPort: portOf(said('HttpsPort')) ?? usualHttpsPort,
    mac: macOf(said('mac')),
    localAddress: localAddressOf(said('LocalIP')),
    codecModes: codecModesOf(said('ServerCodecModeSupport')),
    // Plain HTTP says 0 to paired clients too.
    paired: secure ? said('PairStatus') === '1' : null,
    // Some hosts leave the last app's id there when nothing runs.
    runningAppId: /_SERVER_BUSY$/.test(said('state')) && running !== null && running > 0 ? running : null,
  });
}

/** @returns null for anything but a whole number of 32 bits with a sign */
export function wholeNumber(text: string): number | null {
  if (!/^-?[0-9]{1,10}$/.test(text)) return null;
  const number = Number(text);
  return number === (number | 0) ? number : null;
}

function portOf(text: string): number | null {
  const port = wholeNumber(text);
  return port !== null && port >= 1 && port <= 65_535 ? port : null;
}

/** All zeros stand for "not told". */
function macOf(text: string): string | null {
  const mac = text.toLowerCase().replaceAll('-', ':');
  return /^[0-9a-f]{2}(:[0-9a-f]{2}){5}$/.test(mac) && !/^[0:]+$/.test(mac) ? mac : null;
}

/** Hosts tell 127.0.0.1 when they were asked over IPv6. */
function localAddressOf(text: string): string | null {
  return isIPv4(text) && !/^(127|0)\./.test(text) ? text : null;
}

function codecModesOf(text: string): number {
  if (!/^[0-9]{1,10}$/.test(text)) return leastCodecModes;
  const modes = Number(text);
  return modes > 0 && modes <= 0xffff_ffff ? modes : leastCodecModes;
}
