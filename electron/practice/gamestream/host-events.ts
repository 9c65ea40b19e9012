// What happens on a practice GameStream host: for its terminal, its log in Sunshine's format, and tests.
import type { ProcessIdentity } from '../practice-processes';

export type HostEvent =
  | { readonly event: 'pin-wanted'; readonly uniqueId: string }
  | { readonly event: 'paired'; readonly name: string; readonly uuid: string }
  | { readonly event: 'pairing-refused'; readonly why: string }
  | { readonly event: 'unauthorized' }
  | { readonly event: 'app-started'; readonly id: number; readonly name: string; readonly pid: number | null; readonly processes: readonly ProcessIdentity[] }
  | { readonly event: 'app-ended'; readonly id: number; readonly name: string }
  | { readonly event: 'launch-refused'; readonly status: number; readonly message: string }
  /** Another launch was pending: the answer was 200, the key was dropped. */
  | { readonly event: 'launch-dropped' }
  | { readonly event: 'launch-forgotten' }
  | { readonly event: 'stream-opened'; readonly streams: number; readonly mode: string }
  | { readonly event: 'stream-closed'; readonly streams: number; readonly why: 'left' | 'vanished' | 'dropped' | 'app-ended' }
  | { readonly event: 'ordered'; readonly order: string }
  /** The host itself failed: its disk is full, say. */
  | { readonly event: 'trouble'; readonly message: string };

/** One line for a person. */
export function wordsFor(event: HostEvent): string {
  switch (event.event) {
    case 'pin-wanted':
      return `a client (${event.uniqueId}) waits for its PIN`;
    case 'paired':
      return `paired with ${event.name === '' ? 'a client without a name' : event.name}`;
    case 'pairing-refused':
      return `pairing refused: ${event.why}`;
    case 'unauthorized':
      return 'a client that is not paired was sent away';
    case 'app-started':
      return `${JSON.stringify(event.name)} started${event.pid === null ? '' : ` (process ${event.pid})`}`;
    case 'app-ended':
      return `${JSON.stringify(event.name)} ended`;
    case 'launch-refused':
      return `launch refused with ${event.status}: ${event.message}`;
    case 'launch-dropped':
      return 'a launch came while another was pending: answered, but its key was dropped';
    case 'launch-forgotten':
      return 'a client launched and never opened its stream';
    case 'stream-opened':
      return `stream opened (${event.mode}), ${event.streams} now`;
    case 'stream-closed':
      return `stream closed (${event.why}), ${event.streams} left`;
    case 'ordered':
      return `ordered: ${event.order}`;
    case 'trouble':
      return `trouble: ${event.message}`;
  }
}

const level = 'Info';

/** The lines of Sunshine's log that supervisors look for; null: it would say nothing. */
function sunshineWords(event: HostEvent): string | null {
  switch (event.event) {
    case 'stream-opened':
      return `New streaming session started [active sessions: ${event.streams}]`;
    case 'stream-closed':
      return 'CLIENT DISCONNECTED';
    case 'app-started':
      return event.pid === null ? 'Executing [Desktop]' : `Executing: [${event.name}]`;
    case 'app-ended':
      return 'Process terminated';
    default:
      return null;
  }
}

/** Keeps what `GET /api/logs` hands out. */
export class SunshineLog {
  readonly #lines: string[] = [];

  add(event: HostEvent, now: Date): void {
    const words = sunshineWords(event);
    if (words === null) return;
    const at = now.toISOString().replace('T', ' ').slice(0, 23);
    this.#lines.push(`[${at}]: ${level}: ${words}`);
    if (event.event === 'stream-opened') this.#lines.push(`[${at}]: ${level}: CLIENT CONNECTED`);
    if (this.#lines.length > 2_000) this.#lines.splice(0, 1_000);
  }

  get text(): string {
    return this.#lines.map((line) => `${line}\n`).join('');
  }
}
