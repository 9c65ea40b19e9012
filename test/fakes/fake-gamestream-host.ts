// A GameStream host in memory: for tests of what is built on the port, as strict about pairing and certificates as a real one.
import { failure, success, type FailureKind, type Result } from '../../electron/common/result';
import type {
  CancelSignal,
  GameStreamAccess,
  GameStreamApp,
  GameStreamHost,
  PairedHost,
  PairingRequest,
  ServerInfo,
  WebLogIn,
} from '../../electron/domain/hosts/gamestream-host';

export interface FakeApp extends GameStreamApp {
  readonly art?: Uint8Array;
}

/** The smallest thing that passes for a picture where nobody draws it. */
const anyPicture = Uint8Array.of(0x89, 0x50, 0x4e, 0x47, 0x0d, 0x0a, 0x1a, 0x0a);

export class FakeGameStreamHost implements GameStreamHost {
  readonly httpPort = 47_989;
  readonly web: WebLogIn = { username: 'practice', password: 'correct' };
  name = 'Desk';
  apps_: readonly FakeApp[] = [];
  running: number | null = null;
  /** As hosts of before 2025: no quitting while somebody streams. */
  streamed = false;
  reachable = true;
  /** Every call, by name. */
  readonly calls: string[] = [];
  /** The next call by this name fails with this. */
  readonly nextFailure = new Map<string, FailureKind>();
  #certificate = 1;
  #knowsUs = false;
  #typePin: ((pin: string) => void) | null = null;

  constructor(
    readonly address = '192.0.2.10',
    public uniqueId = 'FAKE-HOST-1',
  ) {}

  get access(): GameStreamAccess {
    return { address: this.address, httpPort: this.httpPort, certificatePem: null };
  }

  get certificatePem(): string {
    return `-----BEGIN CERTIFICATE-----\nfake ${this.address} ${this.#certificate}\n-----END CERTIFICATE-----\n`;
  }

  /** Whether a client waits for its PIN. */
  get pinWanted(): boolean {
    return this.#typePin !== null;
  }

  typePin(pin: string): void {
    this.#typePin?.(pin);
  }

  /** Another certificate, and nobody paired. */
  reinstall(): void {
    this.#certificate++;
    this.#knowsUs = false;
    this.running = null;
  }

  forgetClients(): void {
    this.#knowsUs = false;
  }

  async serverInfo(access: GameStreamAccess): Promise<Result<ServerInfo>> {
    const refused = this.#refusal('serverInfo', access);
    if (refused) return refused;
    const secure = access.certificatePem !== null;
    const info = {
      name: this.name,
      uniqueId: this.uniqueId,
      appVersion: '7.1.431.-1',
      generation: 7,
      isSunshine: true,
      httpPort: this.httpPort,
      httpsPort: this.httpPort - 5,
      mac: secure && this.#knowsUs ? '02:00:00:41:54:48' : null,
      localAddress: null,
      codecModes: 1,
      paired: secure ? this.#knowsUs : null,
      runningAppId: this.running,
    };
    return success(info);
  }

  async apps(access: GameStreamAccess): Promise<Result<readonly GameStreamApp[]>> {
    return this.#refusal('apps', access, true) ?? success(this.apps_.map(({ id, name, hdr }) => ({ id, name, hdr })));
  }

  async art(access: GameStreamAccess, appId: number): Promise<Result<Uint8Array>> {
    return this.#refusal('art', access, true) ?? success(this.apps_.find(({ id }) => id === appId)?.art ?? anyPicture);
  }

  async quit(access: GameStreamAccess, web?: WebLogIn): Promise<Result<null>> {
    const refused = this.#refusal('quit', access, true);
    if (refused) return refused;
    if (this.streamed && !web) return failure('host-busy', 'The host does not end an app that is streamed.', 'End the stream first.');
    if (this.streamed && web?.password !== this.web.password) return failure('auth-refused', 'The log-in was refused.', 'Correct it.');
    this.running = null;
    this.streamed = false;
    return success(null);
  }

  async pair({ address, httpPort, pin, web, cancel }: PairingRequest): Promise<Result<PairedHost>> {
    if (!/^[0-9]{4}$/.test(pin)) return failure('bad-input', 'A PIN is exactly four digits.', 'Choose another.');
    const refused = this.#refusal('pair', { address, httpPort, certificatePem: null });
    if (refused) return refused;
    if (web && web.password !== this.web.password) return failure('auth-refused', 'The log-in was refused.', 'Correct it.');
    const typed = web ? pin : await this.#pinOrCancel(cancel);
    if (typed === null) return failure('cancelled', 'It was cancelled.', 'Start again when you like.');
    if (typed !== pin) return failure('wrong-pin', 'Another PIN was typed.', 'Pair again.');
    this.#knowsUs = true;
    const { uniqueId, name, certificatePem } = this;
    return success({ uniqueId, name, certificatePem });
  }

  #pinOrCancel(cancel: CancelSignal | undefined): Promise<string | null> {
    if (cancel?.aborted) return Promise.resolve(null);
    return new Promise((resolve) => {
      const finish = (pin: string | null): void => {
        this.#typePin = null;
        cancel?.removeEventListener('abort', giveUp);
        resolve(pin);
      };
      const giveUp = (): void => finish(null);
      this.#typePin = finish;
      cancel?.addEventListener('abort', giveUp);
    });
  }

  #refusal(call: string, { address, httpPort, certificatePem }: GameStreamAccess, needsPairing = false): Result<never> | null {
    this.calls.push(call);
    const ordered = this.nextFailure.get(call);
    this.nextFailure.delete(call);
    if (ordered) return failure(ordered, `Ordered: ${ordered}.`, 'Nothing to do.');
    // Known without asking anybody.
    if (needsPairing && certificatePem === null) return failure('not-paired', 'The host does not know this computer.', 'Pair first.');
    if (!this.reachable || address !== this.address || httpPort !== this.httpPort) {
      return failure('host-unreachable', `Nothing listens at ${address}.`, 'Start Sunshine on the host.');
    }
    if (certificatePem !== null && certificatePem !== this.certificatePem) {
      return failure('certificate-changed', 'The host shows another certificate.', 'Pair again.');
    }
    return needsPairing && !this.#knowsUs ? failure('not-paired', 'The host does not know this computer.', 'Pair first.') : null;
  }
}
