// The second of the watchdog on a Linux host: takes over an app that is held when somebody kills the watchdog itself.

/**
 * To be read after `linuxFunctions`, `watchdogTime` and `watchdogActs`. Why it is written as it is:
 * - `kill -9` and the kernel's own killer (OOM) reach a watchdog that holds an app; nobody else would let the app run on.
 *   So while it holds, a child of it looks every two seconds whether it lives, and goes on with what is left of the hold.
 * - It is a child by `fork`, because the watchdog came over a pipe and has no file that could be started again. It lets go
 *   of the channel, or a channel that has lost its watchdog would never end.
 * - It has the watchdog's name, so that the next watchdog ends both. One that was there before it may be younger than
 *   nobody: so it looks once whether it is alone, before it takes over.
 */
export const watchdogGuardian = `
lease_post_guardian() {
  lease_dismiss_guardian
  athena_look $$
  lease_main_start=$athena_start
  ( exec </dev/null >/dev/null; lease_guard ) &
  lease_guardian=$!
  athena_look "$lease_guardian"
  lease_guardian_start=$athena_start
}

lease_dismiss_guardian() {
  [ -n "$lease_guardian" ] && athena_signal TERM "$lease_guardian" "$lease_guardian_start" >/dev/null
  lease_guardian=
}

lease_guard_leave() {
  [ -n "$lease_child" ] && kill "$lease_child"
  exit 0
}

lease_guard_told() {
  [ "$lease_guards" = yes ] && lease_let_run && lease_settled resumed
  lease_guard_leave
}

lease_guard() {
  trap lease_guard_told TERM
  trap lease_guard_leave USR1
  lease_child=
  lease_ticker=
  lease_guardian=
  lease_open=no
  read -r lease_line </proc/self/stat
  lease_self=\${lease_line%% *}
  echo "$lease_name" >/proc/self/comm
  while :; do
    lease_uptime
    lease_before=$lease_now
    lease_nap 2
    lease_uptime
    lease_passed=$((lease_now - lease_before))
    [ $lease_passed -gt 400 ] && lease_passed=200
    lease_hold=$((lease_hold - lease_passed))
    athena_look $$ && [ "$athena_start" = "$lease_main_start" ] && [ "$athena_state" != Z ] || break
  done
  for lease_file in /proc/[0-9]*; do
    lease_pid=\${lease_file#/proc/}
    lease_comm=
    { read -r lease_comm <"$lease_file/comm"; } 2>/dev/null
    [ "$lease_comm" = "$lease_name" ] && [ "$lease_pid" != "$lease_self" ] && [ "$lease_pid" != $$ ] && [ -O "$lease_file" ] && exit 0
  done
  lease_guards=yes
  lease_keep_holding
}
`;
