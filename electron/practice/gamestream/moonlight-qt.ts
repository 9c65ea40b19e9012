// The practice Moonlight in the shape of moonlight-qt 6.1: its actions, its log on stderr, and its dialogs, which wait for ever.
import { randomBytes, randomInt } from 'node:crypto';
import { setTimeout as sleep } from 'node:timers/promises';
import { appsOf, askPlain, askSecure, childOf, launchLimitMs, queryOf, requestLimitMs, type HostPlace, type SecureAccess, type XmlAnswer } from './moonlight-http';
import type { MoonlightCommand } from './moonlight-options';
import { pairWith } from './moonlight-pairing';
import { MoonlightSession, readSessionUrl } from './moonlight-session';
import type { MoonlightSettings } from './moonlight-settings';
import type { QtVoice } from './moonlight-voice';
import { MoonlightWindow } from './moonlight-window';
import { timeScaleOf } from './time-scale';

type StreamCommand = Extract<MoonlightCommand, { kind: 'stream' }>;
export type HostCommand = Exclude<MoonlightCommand, { kind: 'print' | 'wrong' | 'window' }>;

/** `dialog`: shown until somebody closes it, then exit code 0. */
export type QtEnd = { readonly kind: 'exit'; readonly code: number } | { readonly kind: 'dialog'; readonly text: string };

interface FoundHost extends SecureAccess {
  readonly info: XmlAnswer;
  readonly paired: boolean;
}

const pollEveryMs = 3_000;

export class MoonlightQt {
  readonly #settings: MoonlightSettings;
  readonly #voice: QtVoice;
  readonly #print: (text: string) => void;
  #session: MoonlightSession | null = null;

  constructor(settings: MoonlightSettings, voice: QtVoice, print: (text: string) => void) {
    this.#settings = settings;
    this.#voice = voice;
    this.#print = print;
  }

  /** Posted by a signal. @returns false when nothing streams: the program may just leave */
  quit(): boolean {
    this.#session?.leave();
    return this.#session !== null;
  }

  async run(command: HostCommand): Promise<QtEnd> {
    const found = await this.#find(command.host, command.kind === 'stream' || command.kind === 'list' ? 30_000 : 10_000);
    if (found === null) {
      return command.kind === 'list' ? { kind: 'exit', code: 255 } : { kind: 'dialog', text: `Failed to connect to ${command.host}` };
    }
    if (!found.paired && command.kind !== 'pair') {
      const text = `Computer ${childOf(found.info, 'hostname')} has not been paired. Please open Moonlight to pair before streaming.`;
      return command.kind === 'list' ? { kind: 'exit', code: 255 } : { kind: 'dialog', text };
    }
    try {
      return await this.#act(found, command);
    } catch (error) {
      // The host went away between two requests.
      const text = error instanceof Error ? error.message : String(error);
      return command.kind === 'list' ? { kind: 'exit', code: 1 } : { kind: 'dialog', text };
    }
  }

