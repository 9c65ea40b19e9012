// How the watchdog on a Linux host tells time and waits for Athena's lines: POSIX shell functions.

/**
 * Why it is written as it is:
 * - Time is /proc/uptime, in hundredths of a second: setting the host's clock changes nothing. It goes on while the host
 *   sleeps; `read -t` and `sleep` do not, and so a sleep is noticed.
 * - `lease_await` answers 0 with a line, 1 when none came in time, 2 when the channel has ended. Where `read` knows no
 *   limit, a child signals twice a second, and that breaks off the `read`; a shell in which it does not is never ready.
 * - After a sleep of the host, heartbeats get ten seconds to come: the network is slower to wake than a shell. What shows
 *   a sleep is the kernel's count, or far more time between two lines than was waited for. An overloaded host may look
 *   the same; then the app is paused later.
 */
export const watchdogTime = `
lease_say() { echo "$lease_mark $*"; }

lease_uptime() {
  read -r lease_now lease_rest </proc/uptime
  lease_now=\${lease_now%.*}\${lease_now#*.}
}

lease_sleeps() {
  lease_slept=0
  { read -r lease_slept </sys/power/suspend_stats/success; } 2>/dev/null
}

lease_nap() {
  sleep "$1" &
  lease_child=$!
  wait $lease_child
  lease_child=
}

lease_tick() {
  while sleep 0.5; do
    { read -r lease_line </proc/self/stat; } || exit
    set -- \${lease_line##*) }
    [ "$2" = "$lease_main" ] || exit
    kill -s USR2 "$lease_main" || exit
  done
}

lease_await() {
  if [ -z "$lease_ticker" ]; then
    lease_uptime
    lease_asked_at=$lease_now
    IFS= read -r -t "$1" lease_line && return 0
    lease_uptime
    [ $((lease_now - lease_asked_at)) -ge $(($2 - 5)) ] && return 1
    return 2
  fi
  lease_ticks=0
  lease_part=
  while :; do
    lease_ticks_before=$lease_ticks
    if IFS= read -r lease_line; then
      lease_line=$lease_part$lease_line
      return 0
    fi
    lease_part=$lease_part$lease_line
    [ $lease_ticks -eq $lease_ticks_before ] && return 2
    [ $((lease_ticks * 50)) -ge $(($2 + 50)) ] && return 1
  done
}

lease_closed() {
  lease_open=no
  [ -n "$lease_ticker" ] && kill "$lease_ticker"
  lease_ticker=
}

lease_notice_sleep() {
  lease_slept_before=$lease_slept
  lease_sleeps
  if [ "$lease_slept" != "$lease_slept_before" ] || [ $((lease_now - lease_fed_at - lease_term)) -gt 500 ]; then
    lease_woke_at=$lease_now
  fi
}
`;
