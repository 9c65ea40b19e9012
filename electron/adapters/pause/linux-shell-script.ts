// The POSIX shell functions that Athena's shell on a Linux host runs on: builtins, /proc, and one `paste` for the listing.

/** Makes one word of any text that has no NUL: nothing within single quotes means anything to a POSIX shell. */
export function quoted(text: string): string {
  if (text.includes('\0')) throw new Error('a shell word has no NUL');
  return `'${text.replaceAll("'", `'\\''`)}'`;
}

/**
 * Why it is written as it is:
 * - `read` from /proc instead of `ps` or `cat`: a fork costs about a millisecond. Only `paste` is started, once a listing,
 *   because no `read` takes the NULs of a command line. `paste -s` prints exactly one line a file, so that no process can
 *   imitate the record of another; that of BusyBox stops at a NUL, and then there is a slower way.
 * - A redirection that fails ends some shells, unless it stands at a command in braces.
 * - The state of a process stands after the last ")" of its stat line; field 22, its start time, is compared before a
 *   signal is sent, because a pid may have been used again since the listing.
 * - `athena_see` reads a few processes with `read` and more of them with one `paste`: dash makes a system call for each
 *   byte it reads, 0.2 ms a process, and a game may have thirty.
 * - A stop and a freeze take effect a moment after the order, so the shell looks a few times itself before it answers.
 * - /proc/PID/task/TID/children is complete for processes that stand still (proc(5)): `athena_newborn` is asked after that.
 */
export const linuxFunctions = `
LC_ALL=C; export LC_ALL
athena_is_fresh=no

athena_about() {
  echo "system $(uname -s)"
  echo "shell $$"
  { IFS= read -r athena_line </proc/sys/kernel/random/boot_id; } 2>/dev/null && echo "boot $athena_line"
  { IFS= read -r athena_line </proc/uptime; } 2>/dev/null && echo "uptime $athena_line"
  athena_paste=no
  case $(paste -s /proc/self/cmdline | tr '\\0' ' ') in *"paste -s /proc/self/cmdline"*) athena_paste=yes ;; esac
  [ -r "/proc/$$/task/$$/children" ] && echo 'children yes'
  while IFS= read -r athena_line; do
    case $athena_line in *" - cgroup2 "*) echo "mount $athena_line" ;; esac
  done </proc/self/mountinfo
}

athena_list() {
  if [ "$athena_paste" = yes ]; then
    athena_files=
    for athena_dir in /proc/[0-9]*; do
      athena_files="$athena_files $athena_dir/stat $athena_dir/cmdline /dev/null"
    done
    paste -s $athena_files
    return 0
  fi
  for athena_dir in /proc/[0-9]*; do
    { IFS= read -r athena_line <"$athena_dir/stat"; } 2>/dev/null || continue
    echo "$athena_line"
    tr '\\n' '\\t' <"$athena_dir/cmdline"
    echo; echo
  done
}

athena_pid_file() {
  [ -f "$1" ] || { echo missing; return 0; }
  [ -r "$1" ] || { echo unreadable; return 0; }
  athena_line=
  { IFS=' ' read -r athena_line <"$1"; } 2>/dev/null
  case $athena_line in ''|*[!0-9]*) echo no-pid ;; *) echo "$athena_line" ;; esac
}

