// How the watchdog on a Linux host watches, expires, holds and gives way: POSIX shell functions.

/**
 * To be read after `linuxFunctions`, `watchdogTime` and `watchdogActs`. Why it is written as it is:
 * - One watchdog an app: the newer ends the older, found by the name it gave itself. So a watchdog that lives may act.
 * - A sleep does not count as holding, and a sleep that began while it held changes nothing.
 * - SIGTERM lets the app run on, if it is held: so a host can be shut down, and "kill" leaves nothing stopped.
 * - It acts only after a first heartbeat: one that was started and never heard of again just leaves.
 */
export const watchdogWatch = `
lease_end() {
  lease_dismiss_guardian
  [ -n "$lease_child" ] && kill "$lease_child"
  [ -n "$lease_ticker" ] && kill "$lease_ticker"
  exit 0
}

lease_replaced() {
  [ "$lease_busy" = yes ] && { lease_ending=lease_replaced; return; }
  if [ "$lease_holding" = yes ]; then
    lease_doing=write
    lease_places making
  fi
  lease_say replaced
  lease_end
}

lease_told_to_end() {
  [ "$lease_busy" = yes ] && { lease_ending=lease_told_to_end; return; }
  [ "$lease_holding" = yes ] && lease_let_run && lease_settled resumed
  lease_end
}

lease_take_over() {
  lease_olds=
  athena_look $$
  lease_start=$athena_start
  for lease_file in /proc/[0-9]*; do
    lease_pid=\${lease_file#/proc/}
    lease_comm=
    { read -r lease_comm <"$lease_file/comm"; } 2>/dev/null
    [ "$lease_comm" = "$lease_name" ] && [ "$lease_pid" != $$ ] && [ -O "$lease_file" ] || continue
    athena_look "$lease_pid" || continue
    [ "$athena_start" -gt "$lease_start" ] && continue
    [ "$athena_start" -eq "$lease_start" ] && [ "$lease_pid" -gt $$ ] && continue
    kill -s USR1 "$lease_pid" && lease_olds="$lease_olds $lease_pid $athena_start"
  done
  lease_round=0
  while athena_see $lease_olds; [ "$athena_seen" != ' ' ] && [ $lease_round -lt 16 ]; do
    sleep 0.05 || sleep 1
    lease_round=$((lease_round + 1))
  done
  athena_signal KILL $lease_olds >/dev/null
  lease_uptime
  lease_doing=read
  lease_places reading
}

lease_obey() {
  lease_uptime
  lease_notice_sleep
  lease_fed_at=$lease_now
  set -- $lease_line
  case $1 in
    b)
      if [ "$lease_live" = no ]; then
        lease_live=yes
        lease_take_over
      fi
      lease_say "ok $2" ;;
    m)
      lease_told=\${lease_line#m }
      case $lease_told in
        *[!0-9\\ .]*) ;;
        *.) lease_words=\${lease_told%.} ;;
      esac ;;
    h) lease_doing=remove; lease_places reading ;;
    r)
      lease_say left
      lease_end ;;
  esac
}

lease_fire() {
  lease_busy=yes
  lease_fires=$((lease_fires + 1))
  lease_members=$lease_words
  lease_pause
  lease_uptime
  lease_fired_at=$lease_now
  lease_round=0
  while [ -n "$lease_moving" ] && [ $lease_round -lt 10 ]; do
    sleep 0.05 || sleep 1
    lease_look
    lease_round=$((lease_round + 1))
  done
  lease_fired_method=$lease_method
  lease_fired_paused=$lease_paused
  lease_fired_moving=$lease_moving
  lease_holding=yes
  if [ -n "$lease_words" ]; then lease_settled held; lease_post_guardian; else lease_settled gone; fi
  lease_busy=no
  $lease_ending
  lease_say fired
}

lease_keep_holding() {
  lease_left=$lease_hold
  lease_again=3
  while :; do
    lease_uptime
    lease_before=$lease_now
    if [ "$lease_open" = yes ]; then
      lease_await 2 200
      case $? in
        0)
          lease_dismiss_guardian
          lease_holding=no
          lease_words=$lease_members
          lease_uptime
          lease_sleeps
          lease_fed_at=$lease_now
          lease_obey
          lease_tell
          return 0 ;;
        2) lease_closed ;;
      esac
    else
      lease_nap 2
    fi
    lease_uptime
    lease_passed=$((lease_now - lease_before))
    [ $lease_passed -gt 400 ] && lease_passed=200
    lease_left=$((lease_left - lease_passed))
    if [ -n "$lease_words" ]; then
      lease_look
      if [ -z "$lease_paused$lease_moving" ]; then lease_settled gone; lease_end; fi
      if [ -z "$lease_paused" ] && [ "$lease_fired_method" != none ]; then lease_settled let-run; lease_end; fi
      if [ $lease_again -gt 0 ] && [ -n "$lease_fired_moving" ]; then
        lease_again=$((lease_again - 1))
        athena_stop $lease_fired_moving >/dev/null
      fi
    fi
    if [ $lease_left -le 0 ]; then
      case $lease_after in
        resume) lease_let_run; lease_settled resumed ;;
        quit) lease_quit; lease_settled quit ;;
        *) lease_settled kept ;;
      esac
      lease_end
    fi
  done
}

lease_expired() {
  [ "$lease_live" = yes ] || lease_end
  lease_uptime
  lease_notice_sleep
  lease_grace=$((lease_woke_at + 1000 - lease_now))
  if [ $lease_grace -gt 0 ]; then
    if [ "$lease_open" = yes ]; then
      lease_await $((lease_grace / 100 + 1)) $lease_grace
      case $? in
        0) lease_obey; return 0 ;;
        2) lease_closed ;;
      esac
    fi
    [ "$lease_open" = yes ] || lease_nap $((lease_grace / 100 + 1))
  fi
  lease_fire
  lease_keep_holding
}

lease_begin() {
  umask 077
  lease_child=
  lease_ticker=
  lease_guardian=
  lease_guards=no
  lease_ticks=0
  lease_fires=0
  lease_words=
  lease_live=no
  lease_open=yes
  lease_busy=no
  lease_ending=
  lease_holding=no
  trap '' HUP INT PIPE QUIT TSTP
  trap lease_told_to_end TERM
  trap lease_replaced USR1
  athena_about >/dev/null
  read -r lease_boot </proc/sys/kernel/random/boot_id
  if ! ( read -t 1 -r lease_line </dev/null; [ $? -eq 1 ] ); then
    lease_main=$$
    trap 'lease_ticks=$((lease_ticks + 1))' USR2
    lease_tick </dev/null >/dev/null &
    lease_ticker=$!
    lease_await 0 0
  fi
  echo "$lease_name" >/proc/$$/comm
  cd /
  lease_sleeps
  lease_uptime
  lease_fed_at=$lease_now
  lease_woke_at=$((lease_now - 1000))
  lease_say "ready $$"
  while :; do
    lease_await "$lease_seconds" "$lease_term"
    case $? in
      0) lease_obey ;;
      1) lease_expired ;;
      *)
        lease_closed
        lease_uptime
        lease_rest=$((lease_term - lease_now + lease_fed_at))
        [ $lease_rest -gt 0 ] && lease_nap "$((lease_rest / 100)).$((lease_rest / 10 % 10))"
        lease_expired ;;
    esac
  done
}
`;
