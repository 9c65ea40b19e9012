// One question to the main process: an expected failure becomes a toast, a broken call becomes one too and reaches the console.
import type { InvokeArgs, InvokeChannel, InvokeReply } from '../../electron/common/ipc-contract';
import { failure, type Result } from '../../electron/common/result';
import { wordsOf } from '../language/language';
import { bridge } from '../bridge';
import { showFailure } from './toasts';

const words = wordsOf('stores');

/** Asks and never throws; the failure is handed back for those who show it in place. */
export async function ask<C extends ResultChannel>(channel: C, args: InvokeArgs<C>): Promise<InvokeReply<C> | Result<never>> {
  try {
    return await bridge().invoke(channel, args);
  } catch (error) {
    console.error(channel, error);
    return failure('io', words('mistake'), words('mistakeAdvice'));
  }
}

/** Asks, and shows a failure as a toast. */
export async function request<C extends ResultChannel>(channel: C, args: InvokeArgs<C>): Promise<InvokeReply<C> | Result<never>> {
  const result = await ask(channel, args);
  if (!(result as Result<unknown>).ok) showFailure((result as { failure: Parameters<typeof showFailure>[0] }).failure);
  return result;
}

/** The channels that answer with a Result. */
export type ResultChannel = {
  [C in InvokeChannel]: InvokeReply<C> extends Result<unknown> ? C : never;
}[InvokeChannel];
