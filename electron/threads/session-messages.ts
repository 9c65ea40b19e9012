// What a session thread and its owner say to each other.
import type { ClientEvent, ClientExit, LaunchPlan, StreamClientId } from '../domain/session/stream-client';
import type { ClientEnd } from '../common/session';

export interface SessionThreadStart {
  /**
   * One Int32 cell that holds the process id of the kept client, 0 for none. Shared, so that the owner can end the
   * client even when the thread died between starting it and saying so.
   */
  readonly pidCell: SharedArrayBuffer;
}

export type ToSessionThread =
  | { readonly kind: 'start'; readonly client: StreamClientId; readonly plan: LaunchPlan }
  | { readonly kind: 'stop' }
  /** Nothing more will be asked: the thread ends by itself. */
  | { readonly kind: 'finish' };

export type FromSessionThread =
  /** An exception that nothing caught: the thread ends its client and then itself. */
  | { readonly kind: 'failed'; readonly message: string; readonly stack: string | undefined }
  | { readonly kind: 'ready' }
  | { readonly kind: 'started'; readonly pid: number }
  | { readonly kind: 'event'; readonly event: Exclude<ClientEvent, { kind: 'password-prompt' }> }
  | { readonly kind: 'printed'; readonly text: string; readonly skipped: number }
  | { readonly kind: 'ended'; readonly end: ClientEnd; readonly exit: ClientExit };
