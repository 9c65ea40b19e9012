// Both sides of the practice pairing against a worked exchange, and the table of sessions with its well-known faults.
import { createHash } from 'node:crypto';
import { createServer } from 'node:http';
import { once } from 'node:events';
import type { AddressInfo } from 'node:net';
import { describe, expect, it } from 'vitest';
import { makeIdentity, signatureBits, derOf } from '../../../../electron/practice/gamestream/certificate';
import { pairWith } from '../../../../electron/practice/gamestream/moonlight-pairing';
import { PairingTable } from '../../../../electron/practice/gamestream/pairing-table';
import { writeXml, type XmlReply } from '../../../../electron/practice/gamestream/xml-reply';
import {
  vectorClientCertificate,
  vectorClientChallenge,
  vectorClientPairingSecret,
  vectorClientSecret,
  vectorHostCertificate,
  vectorHostChallenge,
  vectorHostSecret,
  vectorHostSignatureBits,
  vectorMessages,
  vectorMessagesSha1,
  vectorPairingSecret,
  vectorPin,
  vectorSalt,
} from '../../../fixtures/gamestream-pairing';

const own = makeIdentity('Sunshine Gamestream Host', 'random');

function child(reply: XmlReply | null, name: string): unknown {
  return reply?.children?.find(([key]) => key === name)?.[1];
}

/** Gives out these values one after the other. */
function scripted(...hex: readonly string[]): (size: number) => Buffer {
  const values = [...hex];
  return (size) => {
    const value = Buffer.from(values.shift() ?? '', 'hex');
    expect(value).toHaveLength(size);
    return value;
  };
}

function table(hash: 'sha256' | 'sha1' = 'sha256') {
  const paired: { certificatePem: string; name: string }[] = [];
  const refused: string[] = [];
  const pairing = new PairingTable({
    identity: () => ({ certificatePem: vectorHostCertificate, keyPem: own.keyPem }),
    hash,
    random: scripted(vectorHostSecret, vectorHostChallenge),
    onPaired: (client) => paired.push(client),
    onRefused: (why) => refused.push(why),
  });
  return { pairing, paired, refused };
}

const clientHex = Buffer.from(vectorClientCertificate).toString('hex');
const step = (name: string, value: string): ReadonlyMap<string, string> => new Map([[name, value]]);

describe('signature bits', () => {
  it('are the ones of the worked exchange', () => {
    expect(signatureBits(derOf(vectorHostCertificate)).toString('hex')).toBe(vectorHostSignatureBits);
    expect(createHash('sha256').update(vectorClientCertificate).digest('hex')).toBe('efff1f288cc58dcca4fa2b17d9b29a018af46e960dfd5c1a548fa1eb49effab5');
  });

  it('are refused in what is no certificate', () => {
    expect(() => signatureBits(Buffer.from('3003020100', 'hex'))).toThrow('no certificate');
    expect(() => signatureBits(derOf(vectorHostCertificate).subarray(0, 300))).toThrow('cut off');
  });
});

