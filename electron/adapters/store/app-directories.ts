// Where Athena's files live: the XDG directories on Linux, their counterparts on Windows and macOS.
import envPaths from 'env-paths';

export interface AppDirectories {
  /** Written by people and by Athena: the library, known hosts. */
  readonly config: string;
  readonly data: string;
  /** Logs and what can be lost without harm: when entries were used. */
  readonly state: string;
  readonly cache: string;
}

/** Reads XDG_CONFIG_HOME, XDG_DATA_HOME, XDG_STATE_HOME and XDG_CACHE_HOME (XDG Base Directory Specification 0.8). */
export function appDirectories(): AppDirectories {
  const paths = envPaths('athena', { suffix: '' });
  return { config: paths.config, data: paths.data, state: paths.log, cache: paths.cache };
}
