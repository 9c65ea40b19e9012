// What surrounds a stream on a machine that a test describes: its network and its link.
import type { LinkSense, NetworkPlace, NetworkSense } from '../../electron/domain/profiles/surroundings';
import type { Link } from '../../electron/domain/session/bitrate-advice';

export class FakeSurroundings implements NetworkSense, LinkSense {
  place: NetworkPlace | null = { id: '9c:5c:8e:00:11:22', gateway: '192.168.1.1' };
  link: Link | null = { speedMbps: 1_000, medium: 'wired' };
  /** What the link was asked for. */
  readonly asked: string[] = [];

  async current(): Promise<NetworkPlace | null> {
    return this.place;
  }

  async towards(address: string): Promise<Link | null> {
    this.asked.push(address);
    return this.link;
  }
}
