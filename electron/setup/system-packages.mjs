// Finds out which libraries and programs of the operating system are missing, and installs them on Debian and its kin.
import { existsSync } from 'node:fs';
import { delimiter, join } from 'node:path';
import { runCommand, runOrFail } from './run-command.mjs';

const APT_TIMEOUT_MS = 15 * 60_000;

// What is needed, and in which package Debian and Ubuntu keep it; of several names the first one that exists is taken
// (Debian 13 and Ubuntu 24.04 renamed libraries for 64-bit time).
const library = (name, ...packages) => ({ library: name, packages });
const program = (name, ...packages) => ({ program: name, packages });

const GROUPS = {
  electron: [
    library('libnss3.so', 'libnss3'),
    library('libatk-1.0.so.0', 'libatk1.0-0t64', 'libatk1.0-0'),
    library('libatk-bridge-2.0.so.0', 'libatk-bridge2.0-0t64', 'libatk-bridge2.0-0'),
    library('libcups.so.2', 'libcups2t64', 'libcups2'),
    library('libgtk-3.so.0', 'libgtk-3-0t64', 'libgtk-3-0'),
    library('libgbm.so.1', 'libgbm1'),
    library('libasound.so.2', 'libasound2t64', 'libasound2'),
    library('libXss.so.1', 'libxss1'),
    library('libdrm.so.2', 'libdrm2'),
  ],
  build: [program('python3', 'python3'), program('make', 'make'), program('g++', 'g++')],
  tests: [
    program('Xvfb', 'xvfb'),
    program('openbox', 'openbox'),
    program('xdotool', 'xdotool'),
    program('xprop', 'x11-utils'),
    program('wmctrl', 'wmctrl'),
    program('xtigervncviewer', 'tigervnc-viewer'),
    program('Xvnc', 'tigervnc-standalone-server'),
    program('vncpasswd', 'tigervnc-tools'),
    program('xfreerdp', 'freerdp2-x11'),
    program('freerdp-shadow-cli', 'freerdp2-shadow-x11'),
    program('winpr-hash', 'winpr-utils'),
    // Its installation starts a server that takes log-ins from the network, where there is an init system to do so.
    { ...program('sshd', 'openssh-server'), startsService: true },
    program('ssh', 'openssh-client'),
    program('ping', 'iputils-ping'),
    program('ip', 'iproute2'),
    program('dbus-run-session', 'dbus-daemon', 'dbus'),
    program('dbus-launch', 'dbus-x11'),
    program('gnome-keyring-daemon', 'gnome-keyring'),
    program('secret-tool', 'libsecret-tools'),
    program('ps', 'procps'),
    program('virsh', 'libvirt-clients'),
    program('nft', 'nftables'),
    program('chromium', 'chromium'),
  ],
};

/**
 * Installs what is missing of a group when that needs no question (root, or sudo without a password), and otherwise
 * tells the command. Linux only; elsewhere there is nothing to do.
 * @param {'electron' | 'build' | 'tests'} group
 */
export async function installSystemPackages(group, progress) {
  if (process.platform !== 'linux') return;
  const missing = await findMissing(GROUPS[group]);
  if (missing.length === 0) return;
  const names = missing.map((item) => item.library ?? item.program).join(', ');
  if (findProgram('apt-get') === undefined) {
    progress.say(`Missing on this system (${PURPOSE[group]}): ${names}. Install them with your package manager.`);
    return;
  }

  const prefix = await rightsPrefix();
  const byHand = prefix === undefined ? missing : missing.filter((item) => item.startsService && hasInitSystem());
  const automatic = missing.filter((item) => !byHand.includes(item));
  if (automatic.length > 0) {
    await progress.step(`installing system packages (${PURPOSE[group]}: ${names})`, () => aptInstall(prefix, automatic));
  }
  if (byHand.length > 0) {
    const packages = await choosePackages(byHand);
    progress.say(`Missing on this system (${PURPOSE[group]}): please run\n  sudo apt-get install ${packages.join(' ')}`);
  }
}

const PURPOSE = { electron: 'to open windows', build: 'to build a native module', tests: 'for the tests' };

async function findMissing(items) {
  const loadable = items.some((item) => item.library) ? await loadableLibraries() : undefined;
  return items.filter((item) => (item.library ? !loadable.includes(`\t${item.library} `) : findProgram(item.program) === undefined));
}

/** The loader's cache as text, a line a library: "\tlibdrm.so.2 (libc6,x86-64) => /lib/…". */
async function loadableLibraries() {
  const { output } = await runCommand([findProgram('ldconfig') ?? 'ldconfig', '-p']);
  return output;
}

/** Path of a program; also looks where only root's PATH leads, since servers such as sshd lie there. */
export function findProgram(name) {
  const directories = [...(process.env.PATH ?? '').split(delimiter), '/usr/local/sbin', '/usr/sbin', '/sbin'];
  return directories.map((directory) => join(directory, name)).find((path) => existsSync(path));
}

/** What to put before a command to run it as root, or undefined when that would ask for a password. */
async function rightsPrefix() {
  if (process.getuid() === 0) return [];
  if (findProgram('sudo') === undefined) return undefined;
  const { code } = await runCommand(['sudo', '-n', 'true'], { timeoutMs: 5_000 });
  return code === 0 ? ['sudo', '-n'] : undefined;
}

function hasInitSystem() {
  return existsSync('/run/systemd/system'); // sd_booted(3)
}

async function aptInstall(prefix, items) {
  // Through env(1) and not our own environment: sudo does not hand variables on.
  const apt = [...prefix, 'env', 'DEBIAN_FRONTEND=noninteractive', 'apt-get', '-q'];
  await runOrFail([...apt, 'update'], { timeoutMs: APT_TIMEOUT_MS });
  const packages = await choosePackages(items);
  await runOrFail([...apt, 'install', '--yes', '--no-install-recommends', ...packages], { timeoutMs: APT_TIMEOUT_MS });
}

/** Of each item's package names the first that this release has; the last one when apt knows none. */
async function choosePackages(items) {
  const { output } = await runCommand(['apt-cache', 'policy', ...items.flatMap((item) => item.packages)], {
    env: { LC_ALL: 'C' },
  });
  // "name:\n  Installed: …\n  Candidate: 1.2" a package; virtual ones have the candidate "(none)".
  const available = new Set([...output.matchAll(/^(\S+):\n {2}Installed: .*\n {2}Candidate: (?!\(none\))/gm)].map((match) => match[1]));
  return [...new Set(items.map((item) => item.packages.find((name) => available.has(name)) ?? item.packages.at(-1)))];
}
