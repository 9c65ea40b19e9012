// All that comes in for a client, by where it was counted, and which of it is the stream.
import type { ReceiveCount } from './stall-evidence';
import { FlowTrack } from './stall-flow';

export class Flows {
  private readonly tracks = new Map<string, { readonly scope: ReceiveCount['scope']; readonly track: FlowTrack }>();

  /** What is no longer counted is forgotten. @param healthy only what a healthy stream does becomes usual */
  note(received: readonly ReceiveCount[], healthy: boolean): void {
    for (const { key, scope, total, tMs, silentMs } of received) {
      const known = this.tracks.get(key) ?? { scope, track: new FlowTrack() };
      this.tracks.set(key, known);
      known.track.note(tMs, total, { healthy, silentMs });
    }
    const keys = new Set(received.map(({ key }) => key));
    for (const key of [...this.tracks.keys()]) if (!keys.has(key)) this.tracks.delete(key);
  }

  /** What carries most of the stream: steady connections of the client before all, what all programs get only in their place. */
  get main(): FlowTrack | null {
    const all = [...this.tracks.values()];
    const steady = this.ownSteady();
    // A connection that is used now and then (a question to the host every three seconds) must not hide the stream.
    const candidates = steady.length > 0 ? steady : all.map(({ track }) => track);
    return candidates.reduce<FlowTrack | null>((best, track) => (best && best.usual >= track.usual ? best : track), null);
  }

  /** The stream comes by a connection that only this client uses. */
  get isOwn(): boolean {
    return this.ownSteady().length > 0;
  }

  private ownSteady(): FlowTrack[] {
    return [...this.tracks.values()].filter(({ scope, track }) => scope === 'socket' && track.isSteady).map(({ track }) => track);
  }
}
