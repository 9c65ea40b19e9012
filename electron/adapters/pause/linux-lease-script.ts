// The POSIX shell text of the watchdog on a Linux host: it pauses the app by itself when Athena's lines stop coming.
import type { LeaseTerms } from '../../domain/pause/lease';
import { watchdogActs } from './linux-lease-acts';
import { watchdogGuardian } from './linux-lease-guardian';
import { watchdogTime } from './linux-lease-time';
import { watchdogWatch } from './linux-lease-watch';
import { linuxFunctions, quoted } from './linux-shell-script';

export interface WatchdogScriptInputs {
  /** Stands before each line of the watchdog, unknown to every other process of the host; hexadecimal. */
  readonly mark: string;
  /** Names this one watchdog in its reports; hexadecimal. */
  readonly watchdog: string;
  /** `watchdogNameOf` the target. */
  readonly name: string;
  /** Where cgroup v2 is mounted; null: nowhere. */
  readonly groupMount: string | null;
  readonly terms: LeaseTerms;
}

/**
 * The first thing said to the host's `sh`: if its `read` knows no time limit (dash, yash), another shell takes its place.
 * The answer tells which, and nothing may be sent before it: a shell reads ahead in its input.
 */
export function chooseShellScript(mark: string): string {
  const question = '( read -t 1 -r athena_line </dev/null ) 2>/dev/null; [ $? -eq 1 ]';
  return `{
exec 2>/dev/null
athena_shell=none
if ${question}; then athena_shell=sh
else
  for athena_shell in 'bash --norc --noprofile' 'busybox ash' mksh none; do
    [ "$athena_shell" = none ] && break
    $athena_shell -c ${quoted(question)} </dev/null && break
  done
fi
echo "${mark} shell \${athena_shell%% *}"
case $athena_shell in sh|none) ;; *) exec $athena_shell ;; esac
}
`;
}

/** Everything the chosen shell needs; it ends by being the watchdog. */
export function watchdogScript({ mark, watchdog, name, groupMount, terms }: WatchdogScriptInputs): string {
  const settings = [
    `lease_mark=${quoted(mark)}`,
    `lease_id=${quoted(watchdog)}`,
    `lease_name=${quoted(name)}`,
    `lease_mount=${quoted(groupMount ?? '')}`,
    `lease_seconds=${inSeconds(terms.leaseMs)}`,
    `lease_term=${Math.round(terms.leaseMs / 10)}`,
    `lease_hold=${Math.round(terms.maximumHoldMs / 10)}`,
    `lease_after=${quoted(terms.afterHold)}`,
  ];
  return `exec 2>/dev/null\n${linuxFunctions}\n${watchdogTime}\n${watchdogActs}\n${watchdogGuardian}\n${watchdogWatch}\n${settings.join('\n')}\nlease_begin\n`;
}

/** Some shells' `read -t` takes whole seconds only, so a fraction is written only where there is one. */
function inSeconds(milliseconds: number): string {
  return String(Number((milliseconds / 1_000).toFixed(2)));
}
