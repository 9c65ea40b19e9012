// Tells what the set-up is doing whenever a step takes longer than two seconds.

const QUIET_MS = 2_000;
const LINE_INTERVAL_MS = 10_000; // on a log, a line now and then is enough

/**
 * @param {NodeJS.WriteStream} stream where to tell it: stderr for commands whose stdout is read by programs
 */
export function createProgress(stream) {
  const live = stream.isTTY === true;

  return {
    say(text) {
      stream.write(`${text}\n`);
    },
    /** Runs `work` and shows its name and the seconds it has taken so far. */
    async step(name, work) {
      const startedMs = performance.now();
      const seconds = () => ((performance.now() - startedMs) / 1000).toFixed(live ? 0 : 1);
      let shownMs = Number.NEGATIVE_INFINITY;
      const show = () => {
        const now = performance.now();
        if (now - startedMs < QUIET_MS) return;
        if (live) stream.write(`\r\x1b[K${name} … ${seconds()} s`);
        else if (now - shownMs >= LINE_INTERVAL_MS) {
          shownMs = now;
          stream.write(`${name} … ${seconds()} s\n`);
        }
      };
      const timer = setInterval(show, 500);
      try {
        return await work();
      } finally {
        clearInterval(timer);
        const tookLong = performance.now() - startedMs >= QUIET_MS;
        if (live && tookLong) stream.write('\r\x1b[K');
        if (tookLong) stream.write(`${name}: ${seconds()} s\n`);
      }
    },
  };
}
