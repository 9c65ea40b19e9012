// Joins the contract to its handlers: no other sender, no other arguments, no other replies get through.
import type { IpcMainInvokeEvent } from 'electron';
import { invokeContract, invokeChannels, type InvokeChannel, type InvokeReply, type ParsedArgs } from '../common/ipc-contract';
import type { Log } from '../domain/log';

export type Handlers = { readonly [C in InvokeChannel]: (args: ParsedArgs<C>) => InvokeReply<C> | Promise<InvokeReply<C>> };

export type SenderCheck = (event: IpcMainInvokeEvent) => boolean;

/** What is needed of Electron's ipcMain. */
export interface InvokePort {
  handle(channel: string, answer: (event: IpcMainInvokeEvent, args: unknown) => Promise<unknown>): void;
}

/** @param isOurs whether an event comes from the main frame of a window of ours that shows our own page */
export function serve(handlers: Handlers, isOurs: SenderCheck, log: Log, port: InvokePort): void {
  for (const channel of invokeChannels) serveOne(channel, handlers, isOurs, log, port);
}

function serveOne<C extends InvokeChannel>(channel: C, handlers: Handlers, isOurs: SenderCheck, log: Log, port: InvokePort): void {
  port.handle(channel, async (event, args) => {
    if (!isOurs(event)) {
      log.warn('message from a stranger refused', { channel, url: event.senderFrame?.url });
      throw new Error('bad-input: this page may not talk to Athena');
    }
    const parsed = invokeContract[channel].args.safeParse(args);
    if (!parsed.success) {
      // The arguments are not logged: they may hold a password.
      const reason = parsed.error.issues.map((issue) => `${issue.path.join('.')}: ${issue.message}`).join('; ');
      log.warn('message with wrong arguments refused', { channel, reason });
      throw new Error(`bad-input: ${reason}`);
    }
    try {
      return await handlers[channel](parsed.data as ParsedArgs<C>);
    } catch (error) {
      log.error('handler failed', { channel, error });
      throw error;
    }
  });
}
