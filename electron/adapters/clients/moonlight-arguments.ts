// Checks what both Moonlights are told, and says which of a client's options its help names.
import { posix, win32 } from 'node:path';
import { failure, success, type Result } from '../../common/result';
import type { ConnectRequest, FoundClient } from '../../domain/session/stream-client';
import { checkRequest } from './connect-arguments';

/** Moonlight Embedded copies the directory into a fixed buffer (config.h), and the address into one of 128 bytes. */
const longestDirectory = 1_000;
const longestAddress = 100;

/** @returns the app's name */
export function checkMoonlightRequest(request: ConnectRequest): Result<string> {
  const checked = checkRequest(request);
  if (!checked.ok) return checked;
  const { address, app, settingsDirectory } = request;
  if (address.length > longestAddress) {
    return failure('bad-input', 'The host’s address is too long for Moonlight.', 'Use the host’s short name or its IP address.');
  }
  if (app === undefined || app === '' || app.length > 512 || app.includes('\0')) {
    return failure('bad-input', 'Nothing tells which app of the host to start.', 'Read the host’s app list again, and launch one of its apps.');
  }
  if (settingsDirectory !== undefined && (!(posix.isAbsolute(settingsDirectory) || win32.isAbsolute(settingsDirectory)) || settingsDirectory.length > longestDirectory)) {
    return failure('bad-input', 'Moonlight’s settings directory is no absolute path that it can take.', 'Move Athena’s data to a shorter path.');
  }
  return success(app);
}

/** Whether this client may be given an option. `fallback`: what every version of its kind knows, for one that didn't tell. */
export function knows({ options }: FoundClient, name: string, fallback: readonly string[]): boolean {
  return (options ?? fallback).includes(name);
}

/** Names of the options in a help text, without their hyphens. */
export function optionNames(help: string): string[] {
  return [...new Set([...help.matchAll(/(?:^|[\s,[])--?([A-Za-z0-9][A-Za-z0-9-]*)/gm)].map((match) => match[1] ?? ''))];
}
