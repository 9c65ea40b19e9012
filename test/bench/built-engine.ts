// Athena's own engine, built for a measurement that drives it in its own process.
import { createRequire } from 'node:module';
import { resolve } from 'node:path';
import type { compose as composeFunction } from '../../electron/compose';
import { bundleThread } from '../threads-bundle';

export interface BuiltEngine {
  readonly compose: typeof composeFunction;
  /** Where its threads lie. */
  readonly builtDirectory: string;
}

export const builtDirectory = resolve(import.meta.dirname, '../../out/main');

/** Built as the product builds it, as CommonJS: some of its packages can't be imported by name otherwise. */
export async function buildEngine(): Promise<BuiltEngine> {
  const script = await bundleThread('electron/compose.ts');
  const { compose } = createRequire(import.meta.url)(script) as Pick<BuiltEngine, 'compose'>;
  return { compose, builtDirectory };
}
