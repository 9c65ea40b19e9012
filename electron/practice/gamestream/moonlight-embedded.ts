// The practice Moonlight in the shape of moonlight-embedded: its words on stdout, and 0 as the end of nearly everything.
import { randomBytes, randomInt } from 'node:crypto';
import { existsSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { homedir } from 'node:os';
import { join } from 'node:path';
import { makeIdentity, type Identity } from './certificate';
import type { EmbeddedCommand } from './embedded-options';
import { appsOf, askPlain, askSecure, childOf, launchLimitMs, queryOf, requestLimitMs, type SecureAccess, type XmlAnswer } from './moonlight-http';
import { pairWith } from './moonlight-pairing';
import { MoonlightSession, readSessionUrl } from './moonlight-session';
import type { EmbeddedVoice } from './moonlight-voice';
import { timeScaleOf } from './time-scale';

interface FoundHost extends SecureAccess {
  readonly info: XmlAnswer;
  readonly paired: boolean;
}

const failed = 255;
/** The system's own: what a connection takes to fail when nobody answers it; milliseconds. */
const connectLimitMs = 135_000;

export class MoonlightEmbedded {
  readonly #voice: EmbeddedVoice;
  readonly #timeScale = timeScaleOf(process.env);
  #session: MoonlightSession | null = null;

  constructor(voice: EmbeddedVoice) {
    this.#voice = voice;
  }

  /** Posted by a signal. @returns false when nothing streams */
  quit(): boolean {
    this.#session?.leave();
    return this.#session !== null;
  }

  /** @returns its exit code; null: it waits for ever, until a signal */
  async run(command: EmbeddedCommand): Promise<number | null> {
    const { host } = command;
    if (host === null) return failed;
    this.#voice.say(`Connecting to ${host}...`);
    this.#voice.flush();
    const found = await this.#connect(command, host);
    if (found === null) {
      this.#voice.say(`Can't connect to server ${host}`);
      return failed;
    }
    if (!found.paired && command.action !== 'pair') {
      this.#voice.say('You must pair with the PC first');
      return failed;
    }
    try {
      return await this.#act(found, command);
    } catch (error) {
      this.#voice.say(`Gamestream error: ${error instanceof Error ? error.message : String(error)}`);
      return failed;
    }
  }

  async #act(found: FoundHost, command: EmbeddedCommand): Promise<number | null> {
    switch (command.action) {
      case 'pair':
        return this.#pair(found, command.pin);
      case 'list': {
        const apps = appsOf(await askSecure(found, `/applist?${queryOf({})}`, requestLimitMs)).reverse();
        apps.forEach(({ name }, index) => this.#voice.say(`${index + 1}. ${name}`));
        return 0;
      }
      case 'quit':
        await askSecure(found, `/cancel?${queryOf({})}`, 30_000);
        return 0;
      case 'stream':
        return this.#stream(found, command);
      default:
        this.#voice.say('Usage: moonlight [action] (options) [host]');
        return failed;
    }
  }

  async #connect(command: EmbeddedCommand, host: string): Promise<FoundHost | null> {
    const place = { address: host, httpPort: command.port };
    try {
      const open = await askPlain(place, `/serverinfo?${queryOf({})}`, null, connectLimitMs * this.#timeScale);
      const access = { ...place, httpsPort: Number(childOf(open, 'HttpsPort')) || 47_984, identity: readIdentity(command.keyDirectory), pinnedPem: null };
      const info = await askSecure(access, `/serverinfo?${queryOf({})}`, requestLimitMs).catch(() => null);
      return info?.statusCode === 200 ? { ...access, info, paired: childOf(info, 'PairStatus') === '1' } : { ...access, info: open, paired: false };
    } catch {
      return null; // said by the caller, in this program's words
    }
  }

  async #pair(found: FoundHost, wanted: string | null): Promise<number> {
    const pin = wanted ?? String(randomInt(10_000)).padStart(4, '0');
    this.#voice.say(`Please enter the following PIN on the target PC: ${pin}`);
    this.#voice.flush();
    const end = await pairWith({ ...found, pin, generation: Number.parseInt(childOf(found.info, 'appversion'), 10) });
    this.#voice.say(end.kind === 'paired' ? 'Succesfully paired' : `Failed to pair to server: ${end.kind}`);
    return 0;
  }

  async #stream(found: FoundHost, command: EmbeddedCommand): Promise<number | null> {
    const app = appsOf(await askSecure(found, `/applist?${queryOf({})}`, requestLimitMs)).find(({ name }) => name === command.app);
    if (!app) {
      this.#voice.say(`Can't find app ${command.app}`);
      return failed;
    }
    // Whatever runs is resumed, also another app than the wanted one.
    const busy = childOf(found.info, 'state').endsWith('_SERVER_BUSY');
    const keyHex = randomBytes(16).toString('hex');
    const mode = `${command.widthPx}x${command.heightPx}x${command.fps}`;
    const parameters = {
      ...{ appid: app.id, mode, additionalStates: 1, sops: 1, rikey: keyHex, rikeyid: randomBytes(4).readInt32BE() },
      ...{ localAudioPlayMode: 0, surroundAudioInfo: 196610, remoteControllersBitmap: 0, gcmap: 0, corever: 1 },
    };
    const answer = await askSecure(found, `/${busy ? 'resume' : 'launch'}?${queryOf(parameters)}`, launchLimitMs);
    const place = answer.statusCode === 200 ? readSessionUrl(childOf(answer, 'sessionUrl0')) : null;
    if (place === null) {
      this.#voice.say(`Gamestream error: ${answer.statusMessage}`);
      return failed;
    }
    this.#voice.say(`Stream ${command.widthPx} x ${command.heightPx}, ${command.fps} fps`);
    this.#session = new MoonlightSession(this.#voice, { ...place, keyHex, mode, timeScale: this.#timeScale });
    const end = await this.#session.run({ onVideo: () => undefined, onFirstPicture: () => undefined });
    this.#session = null;
    if (end.kind === 'not-started') return null;
    if (command.quitAfter) await askSecure(found, `/cancel?${queryOf({})}`, 30_000);
    return 0;
  }
}

/** `client.pem` and `key.pem` of the key directory; made and saved when they are missing. */
function readIdentity(directory: string | null): Identity {
  const place = directory ?? join(process.env['XDG_CACHE_DIR'] ?? join(homedir(), '.cache'), 'moonlight');
  const [certificateFile, keyFile] = [join(place, 'client.pem'), join(place, 'key.pem')];
  if (existsSync(certificateFile) && existsSync(keyFile)) {
    return { certificatePem: readFileSync(certificateFile, 'utf8'), keyPem: readFileSync(keyFile, 'utf8') };
  }
  const made = makeIdentity('NVIDIA GameStream Client', 'zero');
  mkdirSync(place, { recursive: true });
  writeFileSync(certificateFile, made.certificatePem);
  writeFileSync(keyFile, made.keyPem, { mode: 0o600 });
  return made;
}
