// The faults of the diagnosis campaign: what is done to a home whose desktop streams, and which cause that is.
import { spawn } from 'node:child_process';
import { availableParallelism } from 'node:os';
import type { CauseId } from '../../../electron/common/trace';
import { fit } from '../impaired-cable';
import type { HomeDesk } from './home-desk';
import type { HomeNetwork, HomePlan } from './home-network';

/** What a scene may lay hands on. */
export interface Stage {
  readonly home: HomeNetwork;
  readonly desk: HomeDesk;
  /** Of the stream client that runs now. */
  readonly clientPid: number;
}

export interface Scene {
  readonly name: string;
  readonly what: string;
  readonly expected: CauseId;
  readonly plan: HomePlan;
  readonly lastsMs: number;
  /** @returns what ends it; nothing: it lasts */
  begin(stage: Stage): (() => void) | undefined;
}

const behindRouter: HomePlan = { hostIsBehind: 'router' };
const onSwitch: HomePlan = { hostIsBehind: 'switch' };
const heldRouter: HomePlan = { hostIsBehind: 'router', impaired: 'router' };
const heldHost: HomePlan = { hostIsBehind: 'router', impaired: 'host' };

const speaksEveryMs = 4_000;
/** For each processor: enough that nobody gets one in time. */
const burnersEach = 6;

export const scenes: readonly Scene[] = [
  {
    name: 'link-down',
    what: 'the cable of this machine is out',
    expected: 'link-down',
    plan: behindRouter,
    lastsMs: 6_000,
    begin: ({ home }) => {
      home.pull('client');
      return () => home.plug('client');
    },
  },
  {
    name: 'router-freeze',
    what: 'the router passes nothing on',
    expected: 'router-freeze',
    plan: behindRouter,
    lastsMs: 5_000,
    begin: ({ home }) => {
      home.freezeRouter();
      return () => home.thawRouter();
    },
  },
  {
    name: 'router-holds',
    what: 'the router keeps everything for 4 s and then lets it go at once',
    expected: 'router-freeze',
    plan: heldRouter,
    lastsMs: 4_000,
    begin: ({ home }) => {
      home.impairedWire.hold();
      return () => home.impairedWire.release();
    },
  },
  {
    name: 'router-delay',
    what: 'the router passes everything on 400 ms late',
    expected: 'router-freeze',
    plan: heldRouter,
    lastsMs: 8_000,
    begin: ({ home }) => {
      home.impairedWire.impair({ ...fit, roundTripMs: 400 });
      return () => home.impairedWire.impair(fit);
    },
  },
  {
    name: 'loss',
    what: 'a third of the packets is lost on a wire that nobody watches',
    // Nothing that is measured tells it from a broken cable, a bad switch port or a filter: an honest answer names none.
    expected: 'unknown',
    plan: heldHost,
    lastsMs: 12_000,
    begin: ({ home }) => {
      home.impairedWire.impair({ ...fit, lossRatio: 0.3 });
      return () => home.impairedWire.impair(fit);
    },
  },
  {
    name: 'reordering',
    what: 'a quarter of the packets overtakes the others',
    expected: 'packet-reordering',
    plan: heldHost,
    lastsMs: 12_000,
    begin: ({ home }) => {
      home.impairedWire.impair({ ...fit, roundTripMs: 600, reorderRatio: 0.25 });
      return () => home.impairedWire.impair(fit);
    },
  },
  {
    name: 'competing-traffic',
    what: 'a copy to another machine fills the card of the host',
    expected: 'nic-contention',
    plan: behindRouter,
    lastsMs: 15_000,
    begin: ({ home }) => {
      home.fillHostsCard();
      return () => home.emptyHostsCard();
    },
  },
  {
    name: 'address-change',
    what: 'the host has another address, and its name leads there',
    expected: 'address-stale',
    plan: behindRouter,
    lastsMs: 12_000,
    begin: ({ home }) => {
      home.moveHost();
      return undefined;
    },
  },
  {
    name: 'address-twice',
    what: 'another machine took the host’s address, and both speak to this one',
    expected: 'duplicate-address',
    plan: onSwitch,
    lastsMs: 24_000,
    begin: ({ home }) => {
      home.addRival();
      return takeTurns(home);
    },
  },
  {
    name: 'host-gone',
    what: 'the host is off the network and stays so',
    expected: 'host-asleep',
    plan: behindRouter,
    lastsMs: 25_000,
    begin: ({ home }) => {
      home.pull('host');
      return undefined;
    },
  },
  {
    name: 'busy-machine',
    what: 'programs on this machine take its processors',
    expected: 'client-machine-busy',
    plan: behindRouter,
    lastsMs: 12_000,
    begin: burn,
  },
  {
    name: 'host-stands',
    what: 'the process that serves the desktop stands still',
    expected: 'host-encoder-stall',
    plan: behindRouter,
    lastsMs: 10_000,
    begin: ({ desk }) => {
      desk.freeze();
      return () => desk.thaw();
    },
  },
  {
    name: 'client-crash',
    what: 'the stream client dies of a segmentation fault',
    expected: 'client-crash',
    plan: behindRouter,
    lastsMs: 5_000,
    begin: ({ clientPid }) => {
      process.kill(clientPid, 'SIGSEGV');
      return undefined;
    },
  },
];

function takeTurns(home: HomeNetwork): () => void {
  const turn = { next: 'rival' as 'rival' | 'host' };
  const take = (): void => {
    home.speakUp(turn.next);
    turn.next = turn.next === 'rival' ? 'host' : 'rival';
  };
  take();
  const timer = setInterval(take, speaksEveryMs);
  return () => clearInterval(timer);
}

function burn(): () => void {
  // They come before everybody else, as a driver or a virus scanner does.
  const burners = Array.from({ length: availableParallelism() * burnersEach }, () => spawn('nice', ['-n', '-15', process.execPath, '-e', 'for (;;);'], { stdio: 'ignore' }));
  return () => {
    for (const burner of burners) burner.kill('SIGKILL');
  };
}
