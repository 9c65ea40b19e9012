// A display number for an X server in a network namespace of its own.
import { randomInt } from 'node:crypto';
import { existsSync } from 'node:fs';

/**
 * An X server that picks a display itself tells by the abstract sockets of its network namespace which ones are taken: in a
 * namespace of its own it takes the socket files of displays away that others use.
 */
export function freeDisplay(): string {
  for (;;) {
    const number = randomInt(1_000, 10_000);
    if (!existsSync(`/tmp/.X11-unix/X${number}`) && !existsSync(`/tmp/.X${number}-lock`)) return `:${number}`;
  }
}
