// The HTTPS server of the host's REST interface: log-in, content types, and the rule against requests forged by web pages.
import { randomBytes } from 'node:crypto';
import { createServer, type Server } from 'node:https';
import type { IncomingMessage, ServerResponse } from 'node:http';
import { answerWeb, badRequest, type WebHost, type WebReply } from './web-answers';

const bodyLimitBytes = 1_000_000;
const tokenLifeMs = 3_600_000;

/** Nothing listens: the caller hands connections to it. */
export function createWebServer(host: WebHost): Server {
  const { certificatePem, keyPem } = host.core.parts.memory.identity;
  const tokens = new Tokens();
  const options = { cert: certificatePem, key: keyPem, minVersion: 'TLSv1.2' } as const;
  return createServer(options, (request, response) => {
    answer(host, tokens, request)
      .catch((error: unknown): WebReply => badRequest(error instanceof Error ? error.message : String(error)))
      .then((reply) => write(response, reply, host.core.habits.stringBooleans))
      .catch(() => response.destroy());
  });
}

async function answer(host: WebHost, tokens: Tokens, request: IncomingMessage): Promise<WebReply> {
  const { pathname, searchParams } = new URL(request.url ?? '/', 'https://host');
  const method = request.method ?? 'GET';
  const text = await readBody(request);
  if (method === 'GET' && pathname === '/api/configLocale') return { status: 200, body: { status: true, locale: 'en' } };
  // Checked before the log-in, as at Sunshine.
  if (text !== '' && !/^application\/json\b/i.test(request.headers['content-type'] ?? '')) {
    return badRequest('Content type mismatch');
  }
  if (!isLoggedIn(host, request)) return { status: 401, body: { status_code: 401, status: false, error: 'Unauthorized' } };
  if (method === 'GET' && pathname === '/api/csrf-token') return { status: 200, body: { csrf_token: tokens.make() } };
  if (method !== 'GET' && !isOwnPage(request)) {
    const given = request.headers['x-csrf-token'] ?? searchParams.get('csrf_token');
    if (typeof given !== 'string') return badRequest('Missing CSRF token');
    if (!tokens.has(given)) return badRequest('Invalid CSRF token');
  }
  return answerWeb(host, method, pathname, text === '' ? undefined : (JSON.parse(text) as unknown));
}

/** A request without Origin and Referer comes from no page at all. */
function isOwnPage({ headers: { origin, referer } }: IncomingMessage): boolean {
  const page = origin ?? referer;
  return page === undefined || /^https:\/\/(localhost|127\.0\.0\.1|\[::1\])([:/]|$)/.test(page);
}

function isLoggedIn(host: WebHost, request: IncomingMessage): boolean {
  const given = /^Basic (.+)$/i.exec(request.headers.authorization ?? '')?.[1];
  if (given === undefined) return false;
  const text = Buffer.from(given, 'base64').toString('utf8');
  const colon = text.indexOf(':');
  return colon >= 0 && host.core.parts.memory.mayLogIn(text.slice(0, colon), text.slice(colon + 1));
}

async function readBody(request: IncomingMessage): Promise<string> {
  const parts: Buffer[] = [];
  let size = 0;
  for await (const part of request) {
    const bytes = Buffer.from(part as Uint8Array);
    size += bytes.length;
    if (size > bodyLimitBytes) throw new Error('the body is too long');
    parts.push(bytes);
  }
  return Buffer.concat(parts).toString('utf8');
}

function write(response: ServerResponse, { status, body }: WebReply, stringBooleans: boolean): void {
  response.statusCode = status;
  response.setHeader('X-Frame-Options', 'DENY');
  response.setHeader('Content-Security-Policy', "frame-ancestors 'none';");
  if (status === 401) response.setHeader('WWW-Authenticate', 'Basic realm="Sunshine Gamestream Host", charset="UTF-8"');
  response.setHeader('Content-Type', typeof body === 'string' ? 'text/plain' : 'application/json');
  const asOlder = (_key: string, value: unknown): unknown => (stringBooleans && typeof value === 'boolean' ? String(value) : value);
  response.end(typeof body === 'string' ? body : JSON.stringify(body, asOlder));
}

/** One at a time, good for an hour. */
class Tokens {
  #token: string | null = null;
  #untilMs = 0;

  make(): string {
    this.#token = randomBytes(16).toString('hex');
    this.#untilMs = performance.now() + tokenLifeMs;
    return this.#token;
  }

  has(token: string): boolean {
    return token === this.#token && performance.now() < this.#untilMs;
  }
}
