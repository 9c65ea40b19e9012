// A log that writes nothing and can be asked what it was told.
import type { Log } from '../../electron/domain/log';

export interface HeardLine {
  readonly level: 'debug' | 'info' | 'warn' | 'error';
  readonly message: string;
  readonly fields: Readonly<Record<string, unknown>> | undefined;
}

export class SilentLog implements Log {
  readonly heard: HeardLine[] = [];

  debug(message: string, fields?: Readonly<Record<string, unknown>>): void {
    this.heard.push({ level: 'debug', message, fields });
  }

  info(message: string, fields?: Readonly<Record<string, unknown>>): void {
    this.heard.push({ level: 'info', message, fields });
  }

  warn(message: string, fields?: Readonly<Record<string, unknown>>): void {
    this.heard.push({ level: 'warn', message, fields });
  }

  error(message: string, fields?: Readonly<Record<string, unknown>>): void {
    this.heard.push({ level: 'error', message, fields });
  }
}
