// Stands in for powershell.exe on a host that is really Linux: reads Athena's starter and script as PowerShell would, and
// answers the same lines, with processes of this machine in the place of Windows'. It does not run PowerShell.
import { mkdirSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';

const options = process.argv.slice(2);
const encoded = options[options.indexOf('-EncodedCommand') + 1] ?? '';
const needed = ['-NoProfile', '-NonInteractive', '-EncodedCommand'];
const starter = Buffer.from(encoded, 'base64').toString('utf16le');
const inputIsOurs = options[options.indexOf('-InputFormat') + 1] === 'None';
if (needed.some((option) => !options.includes(option)) || !inputIsOurs || !starter.includes('OpenStandardInput')) {
  process.stderr.write('powershell: these arguments do not start what was expected\n');
  process.exit(64);
}

let rest = '';
let isEnded = false;
const lines = [];
const waiting = [];
process.stdin.setEncoding('utf8');
process.stdin.on('data', (text) => {
  const parts = (rest + text).split('\n');
  rest = parts.pop() ?? '';
  for (const line of parts) {
    const next = waiting.shift();
    if (next) next(line);
    else lines.push(line);
  }
});
process.stdin.on('end', () => {
  isEnded = true;
  for (const next of waiting.splice(0)) next(null);
});

/** The next line; null: the input has ended; undefined: none came in time. */
function readLine(limitMs = null) {
  if (lines.length > 0) return Promise.resolve(lines.shift());
  if (isEnded) return Promise.resolve(null);
  return new Promise((resolve) => {
    const take = (line) => {
      clearTimeout(timer);
      resolve(line);
    };
    const timer = limitMs === null ? null : setTimeout(() => {
      waiting.splice(waiting.indexOf(take), 1);
      resolve(undefined);
    }, limitMs);
    waiting.push(take);
  });
}

const mark = await readLine();
const script = Buffer.from((await readLine()) ?? '', 'base64').toString('utf8');
const say = (answer) => process.stdout.write(`${mark} ${JSON.stringify(answer)}\r\n`);
process.stdout.on('error', () => process.exit(0));
const isLanguageForbidden = process.env.ATHENA_TEST_CONSTRAINED === 'yes';

function look(pid) {
  try {
    const stat = readFileSync(`/proc/${pid}/stat`, 'latin1');
    const fields = stat.slice(stat.lastIndexOf(') ') + 2).split(' ');
    return { p: pid, q: Number(fields[1]), c: fields[19], state: fields[0], n: stat.slice(stat.indexOf('(') + 1, stat.lastIndexOf(')')) };
  } catch {
    return null; // it has ended
  }
}

function listed() {
  return readdirSync('/proc').filter((name) => /^\d+$/.test(name)).flatMap((name) => {
    const found = look(Number(name));
    if (!found || found.state === 'Z') return [];
    let l = '';
    try {
      l = readFileSync(`/proc/${name}/cmdline`, 'utf8').replace(/\0+$/, '').replaceAll('\0', ' ');
    } catch { /* it has ended */ }
    return [{ p: found.p, q: found.q, c: found.c, n: found.n === 'sshd' ? 'sshd.exe' : found.n, l }];
  });
}

function stateOf({ p, c }) {
  const found = look(p);
  if (!found || found.c !== c || found.state === 'Z') return 'gone';
  return found.state === 'T' ? 'suspended' : 'running';
}

/** Pids Athena may not open: the kernel's own stand for what Windows protects. */
function change(members, wanted) {
  const denied = [];
  for (const member of members) {
    const state = stateOf(member);
    if (state === 'gone' || state === (wanted === 'paused' ? 'suspended' : 'running')) continue;
    try {
      process.kill(member.p, wanted === 'paused' ? 'SIGSTOP' : 'SIGCONT');
    } catch {
      denied.push(member.p);
    }
  }
  return denied;
}

const statesOf = (members) => members.map((member) => ({ p: member.p, s: stateOf(member) }));

async function obeyOrders() {
  say({ ready: true, self: process.pid });
  for (let line = await readLine(); line !== null; line = await readLine()) {
    const order = JSON.parse(line);
    if (order.order === 'list') say({ id: order.id, processes: listed() });
    else if (order.order === 'look') say({ id: order.id, denied: [], states: statesOf(order.members) });
    else if (order.order === 'set') {
      const denied = change(order.members, order.wanted);
      say({ id: order.id, denied, states: statesOf(order.members) });
    } else say({ id: order.id, failed: 'unknown order' });
  }
}

function settingOf(name) {
  return new RegExp(`\\$${name} = '?([^'\\n]*)'?`).exec(script)?.[1] ?? '';
}

async function watchOver() {
  const id = settingOf('watchdogId');
  const leaseMs = Number(settingOf('leaseMs'));
  const holdMs = Number(settingOf('holdMs'));
  const afterHold = settingOf('afterHold');
  const name = /lease-([0-9a-f]+)\.owner/.exec(script)?.[1];
  const place = process.env.LOCALAPPDATA ?? '/nowhere';
  const ownerFile = join(place, `lease-${name}.owner`);
  const reportFile = join(place, `lease-${name}.json`);
  const nowMs = () => Math.round(Number(process.hrtime.bigint()) / 1e6);
  let members = [];
  let held = null;
  let fires = 0;
  let fedAt = null;
  let isOpen = true;
  const report = (outcome) => {
    if (outcome) held = { ...held, outcome, outcomeAt: nowMs() };
    writeFileSync(reportFile, JSON.stringify(held));
    say({ now: nowMs(), report: held });
  };
  mkdirSync(place, { recursive: true });
  writeFileSync(ownerFile, id);
  say({ ready: true, self: process.pid });
  for (;;) {
    const waitMs = fedAt !== null && held === null ? Math.max(0, Math.min(500, fedAt + leaseMs - nowMs())) : 500;
    let line;
    if (isOpen) line = await readLine(waitMs);
    else await new Promise((resolve) => setTimeout(resolve, waitMs));
    if (line === null) isOpen = false;
    if (readOwner(ownerFile) !== id) {
      say({ replaced: true });
      return;
    }
    if (typeof line === 'string') {
      const [word, ...values] = line.trim().split(' ');
      if (word === 'b') {
        if (fedAt === null) {
          try {
            say({ now: nowMs(), report: JSON.parse(readFileSync(reportFile, 'utf8')) });
          } catch { /* none */ }
        }
        fedAt = nowMs();
        say({ answered: Number(values[0]) });
      } else if (word === 'm' && held === null) members = values.filter((value) => value.includes(':')).map((value) => ({ p: Number(value.split(':')[0]), c: value.split(':')[1] }));
      else if (word === 'h') {
        held = null;
        fedAt = nowMs();
        rmSync(reportFile, { force: true });
      } else if (word === 'r') {
        rmSync(reportFile, { force: true });
        rmSync(ownerFile, { force: true });
        say({ left: true });
        return;
      }
      continue;
    }
    if (held === null) {
      if (fedAt === null && !isOpen) return;
      if (fedAt === null || nowMs() < fedAt + leaseMs) continue;
      change(members, 'paused');
      await new Promise((resolve) => setTimeout(resolve, 20));
      const there = members.filter((member) => stateOf(member) !== 'gone');
      const [paused, moving] = [there.filter((member) => stateOf(member) === 'suspended'), there.filter((member) => stateOf(member) === 'running')];
      held = { watchdog: `${id}.${++fires}`, pausedAt: nowMs(), outcome: there.length === 0 ? 'gone' : 'held', outcomeAt: nowMs(), paused, moving };
      say({ fired: true });
      report();
    } else if (held.outcome !== 'held') {
      if (!isOpen) return;
    } else if (held.paused.some((member) => stateOf(member) === 'running')) report('let-run');
    else if (!held.paused.some((member) => stateOf(member) === 'suspended')) report('gone');
    else if (nowMs() >= held.pausedAt + holdMs) {
      if (afterHold === 'resume') change(held.paused, 'running');
      report(afterHold === 'resume' ? 'resumed' : afterHold === 'quit' ? 'quit' : 'kept');
    }
  }
}

function readOwner(file) {
  try {
    return readFileSync(file, 'utf8');
  } catch {
    return null;
  }
}

if (isLanguageForbidden) say({ failed: 'Cannot add type. Definition of new types is not supported in this language mode.' });
else if (script.startsWith('# athena: orders') && script.includes('NtSuspendProcess')) await obeyOrders();
else if (script.startsWith('# athena: watchdog') && script.includes('NtSuspendProcess')) await watchOver();
else say({ failed: 'an unknown script' });
process.exit(0);
