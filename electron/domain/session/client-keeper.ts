// The port of the session thread: keeps one stream client process at a time and reports its life.
import type { ClientEnd } from '../../common/session';
import type { Disposable } from '../clock';
import type { ClientEvent, LaunchPlan, StreamClientId } from './stream-client';

export type KeeperEvent =
  | { readonly kind: 'started'; readonly pid: number }
  | Exclude<ClientEvent, { kind: 'password-prompt' }>
  /** `startsAt`: characters printed before this text since the keeper began. */
  | { readonly kind: 'printed'; readonly startsAt: number; readonly text: string }
  /** Exactly one for each start; the process is gone by then. */
  | { readonly kind: 'ended'; readonly end: ClientEnd };

export interface KeptOutput {
  /** The newest output, at most 256 KiB. */
  readonly text: string;
  /** Characters printed up to the end of `text`. */
  readonly endsAt: number;
}

export interface ClientKeeper {
  onEvent(listener: (event: KeeperEvent) => void): Disposable;
  /** Starts the client. @throws when one is still kept: never two clients for one session */
  start(client: StreamClientId, plan: LaunchPlan): void;
  /** Asks the client to end, then makes it; `ended` follows. Does nothing when none is kept. */
  stop(): void;
  readOutput(): KeptOutput;
  /** Ends the client and the thread; resolves when both are gone. */
  dispose(): Promise<void>;
}
