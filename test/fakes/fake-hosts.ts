// The main process's GameStream hosts as the window sees them, in memory: adds, pairs, wakes, quits, explains, forgets.
import type { FoundHost, GameStreamHostView, OfflineReason, PairingState } from '../../electron/common/gamestream';
import type { HostId } from '../../electron/common/ids';
import type { InvokeChannel, ParsedArgs, PushChannel, PushPayload } from '../../electron/common/ipc-contract';
import type { LibraryView } from '../../electron/common/library';
import { failure, success, type Result } from '../../electron/common/result';

export type FakeHostChannel = Extract<InvokeChannel, 'host:add' | 'host:forget' | 'host:refresh' | 'host:pair' | 'host:cancel-pairing' | 'host:quit-app' | 'host:wake' | 'host:explain'>;

export interface FakeHostsParts {
  readonly library: () => LibraryView;
  readonly changeLibrary: (part: Partial<LibraryView>) => void;
  readonly push: <C extends PushChannel>(channel: C, payload: PushPayload<C>) => void;
}

export interface FakeHostsStart {
  readonly gameStreamHosts: readonly GameStreamHostView[];
  readonly foundHosts: readonly FoundHost[];
  readonly pairings: readonly PairingState[];
}

/** The one log-in that the fake hosts' web pages take. */
export const fakeWebLogIn = { username: 'sunshine', password: 'moon and stars' } as const;
export const fakePin = '4071';
/** A host with this id is as releases before 2025: it ends no app that is streamed, but by its web page. */
export const olderHostId = 'older-rig' as HostId;

/** Milliseconds that a host takes for its answer. */
const answerMs = 40;
const webPairingMs = 400;

export class FakeHosts {
  #hosts: readonly GameStreamHostView[];
  #found: readonly FoundHost[];
  #pairings: readonly PairingState[];

  constructor(
    start: FakeHostsStart,
    private readonly parts: FakeHostsParts,
  ) {
    this.#hosts = start.gameStreamHosts;
    this.#found = start.foundHosts;
    this.#pairings = start.pairings;
  }