  #act(found: FoundHost, command: HostCommand): Promise<QtEnd> {
    switch (command.kind) {
      case 'list':
        return this.#list(found, command.csv);
      case 'quit':
        return this.#quitApp(found);
      case 'pair':
        return this.#pair(found, command.pin);
      case 'stream':
        return this.#stream(found, command);
    }
  }

  /** Asks every address it knows for this host, again and again. */
  async #find(wanted: string, limitMs: number): Promise<FoundHost | null> {
    const { name, port } = splitPort(wanted);
    const saved = this.#settings.hosts.filter(
      (host) => [host.name, host.uuid].some((word) => word.toLowerCase() === wanted.toLowerCase()) || host.addresses.some((address) => splitPort(address).name === name),
    );
    const asked = saved.flatMap(({ addresses }) => addresses.map(splitPort).map((place) => ({ address: place.name, httpPort: place.port ?? 47_989 })));
    const places: HostPlace[] = [...(port === null && asked.length > 0 ? [] : [{ address: name, httpPort: port ?? 47_989 }]), ...asked];
    const deadlineMs = performance.now() + limitMs;
    while (performance.now() < deadlineMs) {
      for (const place of places) {
        const found = await this.#look(place);
        if (found !== null) return found;
      }
      await sleep(pollEveryMs);
    }
    return null;
  }

  async #look(place: HostPlace): Promise<FoundHost | null> {
    try {
      const open = await askPlain(place, `/serverinfo?${queryOf({})}`, 2_000);
      if (open.statusCode !== 200) return null;
      const uuid = childOf(open, 'uniqueid');
      const pinnedPem = this.#settings.hosts.find((host) => host.uuid === uuid)?.certificatePem ?? '';
      const access = { ...place, httpsPort: Number(childOf(open, 'HttpsPort')) || 47_984, identity: this.#settings.identity(), pinnedPem: pinnedPem === '' ? null : pinnedPem };
      if (access.pinnedPem === null) return { ...access, info: open, paired: false };
      // A host that shows another certificate, or doesn't know ours, has to be paired again.
      const info = await askSecure(access, `/serverinfo?${queryOf({})}`, 2_000).catch(() => null);
      return info?.statusCode === 200 ? { ...access, info, paired: childOf(info, 'PairStatus') === '1' } : { ...access, info: open, paired: false };
    } catch {
      return null; // not there yet: asked again until the time is over
    }
  }

  async #list(found: FoundHost, csv: boolean): Promise<QtEnd> {
    const apps = appsOf(await askSecure(found, `/applist?${queryOf({})}`, requestLimitMs));
    if (csv) this.#print('Name, ID, HDR Support, App Collection Game, Hidden, Direct Launch, Boxart URL\n');
    for (const { name, id, hdr } of apps) this.#print(csv ? `"${name}",${id},${hdr},false,false,false,"qrc:/res/no_app_image.png"\n` : `${name}\n`);
    return { kind: 'exit', code: 0 };
  }

  async #quitApp(found: FoundHost): Promise<QtEnd> {
    if (runningApp(found.info) === 0) return { kind: 'exit', code: 0 };
    await this.#cancel(found);
    const after = await this.#look(found);
    return after !== null && runningApp(after.info) === 0 ? { kind: 'exit', code: 0 } : { kind: 'dialog', text: 'Failed to quit app' };
  }

  async #cancel(found: FoundHost): Promise<void> {
    const answer = await askSecure(found, `/cancel?${queryOf({})}`, 30_000);
    this.#voice.qt('Info', `Quit response: ${JSON.stringify(answer.text)}`);
  }

  async #pair(found: FoundHost, wanted: string | null): Promise<QtEnd> {
    const pin = wanted ?? String(randomInt(10_000)).padStart(4, '0');
    const generation = Number.parseInt(childOf(found.info, 'appversion'), 10);
    const end = await pairWith({ ...found, pin, generation });
    if (end.kind !== 'paired') return { kind: 'dialog', text: `Pairing failed: ${end.kind}` };
    this.#settings.keepHost({
      name: childOf(found.info, 'hostname'),
      uuid: childOf(found.info, 'uniqueid'),
      address: found.address,
      port: found.httpPort,
      certificatePem: end.certificatePem,
    });
    return { kind: 'dialog', text: 'Pairing completed successfully' };
  }

  async #stream(found: FoundHost, command: StreamCommand): Promise<QtEnd> {
    const apps = appsOf(await askSecure(found, `/applist?${queryOf({})}`, requestLimitMs));
    const app = apps.find(({ name }) => name.toLowerCase() === command.app.toLowerCase());
    if (!app) return { kind: 'dialog', text: `Failed to find application ${command.app}` };
    const running = runningApp(found.info);
    if (running !== 0 && running !== app.id) return { kind: 'dialog', text: 'Are you sure you want to quit the other app?' };
    const launched = await this.#launch(found, running === 0 ? 'launch' : 'resume', app.id, command);
    if (launched === null) return { kind: 'dialog', text: 'The host could not start the stream' };
    const { widthPx, heightPx, fps } = command;
    const mode = `${widthPx}x${heightPx}x${fps}`;
    const window = MoonlightWindow.for(process.env, app.name, () => this.quit());
    this.#session = new MoonlightSession(this.#voice, { ...launched, mode, timeScale: timeScaleOf(process.env) }, window);
    const end = await this.#session.run({
      onVideo: () => this.#voice.sdl('Info', `Video stream is ${mode} (format 0x${command.hdr ? '200' : '100'})`),
      onFirstPicture: () => this.#voice.sdl('Info', 'FFmpeg-based video decoder chosen'),
    });
    this.#session = null;
    if (end.kind === 'not-started') return { kind: 'dialog', text: `Starting RTSP handshake failed: Error ${end.code}` };
    this.#tellStatistics();
    if (command.quitAfter && (end.kind === 'left' || end.code === 0)) await this.#cancel(found);
    return end.kind === 'left' || end.code === 0 ? { kind: 'exit', code: 0 } : { kind: 'dialog', text: 'Connection terminated' };
  }

  /** @returns where the stream is to be had and its key; null when the host refused, which the log tells */
  async #launch(found: FoundHost, verb: 'launch' | 'resume', appId: number, command: StreamCommand): Promise<{ address: string; port: number; keyHex: string } | null> {
    const keyHex = randomBytes(16).toString('hex');
    const { widthPx, heightPx, fps, optimize, audioOnHost, hdr } = command;
    const parameters = {
      ...{ appid: appId, mode: `${widthPx}x${heightPx}x${fps}`, additionalStates: 1, sops: optimize ? 1 : 0 },
      ...{ rikey: keyHex, rikeyid: randomBytes(4).readInt32BE(), ...(hdr && { hdrMode: 1 }) },
      ...{ localAudioPlayMode: audioOnHost ? 1 : 0, surroundAudioInfo: 196610, remoteControllersBitmap: 0, gcmap: 0, gcpersist: 0, corever: 1 },
    };
    const path = `/${verb}?${queryOf(parameters)}`;
    const shown = path.replace(/(rikey|rikeyid)=[^&]*/g, '$1=REDACTED');
    this.#voice.qt('Info', `Executing request: "https://${found.address}:${found.httpsPort}${shown}"`);
    try {
      const answer = await askSecure(found, path, launchLimitMs);
      if (answer.statusCode !== 200) {
        this.#voice.qt('Warning', `Request failed: ${answer.statusCode} "${answer.statusMessage}"`);
        return null;
      }
      this.#voice.qt('Info', `Launch response: ${JSON.stringify(answer.text)}`);
      const place = readSessionUrl(childOf(answer, 'sessionUrl0'));
      return place === null ? null : { ...place, keyHex };
    } catch (error) {
      this.#voice.qt('Warning', `"${verb}" request failed with error ${error instanceof Error ? error.message : String(error)}`);
      return null;
    }
  }

  #tellStatistics(): void {
    const lines = ['Global video stats', '----------------------------------------------------------', 'Video stream: 640x400 30.00 FPS (Codec: practice)', 'Frames dropped by your network connection: 0.00%', 'Average network latency: 1 ms (variance: 0 ms)'];
    this.#voice.sdl('Info', lines.join('\n'));
  }
}

function runningApp(info: XmlAnswer): number {
  return childOf(info, 'state').endsWith('_SERVER_BUSY') ? Math.max(0, Number(childOf(info, 'currentgame'))) : 0;
}

/** "name", "name:port", "[v6]:port" or a bare IPv6 address. */
function splitPort(text: string): { name: string; port: number | null } {
  const [, bracketed, plain, port] = /^(?:\[([^\]]+)\]|([^:]+)):(\d+)$/.exec(text) ?? [];
  const name = bracketed ?? plain;
  return name === undefined ? { name: text, port: null } : { name, port: Number(port) };
}
