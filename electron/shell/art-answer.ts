// What the art protocol answers: a cover or nothing, and never a word more than the page needs.
import { readArtUrl } from '../common/art';
import type { Art } from '../domain/hosts/art';
import type { Log } from '../domain/log';

/** The part of a request that is looked at. */
export interface ArtRequest {
  readonly method: string;
  readonly url: string;
}

/** 200 with the PNG; 404 where there is none, for whatever reason: the page draws its own then. */
export async function answerArt({ method, url }: ArtRequest, art: Art, log: Log): Promise<Response> {
  const place = method === 'GET' ? readArtUrl(url) : null;
  if (place === null) return nothing();
  try {
    const read = await art.read(place.hostId, place.appId);
    if (!read.ok) return nothing();
    return new Response(Buffer.from(read.value), {
      status: 200,
      headers: { 'content-type': 'image/png', 'x-content-type-options': 'nosniff', 'cache-control': 'private, max-age=86400' },
    });
  } catch (error) {
    log.error('a cover could not be answered', { error });
    return nothing();
  }
}

function nothing(): Response {
  return new Response(null, { status: 404, headers: { 'cache-control': 'no-store' } });
}