  async answer(channel: FakeHostChannel, args: unknown): Promise<Result<unknown>> {
    const { hostId } = args as { hostId: HostId };
    switch (channel) {
      case 'host:add':
        return this.#add(args as ParsedArgs<'host:add'>);
      case 'host:pair':
        return this.#pair(args as ParsedArgs<'host:pair'>);
      case 'host:cancel-pairing':
        this.tellPairing({ kind: 'cancelled', hostId });
        return success(undefined);
      case 'host:quit-app':
        return this.#quit(args as ParsedArgs<'host:quit-app'>);
      case 'host:wake':
        this.change(hostId, { state: 'booting', sinceMs: Date.now() });
        return success(undefined);
      case 'host:explain':
        await wait(answerMs);
        return success(offlineReasonOf(this.#of(hostId)));
      case 'host:forget':
        this.#hosts = this.#hosts.filter((host) => host.hostId !== hostId);
        this.parts.push('host:states-changed', [...this.#hosts]);
        this.parts.changeLibrary({
          hosts: this.parts.library().hosts.filter(({ record }) => record.id !== hostId),
          entries: this.parts.library().entries.filter(({ entry }) => entry.host !== hostId),
        });
        return success(undefined);
      default:
        return success(undefined);
    }
  }

  change(hostId: HostId, part: Partial<GameStreamHostView>): void {
    this.#hosts = this.#hosts.map((host) => (host.hostId === hostId ? { ...host, ...part } : host));
    this.parts.push('host:states-changed', [...this.#hosts]);
  }

  /** Somebody types a PIN on the host. */
  typePin(hostId: HostId, pin: string): void {
    const waiting = this.#pairings.find((pairing) => pairing.hostId === hostId);
    if (waiting?.kind !== 'waiting') return;
    if (waiting.pin === pin) this.#paired(hostId);
    else {
      const wrong = failure('wrong-pin', 'Another PIN was typed at this host.', 'Pair again, and type the new PIN exactly as it is shown.');
      this.tellPairing({ kind: 'failed', hostId, failure: wrong.failure });
    }
  }

  tellPairing(pairing: PairingState): void {
    this.#pairings = [...this.#pairings.filter(({ hostId }) => hostId !== pairing.hostId), pairing];
    this.parts.push('host:pairing-changed', pairing);
  }

  #of(hostId: HostId): GameStreamHostView {
    const host = this.#hosts.find((known) => known.hostId === hostId);
    if (host === undefined) throw new Error(`the fake has no host ${hostId}`);
    return host;
  }

  async #add({ address, httpPort }: ParsedArgs<'host:add'>): Promise<Result<HostId>> {
    await wait(answerMs);
    if (address.startsWith('nobody')) {
      return failure('host-unreachable', `Nothing answers at ${address}.`, 'Check the address, and that Sunshine runs there.');
    }
    const found = this.#found.find(({ addresses }) => addresses.includes(address));
    const name = found?.name ?? address;
    const hostId = (address.toLowerCase().replaceAll(/[^a-z0-9]+/g, '-').replaceAll(/^-|-$/g, '')) as HostId;
    this.parts.changeLibrary({ hosts: [...this.parts.library().hosts, { record: { id: hostId, name, address }, reach: 'online' }] });
    this.#hosts = [
      ...this.#hosts,
      { hostId, uniqueId: '9A3F00C2D41B77E8', addresses: found?.addresses ?? [address], httpPort, paired: false, mac: null, state: 'online', sinceMs: Date.now(), runningApp: null },
    ];
    this.parts.push('host:states-changed', [...this.#hosts]);
    this.#found = this.#found.filter((other) => other !== found);
    this.parts.push('host:found-changed', [...this.#found]);
    return success(hostId);
  }

  async #pair({ hostId, pin = fakePin, web }: ParsedArgs<'host:pair'>): Promise<Result<{ pin: string }>> {
    this.tellPairing({ kind: 'waiting', hostId, pin, byWeb: web !== undefined });
    if (web !== undefined) void this.#typeByWeb(hostId, isLogIn(web));
    return success({ pin });
  }

  async #typeByWeb(hostId: HostId, isRight: boolean): Promise<void> {
    await wait(webPairingMs);
    if (this.#pairings.find((pairing) => pairing.hostId === hostId)?.kind !== 'waiting') return;
    if (isRight) this.#paired(hostId);
    else this.tellPairing({ kind: 'failed', hostId, failure: logInRefused().failure });
  }

  #paired(hostId: HostId): void {
    this.change(hostId, { paired: true, state: 'online', mac: '9c:5c:8e:00:11:22' });
    this.tellPairing({ kind: 'paired', hostId, apps: 42 });
  }

  async #quit({ hostId, web }: ParsedArgs<'host:quit-app'>): Promise<Result<undefined>> {
    await wait(answerMs);
    if (hostId === olderHostId && web === undefined) {
      return failure('host-busy', 'This host does not end an app while it is being streamed.', 'End every stream of this host first, then quit the app; Sunshine’s web page can close it at once.');
    }
    if (web !== undefined && !isLogIn(web)) return logInRefused();
    this.change(hostId, { state: 'online', runningApp: null, sinceMs: Date.now() });
    return success(undefined);
  }
}

function wait(ms: number): Promise<void> {
  return new Promise((done) => setTimeout(done, ms));
}

function isLogIn(web: { readonly username: string; readonly password: string }): boolean {
  return web.username === fakeWebLogIn.username && web.password === fakeWebLogIn.password;
}

function logInRefused(): ReturnType<typeof failure> {
  return failure('auth-refused', 'The host’s web page refused this user name or password.', 'Type them as you do in the browser, at the host’s web page.');
}

/** What would be found: asleep and silent, or everything in order. */
function offlineReasonOf({ state, addresses: [address = ''] }: GameStreamHostView): OfflineReason {
  const head = [
    { step: 'name', state: 'good', text: 'rig.lan is known to the network.' },
    { step: 'address', state: 'good', text: `It is at ${address}.` },
  ] as const;
  if (state === 'online' || state === 'busy' || state === 'paused') {
    return {
      steps: [
        ...head,
        { step: 'neighbour', state: 'good', text: 'Its network card answers, 9c:5c:8e:00:11:22.' },
        { step: 'port', state: 'good', text: 'Its service answers on port 47989.' },
        { step: 'identity', state: 'good', text: 'It is the host that was added.' },
        { step: 'certificate', state: 'good', text: 'It shows the certificate from pairing.' },
      ],
      failedAt: null,
      message: 'Nothing was found that keeps this host offline.',
      advice: 'Look again: it may just have started.',
    };
  }
  return {
    steps: [
      ...head,
      { step: 'neighbour', state: 'bad', text: `Nobody on the local network has ${address}.` },
      { step: 'port', state: 'unknown', text: 'Port 47989 was not asked.' },
      { step: 'identity', state: 'unknown', text: 'It has not said who it is.' },
      { step: 'certificate', state: 'unknown', text: 'Its certificate was not asked for.' },
    ],
    failedAt: 'neighbour',
    message: `Nobody on the local network has ${address}.`,
    advice: 'The host is off or asleep, or has another address now. Wake it, or look at it.',
  };
}
