// A window as the handlers know it: it asks, and every question and reply is held against the contract.
import { invokeContract, type InvokeArgs, type InvokeChannel, type InvokeReply } from '../../electron/common/ipc-contract';
import { allHandlers } from '../../electron/ipc/handlers';
import type { Handlers } from '../../electron/ipc/serve';
import { FakeHouse } from './fake-services';

export class FakeWindow {
  readonly house = new FakeHouse();
  private readonly handlers: Handlers = allHandlers(this.house.services, this.house.dialogs, this.house.view, this.house.desktop);

  async ask<C extends InvokeChannel>(channel: C, args: InvokeArgs<C>): Promise<InvokeReply<C>> {
    const contract = invokeContract[channel];
    const handle = this.handlers[channel] as (args: unknown) => Promise<unknown>;
    return contract.reply.parse(await handle(contract.args.parse(args))) as InvokeReply<C>;
  }
}
