// The log file, kept by electron-log: rotated, and blind to secrets by the structure of what it is given.
import { join } from 'node:path';
import electronLog from 'electron-log/node';
import type { Log } from '../../domain/log';
import { writable } from './writable';

/** The file is renamed to `.old.log` at this size, in bytes; the one before that is dropped. */
const rotateAt = 5 * 1024 * 1024;

/**
 * @param directory for athena.log and athena.old.log
 * @param console also write to the terminal's stderr
 */
export function createFileLog(directory: string, console: boolean): Log {
  const logger = electronLog.create({ logId: 'athena' });
  logger.transports.file.resolvePathFn = () => join(directory, 'athena.log');
  logger.transports.file.maxSize = rotateAt;
  logger.transports.file.format = '[{y}-{m}-{d} {h}:{i}:{s}.{ms}{z}] [{level}] {text}';
  logger.transports.console.level = console ? 'info' : false;
  logger.transports.console.writeFn = ({ message }) => {
    process.stderr.write(`${message.data.map(String).join(' ')}\n`);
  };
  const write =
    (level: 'debug' | 'info' | 'warn' | 'error') =>
    (message: string, fields?: Readonly<Record<string, unknown>>): void => {
      logger[level](fields ? `${message} ${JSON.stringify(writable(fields))}` : message);
    };
  return { debug: write('debug'), info: write('info'), warn: write('warn'), error: write('error') };
}
