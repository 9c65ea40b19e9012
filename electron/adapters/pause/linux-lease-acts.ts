// What the watchdog on a Linux host does to the app, and how it keeps a report of it: POSIX shell functions.

/**
 * To be read after `linuxFunctions`, on which they run.
 * - The processes are those Athena named last, and everything they have started since: the host finds these itself.
 * - What must work while the network is down touches /proc and the control groups only. The report is written after the
 *   pause: a home directory may lie on a file server.
 * - The report lies where only its user can write: never below /tmp, where others could lay a link in its way. The
 *   directory of the user's log-in comes first, although it goes with the last log-in: it is never on a file server.
 */
export const watchdogActs = `
lease_kin() {
  athena_see $lease_words
  lease_words=
  lease_pids=' '
  for lease_one in $athena_seen; do
    lease_pid=\${lease_one%%:*}
    lease_one=\${lease_one#*:}
    lease_words="$lease_words $lease_pid \${lease_one%%:*}"
    lease_pids="$lease_pids$lease_pid "
  done
  if [ -r "/proc/$$/task/$$/children" ]; then
    set -- $lease_pids
    while [ $# -gt 0 ]; do
      for lease_file in "/proc/$1"/task/*/children; do
        lease_children=
        { read -r lease_children <"$lease_file"; } 2>/dev/null
        for lease_pid in $lease_children; do
          lease_adopt "$lease_pid" && set -- "$@" "$lease_pid"
        done
      done
      shift
    done
    return 0
  fi
  lease_grown=yes
  while [ "$lease_grown" = yes ]; do
    lease_grown=no
    for lease_file in /proc/[0-9]*; do
      lease_pid=\${lease_file#/proc/}
      { read -r lease_line <"$lease_file/stat"; } 2>/dev/null || continue
      set -- \${lease_line##*) }
      case $lease_pids in *" $2 "*) lease_adopt "$lease_pid" && lease_grown=yes ;; esac
    done
  done
}

lease_adopt() {
  case $lease_pids in *" $1 "*) return 1 ;; esac
  athena_look "$1" || return 1
  [ "$athena_state" = Z ] && return 1
  lease_comm=
  { read -r lease_comm <"/proc/$1/comm"; } 2>/dev/null
  case $lease_comm in sshd|sshd-session|sshd-auth|dropbear|athena-????????) return 1 ;; esac
  [ "$1" = 1 ] && return 1
  lease_words="$lease_words $1 $athena_start"
  lease_pids="$lease_pids$1 "
}

lease_stop() {
  [ -n "$lease_mount" ] && athena_freeze "$lease_mount" $lease_words && return 0
  athena_stop $lease_words
}

lease_pause() {
  lease_kin
  lease_sweep=0
  while [ -n "$lease_words" ] && [ $lease_sweep -lt 25 ]; do
    lease_stop >/dev/null
    lease_words_before=$lease_words
    lease_kin
    [ "$lease_words" = "$lease_words_before" ] && break
    lease_sweep=$((lease_sweep + 1))
  done
  lease_look
}

lease_look() {
  athena_see $lease_words
  lease_frozen=
  if [ -n "$lease_mount" ] && athena_is_moving; then
    lease_frozen=$(athena_frozen_of "$lease_mount" $lease_pids; echo end)
  fi
  lease_paused=
  lease_moving=
  lease_method=cgroup-freeze
  for lease_one in $athena_seen; do
    lease_pid=\${lease_one%%:*}
    lease_start=\${lease_one#*:}
    lease_start=\${lease_start%%:*}
    case $lease_frozen in
      *"frozen $lease_pid
"*) lease_paused="$lease_paused $lease_pid $lease_start"; continue ;;
    esac
    case $lease_one in
      *:Z) ;;
      *:T) lease_paused="$lease_paused $lease_pid $lease_start"; lease_method=sigstop ;;
      *) lease_moving="$lease_moving $lease_pid $lease_start" ;;
    esac
  done
  [ -n "$lease_paused" ] || lease_method=none
}

lease_let_run() {
  set -- $lease_words
  lease_reversed=
  while [ $# -gt 1 ]; do
    lease_reversed="$1 $2 $lease_reversed"
    shift 2
  done
  [ -n "$lease_mount" ] && athena_thaw "$lease_mount" $lease_reversed >/dev/null
  athena_signal CONT $lease_reversed >/dev/null
}

lease_quit() {
  athena_signal TERM $lease_words >/dev/null
  lease_let_run
  lease_round=0
  while lease_kin; [ -n "$lease_words" ] && [ $lease_round -lt 10 ]; do
    lease_nap 1
    lease_round=$((lease_round + 1))
  done
  athena_signal KILL $lease_words >/dev/null
}

lease_places() {
  lease_place_list=
  for lease_parent in "$XDG_RUNTIME_DIR" "/run/user/$(id -u)" "$HOME/.cache"; do
    case $lease_parent in /*) ;; *) continue ;; esac
    [ "$1" = making ] && [ "$lease_parent" = "$HOME/.cache" ] && mkdir -p "$lease_parent"
    [ -d "$lease_parent" ] && [ -O "$lease_parent" ] || continue
    [ "$1" = making ] && mkdir "$lease_parent/athena"
    [ -d "$lease_parent/athena" ] && [ -O "$lease_parent/athena" ] && [ ! -h "$lease_parent/athena" ] || continue
    chmod 700 "$lease_parent/athena" || continue
    lease_use "$lease_parent/athena/lease-\${lease_name#athena-}" && return 0
  done
  return 1
}

lease_report() {
  echo "boot $lease_boot"
  echo "watchdog $lease_id.$lease_fires"
  echo "paused-at $lease_fired_at"
  echo "method $lease_fired_method"
  echo "outcome $lease_outcome $lease_outcome_at"
  echo "paused$lease_fired_paused"
  echo "moving$lease_fired_moving"
  echo end
}

lease_write_to() {
  ( lease_report >"$1.$lease_id" ) && mv -f "$1.$lease_id" "$1"
}

lease_read_from() {
  [ -f "$1" ] && [ -O "$1" ] || return 1
  read -r lease_line <"$1"
  [ "$lease_line" = "boot $lease_boot" ] || { rm -f "$1"; return 1; }
  lease_say "report $lease_now"
  while read -r lease_line; do lease_say "report $lease_line"; done <"$1"
  return 1
}

lease_remove_from() {
  rm -f "$1" "$1".*
  return 1
}

lease_use() {
  case $lease_doing in
    write) lease_write_to "$1" ;;
    read) lease_read_from "$1" ;;
    remove) lease_remove_from "$1" ;;
  esac
}

lease_settled() {
  lease_outcome=$1
  lease_uptime
  lease_outcome_at=$lease_now
  lease_doing=write
  lease_places making
}

lease_tell() {
  lease_uptime
  lease_say "report $lease_now"
  lease_report | while read -r lease_line; do lease_say "report $lease_line"; done
}
`;