describe('the host of the practice pairing', () => {
  it.each([
    ['sha256', vectorMessages],
    ['sha1', vectorMessagesSha1],
  ] as const)('says what the worked exchange says (%s) and accepts its client', async (hash, messages) => {
    const { pairing, paired } = table(hash);
    const { reply } = pairing.begin('id', clientHex, vectorSalt);
    expect(pairing.enterPin(vectorPin, 'Living room')).toBe(true);
    expect(child(await reply, 'plaincert')).toBe(Buffer.from(vectorHostCertificate).toString('hex').toUpperCase());
    const second = pairing.step('id', step('clientchallenge', messages.clientchallenge));
    // What pads the 36 bytes of SHA-1 to whole blocks is zero here as there.
    expect(child(second, 'challengeresponse')).toBe(messages.challengeresponse);
    const third = pairing.step('id', step('serverchallengeresp', messages.serverchallengeresp));
    expect(String(child(third, 'pairingsecret')).slice(0, 32).toLowerCase()).toBe(vectorHostSecret);
    expect(String(child(third, 'pairingsecret'))).toHaveLength(544);
    const fourth = pairing.step('id', step('clientpairingsecret', vectorClientPairingSecret));
    expect(fourth).toEqual({ statusCode: 200, children: [['paired', 1]] });
    expect(paired).toEqual([{ certificatePem: vectorClientCertificate, name: 'Living room' }]);
    expect(pairing.open).toEqual([]);
  });

  it('answers a wrong PIN like a right one until the last step, which says 0 with status 200', async () => {
    const { pairing, paired, refused } = table();
    const { reply } = pairing.begin('id', clientHex, vectorSalt);
    pairing.enterPin('4321', '');
    expect(child(await reply, 'paired')).toBe(1);
    expect(child(pairing.step('id', step('clientchallenge', vectorMessages.clientchallenge)), 'paired')).toBe(1);
    expect(child(pairing.step('id', step('serverchallengeresp', vectorMessages.serverchallengeresp)), 'paired')).toBe(1);
    const last = pairing.step('id', step('clientpairingsecret', vectorClientPairingSecret));
    expect(last).toEqual({ statusCode: 200, children: [['paired', 0]] });
    expect(paired).toEqual([]);
    expect(refused).toHaveLength(1);
  });

  it('spoils the next attempt after an abort, and lets the one after that pass', async () => {
    const { pairing } = table();
    const first = pairing.begin('id', clientHex, vectorSalt);
    pairing.enterPin('4321', '');
    await first.reply;
    pairing.step('id', step('clientchallenge', vectorMessages.clientchallenge));
    // The client saw the wrong PIN and went away: the session stays.
    expect(pairing.open).toEqual(['id']);
    const second = pairing.begin('id', clientHex, vectorSalt);
    pairing.enterPin(vectorPin, '');
    expect(await second.reply).toEqual({ statusCode: 400, statusMessage: 'Out of order call to getservercert', children: [['paired', 0]] });
    expect(pairing.open).toEqual([]);
    const third = pairing.begin('id', clientHex, vectorSalt);
    pairing.enterPin(vectorPin, '');
    expect(child(await third.reply, 'paired')).toBe(1);
  });

  it('is freed from a stale session by one deliberately wrong step', async () => {
    const { pairing } = table();
    const first = pairing.begin('id', clientHex, vectorSalt);
    pairing.enterPin('4321', '');
    await first.reply;
    expect(pairing.step('id', step('clientpairingsecret', '00')).statusCode).toBe(400);
    expect(pairing.open).toEqual([]);
  });

  it('answers the newest of two waiting requests, and closes the older one', async () => {
    const { pairing } = table();
    const first = pairing.begin('id', clientHex, vectorSalt);
    const second = pairing.begin('id', clientHex, vectorSalt);
    expect(await first.reply).toBeNull();
    expect(pairing.waiting).toBe(1);
    pairing.enterPin(vectorPin, '');
    expect(child(await second.reply, 'paired')).toBe(1);
  });

  it('reuses a session whose client left before the PIN', async () => {
    const { pairing } = table();
    pairing.begin('id', clientHex, vectorSalt).leave();
    const second = pairing.begin('id', clientHex, vectorSalt);
    pairing.enterPin(vectorPin, '');
    expect(child(await second.reply, 'paired')).toBe(1);
  });

  it.each(['', '123', '12345', '12a4', ' 123'])('takes %j for no PIN', (pin) => {
    const { pairing } = table();
    pairing.begin('id', clientHex, vectorSalt);
    expect(pairing.enterPin(pin, '')).toBe(false);
    expect(pairing.waiting).toBe(1);
  });

  it('has a status for every mistake', async () => {
    const { pairing } = table();
    expect(pairing.enterPin('1234', '')).toBe(false);
    expect(pairing.step('nobody', step('clientchallenge', '00'))).toEqual({ statusCode: 400, statusMessage: 'Invalid uniqueid' });
    const short = pairing.begin('short', clientHex, '00');
    pairing.enterPin('1234', '');
    expect(await short.reply).toMatchObject({ statusCode: 400, statusMessage: 'Salt too short' });
    pairing.begin('id', clientHex, vectorSalt);
    expect(pairing.step('id', new Map())).toEqual({ statusCode: 404, statusMessage: 'Invalid pairing request' });
    expect(pairing.step('id', step('serverchallengeresp', '00'))).toMatchObject({ statusCode: 400 });
    expect(pairing.open).toEqual([]);
  });

  it('refuses a certificate that is none at the last step', async () => {
    const { pairing } = table();
    const { reply } = pairing.begin('id', Buffer.from('no certificate').toString('hex'), vectorSalt);
    pairing.enterPin(vectorPin, '');
    await reply;
    pairing.step('id', step('clientchallenge', vectorMessages.clientchallenge));
    pairing.step('id', step('serverchallengeresp', vectorMessages.serverchallengeresp));
    expect(pairing.step('id', step('clientpairingsecret', vectorClientPairingSecret))).toMatchObject({
      statusCode: 400,
      statusMessage: 'Invalid client certificate',
    });
  });
});

