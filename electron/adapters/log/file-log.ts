// The log file, kept by electron-log: rotated, and blind to secrets by the structure of what it is given.
import type { EventEmitter } from 'node:events';
import { join } from 'node:path';
import electronLog from 'electron-log/node';
import type { Log } from '../../domain/log';
import { writable } from './writable';

/** The file is renamed to `.old.log` at this size, in bytes; the one before that is dropped. */
const rotateAt = 5 * 1024 * 1024;

/** Told when the log itself can't be kept, and when it can again; never within `createFileLog`. */
export interface LogFileNews {
  failed(file: string, error: unknown): void;
  worked(file: string): void;
}

/**
 * @param directory for athena.log and athena.old.log
 * @param console also write to the terminal's stderr
 */
export function createFileLog(directory: string, console: boolean, news?: LogFileNews): Log {
  const logger = electronLog.create({ logId: 'athena' });
  logger.transports.file.resolvePathFn = () => join(directory, 'athena.log');
  logger.transports.file.maxSize = rotateAt;
  logger.transports.file.format = '[{y}-{m}-{d} {h}:{i}:{s}.{ms}{z}] [{level}] {text}';
  logger.transports.console.level = console ? 'info' : false;
  logger.transports.console.writeFn = ({ message }) => {
    process.stderr.write(`${message.data.map(String).join(' ')}\n`);
  };
  const file = logger.transports.file.getFile();
  const failing = { before: false, now: false };
  // The library's own listener would print a line for each line that is lost.
  (file as unknown as EventEmitter).removeAllListeners('error');
  file.on('error', (error) => {
    failing.now = true;
    news?.failed(file.path, error);
  });
  // Where the file can't even be made, the library writes to nowhere from then on.
  if (isNowhere(file)) queueMicrotask(() => news?.failed(file.path, new Error('The log file cannot be made')));
  const write =
    (level: 'debug' | 'info' | 'warn' | 'error') =>
    (message: string, fields?: Readonly<Record<string, unknown>>): void => {
      failing.now = false;
      logger[level](fields ? `${message} ${JSON.stringify(writable(fields))}` : message);
      if (failing.before && !failing.now) news?.worked(file.path);
      failing.before = failing.now;
    };
  return { debug: write('debug'), info: write('info'), warn: write('warn'), error: write('error') };
}

function isNowhere(file: object): boolean {
  return (file as { isNull?: () => boolean }).isNull?.() === true;
}
