// What the causes of incidents are called, for people.
import { tell, type Told } from './told';
import type { CauseId } from './trace';

export const causeTitles: Readonly<Record<CauseId, Told>> = {
  'client-crash': tell`The stream client crashed`,
  'client-machine-busy': tell`This machine was too busy`,
  'vm-host-cpu-pressure': tell`The VM host had no processor time to spare`,
  'router-freeze': tell`The router froze`,
  'nic-contention': tell`A network card was full`,
  'address-stale': tell`The host’s address was out of date`,
  'duplicate-address': tell`Two machines used the same address`,
  'link-down': tell`The cable or the switch port lost its link`,
  wifi: tell`The Wi-Fi let the stream down`,
  'packet-reordering': tell`Packets arrived out of order`,
  'path-mtu': tell`Large packets did not get through`,
  'udp-buffer-overrun': tell`This machine did not read fast enough`,
  'host-app-ended': tell`The app on the host ended`,
  'host-encoder-stall': tell`The host’s encoder stood still`,
  'host-rebooted': tell`The host was started anew`,
  'host-asleep': tell`The host went to sleep`,
  'periodic-job': tell`Something that comes by the clock`,
  unknown: tell`The cause is not known`,
};
