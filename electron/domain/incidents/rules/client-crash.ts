// The stream client itself died.
import { tell } from '../../../common/told';
import { seconds, wasBadBefore } from '../incident-facts';
import { Case, type Rule } from '../rule';

/** Signals that a program gets for a mistake of its own (signal(7)), and names that Windows gives the same. */
const ownFault = new Set(['SIGSEGV', 'SIGABRT', 'SIGBUS', 'SIGFPE', 'SIGILL', 'SIGTRAP', 'SIGSYS']);
/** NTSTATUS values of crashes, as exit codes. */
const windowsFaults = new Set([0xc0000005, 0xc0000409, 0xc000001d, 0xc0000094, 0xc00000fd, 0xc0000374]);

export const clientCrash: Rule = (facts) => {
  const { client, meta } = facts.trace;
  const exit = client.find(({ event }) => event === 'exit');
  if (!exit) return null;
  const name = meta.client ?? tell`the client`;
  const lines = client.filter(({ event, text, tMs }) => event === 'line' && typeof text === 'string' && tMs <= exit.tMs);
  const last = lines.slice(-3).map(({ text }) => `“${(text ?? '').slice(0, 160)}”`);
  const found = new Case('client-crash', tell`See whether the same signal comes again, and whether another version or another decoder has it, too.`, tell`Update or downgrade ${name}, try another decoder or codec, and send its makers the crash report.`);
  const code = typeof exit.code === 'number' ? exit.code : null;
  const signal = exit.signal?.toUpperCase();
  if (signal && ownFault.has(signal)) found.add(0.9, tell`${name} died of ${signal} ${seconds(exit.tMs)} into the trace.`);
  else if (code !== null && windowsFaults.has(code >>> 0)) found.add(0.9, tell`${name} ended with 0x${(code >>> 0).toString(16)}, which is a crash.`);
  else if (signal === 'SIGKILL') found.add(0.6, tell`${name} was killed (SIGKILL): by the system for want of memory, or by somebody.`);
  else if (signal) found.add(0.4, tell`${name} was ended by ${signal}.`);
  else if (code !== null && code > 128 && code < 160) found.add(0.75, tell`${name} ended with code ${code}, as after signal ${code - 128}.`);
  else if (code !== null && code !== 0) found.add(0.35, tell`${name} ended with code ${code}.`);
  else return null;
  if (last.length > 0) found.add(0.1, tell`Its last words: ${last.join(', ')}.`);
  const terminated = client.find(({ event, tMs }) => event === 'terminated' && tMs <= exit.tMs);
  if (terminated) found.doubt(0.5, tell`It had said before that the stream was over (${terminated.code ?? tell`no code`}).`);
  if (wasBadBefore(facts, exit.tMs)) found.doubt(0.35, tell`The way to the host was bad in the seconds before.`);
  else if (facts.series.length > 0) found.add(0.4, tell`The way to the host was fine in the seconds before.`);
  return found.close();
};
