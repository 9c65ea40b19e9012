// What a shell on a Linux machine is told, so that it answers each line it is sent with what its files say at that moment.
import { cardFiles, machinePaths } from './machine-files';

/**
 * The lines of those files that `readMachine` looks at: pressure, processors, datagrams, radio, and plain numbers and words.
 * Machines with many processors have long files.
 */
const wantedLines = '^(some |cpu|Udp: |Udp6RcvbufErrors|-?[0-9]|(up|down|dormant|unknown|lowerlayerdown|notpresent|testing)$)|: [0-9a-f]{4} ';

/** Beats between two looks at the routes, and between two at the leases. */
const routeBeats = 15;
const leaseBeats = 60;

/**
 * Reads only, writes nothing, and waits for each beat: when the connection ends, so does its input, and so does it.
 * POSIX, for dash and BusyBox; `ip`, `tc`, `iw` and `stat` may be missing.
 * @param mark hexadecimal; begins each of its own lines
 */
export function machineScript(mark: string): string {
  const ofCard = cardFiles.map((file) => `"/sys/class/net/$card/${file}"`).join(' ');
  return `
beat=0 card= own=
athena_route() {
  card= own=
  set -f
  peer=\${SSH_CONNECTION%% *}
  set -- $(ip -o route get "\${peer:-192.0.2.1}" 2>/dev/null)
  set +f
  while [ $# -gt 1 ]; do
    case $1 in dev) card=$2 ;; src) own=$2 ;; esac
    shift
  done
  [ -n "$card" ] || while read -r name destination rest; do
    [ "$destination" = 00000000 ] && card=$name && break
  done </proc/net/route
  for below in "/sys/class/net/$card/lower_"*; do
    [ -e "$below/device" ] && card=\${below##*/lower_} && break
  done
}
athena_leases() {
  for file in /run/systemd/netif/leases/* /var/lib/dhcp/*.leases /var/lib/NetworkManager/*.lease; do
    [ -f "$file" ] && [ -r "$file" ] || continue
    echo "${mark} lease $(stat -c %Y "$file") $(date +%s) $file"
    grep -E '^ *(lease|fixed-address|expire|ADDRESS|EXPIRY|LIFETIME)' "$file"
  done
}
athena_machine() {
  [ $((beat % ${routeBeats})) -eq 0 ] && athena_route
  echo "${mark} begin $card $own"
  grep -EHs '${wantedLines}' ${machinePaths.join(' ')} ${ofCard}
  echo "${mark} queue"
  tc -s qdisc show dev "$card"
  if [ -d "/sys/class/net/$card/wireless" ]; then
    echo "${mark} radio"
    iw dev "$card" link
  fi
  [ $((beat % ${leaseBeats})) -eq 0 ] && athena_leases
  echo "${mark} end"
  beat=$((beat + 1))
}
PATH=$PATH:/usr/sbin:/sbin LC_ALL=C
export PATH LC_ALL
echo "${mark} ready"
while read -r athena_word; do athena_machine </dev/null 2>/dev/null; done
exit
`;
}