athena_look() {
  { IFS= read -r athena_line <"/proc/$1/stat"; } 2>/dev/null || return 1
  set -- \${athena_line##*) }
  athena_state=$1
  athena_start=\${20}
}

athena_note() {
  athena_noted=\${1%% *}
  IFS=')'
  set -- $1
  shift $(($# - 1))
  IFS=' '
  set -- $1
  IFS=$athena_ifs
  case $athena_wanted in *" $athena_noted:\${20} "*)
    athena_seen="$athena_seen$athena_noted:\${20}:$1 " ;;
  esac
}

athena_see() {
  athena_seen=' '
  athena_wanted=' '
  athena_files=
  athena_count=0
  while [ $# -gt 1 ]; do
    athena_wanted="$athena_wanted$1:$2 "
    athena_files="$athena_files /proc/$1/stat"
    athena_count=$((athena_count + 1))
    shift 2
  done
  athena_ifs=$IFS
  set -f
  if [ "$athena_paste" = yes ] && [ $athena_count -gt 6 ]; then
    athena_lines=$(paste -s $athena_files)
    IFS='
'
    for athena_line in $athena_lines; do athena_note "$athena_line"; done
    IFS=$athena_ifs
  else
    for athena_file in $athena_files; do
      { IFS= read -r athena_line <"$athena_file"; } 2>/dev/null && athena_note "$athena_line"
    done
  fi
  set +f
}

athena_signal() {
  athena_name=$1
  shift
  athena_see "$@"
  while [ $# -gt 1 ]; do
    case $athena_seen in
      *" $1:$2:"*)
        if { kill -s "$athena_name" "$1"; } 2>/dev/null; then echo "sent $1"
        elif athena_look "$1" && [ "$athena_start" = "$2" ]; then echo "denied $1"
        else echo "gone $1"
        fi ;;
      *) echo "gone $1" ;;
    esac
    shift 2
  done
}

athena_group() {
  athena_path=
  { while IFS= read -r athena_line; do
    case $athena_line in 0::*) athena_path=\${athena_line#0::} ;; esac
  done <"/proc/$1/cgroup"; } 2>/dev/null
  case $athena_path in /|*/../*|*/..) athena_path= ;; esac
  [ -n "$athena_path" ]
}

athena_is_frozen() {
  athena_frozen=0
  { while read -r athena_key athena_value; do
    [ "$athena_key" = frozen ] && athena_frozen=$athena_value
  done <"$1/cgroup.events"; } 2>/dev/null
  [ "$athena_frozen" = 1 ]
}

athena_is_own_group() {
  athena_own=$1
  shift
  for athena_dir in "$athena_own"/*/; do [ -d "$athena_dir" ] && return 1; done
  [ -w "$athena_own/cgroup.freeze" ] || return 1
  { while read -r athena_member; do
    case " $* " in *" $athena_member "*) ;; *) return 1 ;; esac
  done <"$athena_own/cgroup.procs"; } 2>/dev/null
}

athena_freeze() {
  athena_mount=$1
  shift
  athena_group "$1" || return 1
  athena_see "$@"
  athena_all=
  athena_first=
  while [ $# -gt 1 ]; do
    case $athena_seen in *" $1:$2:"*)
      athena_all="$athena_all $1" ;;
    esac
    shift 2
  done
  for athena_pid in $athena_all; do
    athena_group "$athena_pid" || return 1
    if [ -z "$athena_first" ]; then
      athena_first=$athena_path
      athena_is_own_group "$athena_mount$athena_first" $athena_all || return 1
    fi
    [ "$athena_path" = "$athena_first" ] || return 1
  done
  [ -n "$athena_first" ] || return 1
  { echo 1 >"$athena_mount$athena_first/cgroup.freeze"; } 2>/dev/null || return 1
  athena_round=0
  until athena_is_frozen "$athena_mount$athena_first"; do
    athena_round=$((athena_round + 1))
    [ $athena_round -lt 500 ] || return 0
  done
}

athena_stop() {
  athena_signal STOP "$@"
  athena_round=0
  while athena_see "$@"; [ $athena_round -lt 20 ] && athena_is_moving; do
    athena_round=$((athena_round + 1))
  done
  athena_is_fresh=yes
}

athena_is_moving() {
  for athena_one in $athena_seen; do
    case $athena_one in *:[TZ]) ;; *) return 0 ;; esac
  done
  return 1
}

athena_thaw() {
  athena_mount=$1
  shift
  athena_all=
  athena_done=
  while [ $# -gt 1 ]; do athena_all="$athena_all $1"; shift 2; done
  for athena_pid in $athena_all; do
    athena_group "$athena_pid" || continue
    [ "$athena_path" = "$athena_done" ] && continue
    athena_done=$athena_path
    athena_is_frozen "$athena_mount$athena_path" || continue
    athena_is_own_group "$athena_mount$athena_path" $athena_all || continue
    { echo 0 >"$athena_mount$athena_path/cgroup.freeze"; } 2>/dev/null && echo thawed
  done
}

athena_states() {
  [ "$athena_is_fresh" = yes ] || athena_see "$@"
  athena_is_fresh=no
  for athena_one in $athena_seen; do echo "state \${athena_one%%:*} \${athena_one##*:}"; done
}

athena_newborn() {
  for athena_pid in "$@"; do
    for athena_file in "/proc/$athena_pid"/task/*/children; do
      athena_children=
      { read -r athena_children <"$athena_file"; } 2>/dev/null
      for athena_child in $athena_children; do
        case " $* " in *" $athena_child "*) continue ;; esac
        athena_look "$athena_child" && [ "$athena_state" != Z ] && echo "newborn $athena_child"
      done
    done
  done
}

athena_frozen_of() {
  athena_mount=$1
  shift
  athena_done=
  athena_frozen=0
  for athena_pid in "$@"; do
    athena_group "$athena_pid" || continue
    if [ "$athena_path" != "$athena_done" ]; then
      athena_done=$athena_path
      athena_is_frozen "$athena_mount$athena_path"
    fi
    [ "$athena_frozen" = 1 ] && echo "frozen $athena_pid"
  done
}
`;