describe('the client of the practice pairing', () => {
  /** Plays the host of the worked exchange, and keeps what the client asked. */
  async function recordedHost(change: Partial<Record<'pairingsecret', string>> = {}) {
    const asked: URLSearchParams[] = [];
    const server = createServer((request, response) => {
      const query = new URL(request.url ?? '/', 'http://host').searchParams;
      asked.push(query);
      const paired = ['paired', 1] as const;
      const reply = (children: XmlReply['children'] = []): void => void response.end(writeXml({ statusCode: 200, children: [paired, ...children] }));
      if (query.has('salt')) reply([['plaincert', Buffer.from(vectorHostCertificate).toString('hex').toUpperCase()]]);
      else if (query.has('clientchallenge')) reply([['challengeresponse', vectorMessages.challengeresponse]]);
      else if (query.has('serverchallengeresp')) reply([['pairingsecret', change.pairingsecret ?? vectorPairingSecret]]);
      else response.end(writeXml({ statusCode: 200, children: [['paired', 0]] }));
    });
    server.listen(0, '127.0.0.1');
    await once(server, 'listening');
    const attempt = (pin: string): ReturnType<typeof pairWith> =>
      pairWith({
        address: '127.0.0.1',
        httpPort: (server.address() as AddressInfo).port,
        httpsPort: 1,
        identity: { certificatePem: vectorClientCertificate, keyPem: own.keyPem },
        pin,
        generation: 7,
        random: scripted(vectorSalt, vectorClientChallenge, vectorClientSecret),
      });
    return { asked, attempt, close: () => void server.close() };
  }

  it('asks what the worked exchange asks', async () => {
    const host = await recordedHost();
    expect(await host.attempt(vectorPin)).toEqual({ kind: 'refused', step: 4, statusCode: 200 });
    host.close();
    const [first, second, third, fourth] = host.asked;
    expect(first?.get('salt')).toBe(vectorSalt);
    expect(first?.get('clientcert')).toBe(clientHex);
    expect(first?.get('devicename')).toBe('roth');
    expect(second?.get('clientchallenge')).toBe(vectorMessages.clientchallenge);
    expect(third?.get('serverchallengeresp')).toBe(vectorMessages.serverchallengeresp);
    expect(fourth?.get('clientpairingsecret')?.slice(0, 32)).toBe(vectorClientSecret);
  });

  it('notices a wrong PIN and a signature of somebody else', async () => {
    const wrong = await recordedHost();
    expect(await wrong.attempt('4321')).toEqual({ kind: 'wrong-pin' });
    wrong.close();
    const pairingsecret = `${vectorPairingSecret.slice(0, -2)}00`;
    const swapped = await recordedHost({ pairingsecret });
    expect(await swapped.attempt(vectorPin)).toEqual({ kind: 'man-in-the-middle' });
    swapped.close();
  });
});
