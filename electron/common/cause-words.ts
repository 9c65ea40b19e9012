// What the causes of incidents are called, for people.
import type { CauseId } from './trace';

export const causeTitles: Readonly<Record<CauseId, string>> = {
  'client-crash': 'The stream client crashed',
  'client-machine-busy': 'This machine was too busy',
  'vm-host-cpu-pressure': 'The VM host had no processor time to spare',
  'router-freeze': 'The router froze',
  'nic-contention': 'A network card was full',
  'address-stale': 'The host’s address was out of date',
  'duplicate-address': 'Two machines used the same address',
  'link-down': 'The cable or the switch port lost its link',
  wifi: 'The Wi-Fi let the stream down',
  'packet-reordering': 'Packets arrived out of order',
  'path-mtu': 'Large packets did not get through',
  'udp-buffer-overrun': 'This machine did not read fast enough',
  'host-app-ended': 'The app on the host ended',
  'host-encoder-stall': 'The host’s encoder stood still',
  'host-rebooted': 'The host was started anew',
  'host-asleep': 'The host went to sleep',
  'periodic-job': 'Something that comes by the clock',
  unknown: 'The cause is not known',
};
