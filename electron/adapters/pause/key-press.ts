// Finds the display of a Linux host and the program that can press a key on it.

/** What a look at the host told. */
export interface Desktop {
  /** As X clients name it, ":0"; null: there is none. */
  readonly display: string | null;
  readonly xAuthority: string | null;
  readonly waylandDisplay: string | null;
  readonly runtimeDirectory: string | null;
  readonly tools: ReadonlySet<string>;
}

export type PressCommand =
  | { readonly kind: 'press'; readonly words: readonly string[]; readonly variables: Readonly<Record<string, string>> }
  | { readonly kind: 'impossible'; readonly why: string; readonly advice: string };

/**
 * The variables of a process of this user that has a display, where the SSH session was given none. `grep -z` reads the NULs
 * of all environments in one process, and is in BusyBox as well.
 */
export const pressScript = `
for athena_tool in xdotool wtype ydotool; do command -v "$athena_tool" >/dev/null && echo "tool $athena_tool"; done
athena_file=
[ -n "$DISPLAY$WAYLAND_DISPLAY" ] && athena_file=/proc/$$/environ
[ -n "$athena_file" ] || for athena_each in $(grep -lzE '^(DISPLAY=:|WAYLAND_DISPLAY=)' /proc/[0-9]*/environ); do
  [ -O "$athena_each" ] && athena_file=$athena_each
done
[ -n "$athena_file" ] && tr '\\n\\0' ' \\n' <"$athena_file" | grep -E '^(DISPLAY|XAUTHORITY|WAYLAND_DISPLAY|XDG_RUNTIME_DIR)='
`;

export function readDesktop(answer: string): Desktop {
  const lines = answer.split('\n');
  const value = (name: string, shape: RegExp): string | null => {
    const text = lines.find((line) => line.startsWith(`${name}=`))?.slice(name.length + 1) ?? '';
    return shape.test(text) ? text : null;
  };
  const path = /^\/[^\0]{0,4000}$/;
  return {
    display: value('DISPLAY', /^:\d{1,5}(?:\.\d{1,3})?$/),
    xAuthority: value('XAUTHORITY', path),
    waylandDisplay: value('WAYLAND_DISPLAY', /^[\w./-]{1,200}$/),
    runtimeDirectory: value('XDG_RUNTIME_DIR', path),
    tools: new Set(lines.filter((line) => line.startsWith('tool ')).map((line) => line.slice(5))),
  };
}

/** Key codes of linux/input-event-codes.h, for ydotool, which knows no names. */
const keyCodes: Readonly<Record<string, number>> = {
  escape: 1, tab: 15, return: 28, enter: 28, ctrl: 29, control: 29, shift: 42, alt: 56, space: 57, pause: 119, super: 125, p: 25,
  f1: 59, f2: 60, f3: 61, f4: 62, f5: 63, f6: 64, f7: 65, f8: 66, f9: 67, f10: 68, f11: 87, f12: 88,
};
const wtypeModifiers: ReadonlySet<string> = new Set(['shift', 'ctrl', 'alt', 'super']);

/** @param key as in the entry: "Escape", "ctrl+p" */
export function pressCommand(desktop: Desktop, key: string): PressCommand {
  const { display, xAuthority, waylandDisplay, runtimeDirectory, tools } = desktop;
  const parts = key.split('+');
  const main = parts.at(-1) ?? key;
  const modifiers = parts.slice(0, -1).map((name) => name.toLowerCase());
  // Of a Wayland session X sees only the windows that are X's own: what types into Wayland comes first there.
  if (waylandDisplay !== null && runtimeDirectory !== null && tools.has('wtype') && modifiers.every((name) => wtypeModifiers.has(name))) {
    const hold = modifiers.flatMap((name) => ['-M', name === 'super' ? 'logo' : name]);
    const letGo = [...modifiers].reverse().flatMap((name) => ['-m', name === 'super' ? 'logo' : name]);
    return {
      kind: 'press',
      words: ['wtype', ...hold, '-k', main, ...letGo],
      variables: { WAYLAND_DISPLAY: waylandDisplay, XDG_RUNTIME_DIR: runtimeDirectory },
    };
  }
  if (display !== null && tools.has('xdotool')) {
    return { kind: 'press', words: ['xdotool', 'key', '--clearmodifiers', key], variables: { DISPLAY: display, ...(xAuthority !== null && { XAUTHORITY: xAuthority }) } };
  }
  const codes = parts.map((name) => keyCodes[name.toLowerCase()]);
  if (tools.has('ydotool') && codes.every((code): code is number => code !== undefined)) {
    const down = codes.map((code) => `${code}:1`);
    const up = [...codes].reverse().map((code) => `${code}:0`);
    return { kind: 'press', words: ['ydotool', 'key', ...down, ...up], variables: runtimeDirectory === null ? {} : { XDG_RUNTIME_DIR: runtimeDirectory } };
  }
  if (display === null && waylandDisplay === null) {
    return {
      kind: 'impossible',
      why: 'No display of this SSH user was found on the host, so no key can be pressed there.',
      advice: 'Set "ssh.user" of this host to the user who is logged in at its desktop.',
    };
  }
  return {
    kind: 'impossible',
    why: `Nothing on the host can press ${key}.`,
    advice: waylandDisplay === null ? 'Install xdotool on the host.' : 'Install wtype on the host, or ydotool with its service, or let a command of yours do it.',
  };
}
