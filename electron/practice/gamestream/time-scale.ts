// How fast time passes for the practice host and the practice Moonlight: a test shortens their long waits.

/**
 * A factor from 0.01 to 1 on every time limit that the real ones have (10 s without control, 135 s for a connection nobody
 * answers, …). The pace of pictures and pings stays, and so do the sub-second times of starting and ending.
 */
const variable = 'ATHENA_PRACTICE_TIME_SCALE';

/** 1, as in the real ones, unless the environment says something else that makes sense. */
export function timeScaleOf(environment: NodeJS.ProcessEnv): number {
  const scale = Number(environment[variable] ?? 1);
  return scale >= 0.01 && scale <= 1 ? scale : 1;
}
