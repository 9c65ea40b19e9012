// The app ended on the host, and the stream with it.
import { tell, type Told } from '../../../common/told';
import { seconds, wasBadBefore } from '../incident-facts';
import { Case, type Rule } from '../rule';

const saysEnded = /terminated gracefully|0x80030023|app has ended|process terminated|app exited/i;

export const hostAppEnded: Rule = (facts) => {
  const { client, host } = facts.trace;
  const found = new Case('host-app-ended', tell`Look into the log of the streaming host: it says when the app’s process ended, and with which code.`, tell`If nobody closed it, look why the app ended on the host; a crash leaves a report there.`);
  const graceful = client.find(({ event, code, text }) => (event === 'terminated' && code === 0) || (typeof text === 'string' && saysEnded.test(text)));
  const freed = host.find(({ state }, index) => state === 'free' && host[index - 1]?.state === 'busy');
  if (graceful) found.add(0.72, tell`The host said that it ended the app, ${seconds(graceful.tMs)} into the trace.`);
  if (freed) found.add(graceful ? 0.6 : 0.62, tell`No app runs there since ${seconds(freed.tMs)}${appBefore(freed.tMs, host)}.`);
  if (!graceful && !freed) return null;
  const at = graceful?.tMs ?? freed?.tMs ?? 0;
  if (wasBadBefore(facts, at, 8_000)) found.doubt(0.35, tell`The way to the host was bad in the seconds before.`);
  else found.add(0.2, tell`The way to the host was fine.`);
  const isReboot = host.some(({ state }) => state === 'unreachable') || restarted(host);
  if (isReboot) found.doubt(0.6, tell`The host itself was gone for a while.`);
  const lost = client.find(({ event, code }) => event === 'terminated' && typeof code === 'number' && code !== 0);
  if (lost && !graceful) found.doubt(0.3, tell`The client says that the stream was lost (${lost.code ?? ''}).`);
  return found.close();
};

function appBefore(tMs: number, host: Parameters<typeof restarted>[0]): Told {
  const before = [...host].reverse().find((one) => one.tMs < tMs && one.state === 'busy');
  return before?.app ? tell` (“${before.app.slice(0, 80)}” before)` : tell``;
}

/** Whether a host counts its time since the start anew. */
export function restarted(host: readonly { readonly tMs: number; readonly state: string; readonly app?: string | null | undefined; readonly uptimeS?: number | null | undefined }[]): boolean {
  const told = host.filter(({ uptimeS }) => typeof uptimeS === 'number');
  return told.some(({ uptimeS, tMs }, index) => {
    const before = told[index - 1];
    return before !== undefined && Number(uptimeS) + 5 < Number(before.uptimeS) && tMs > before.tMs;
  });
}
