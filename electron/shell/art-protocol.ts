// The window's way to covers: a protocol of Athena's own, so that the page needs neither the network nor the disk.
import { protocol } from 'electron';
import { artScheme } from '../common/art';
import type { Services } from '../domain/services';
import { answerArt } from './art-answer';

/**
 * Call it before Electron is ready. The scheme may be shown in a page that counts as secure, and nothing else: no
 * fetch, no scripts, no cookies, no service workers, no way around the page's content security policy.
 */
export function registerArtScheme(): void {
  protocol.registerSchemesAsPrivileged([{ scheme: artScheme, privileges: { secure: true } }]);
}

/** Call it when Electron is ready. Only the default session has covers: the window's. */
export function serveArt({ art, log }: Pick<Services, 'art' | 'log'>): void {
  protocol.handle(artScheme, (request) => answerArt(request, art, log));
}
