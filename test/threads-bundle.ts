// Builds one TypeScript file into a CommonJS script, as the product's build does, so that a test can start it as a thread or a process.
import { randomUUID } from 'node:crypto';
import { mkdir, rename, writeFile } from 'node:fs/promises';
import { basename, join, relative, resolve, sep } from 'node:path';
import { build } from 'vite';

const root = resolve(import.meta.dirname, '..');
/** Inside node_modules, so that what stays outside the bundle (packages, native modules) is found from there. */
const outputDirectory = join(root, 'node_modules', '.cache', 'athena-test');

/**
 * @param entry the script's source, from the project's root or absolute
 * @returns absolute path of the built script
 */
export async function bundleThread(entry: string): Promise<string> {
  const source = resolve(root, entry);
  const result = await build({
    root,
    configFile: false,
    logLevel: 'warn',
    build: {
      ssr: source,
      target: 'node18',
      write: false,
      minify: false,
      rolldownOptions: { output: { format: 'cjs', codeSplitting: false } },
    },
  });
  const outputs = Array.isArray(result) ? result : [result];
  const chunks = outputs.flatMap((part) => ('output' in part ? part.output : [])).filter((part) => part.type === 'chunk');
  const [chunk] = chunks;
  if (!chunk || chunks.length > 1) throw new Error(`${basename(source)} was built into ${chunks.length} files instead of one`);

  await mkdir(outputDirectory, { recursive: true });
  const script = join(outputDirectory, `${relative(root, source).replace(/\.ts$/, '').split(sep).join('-')}.cjs`);
  // Test files run at the same time and build the same script: each sees a whole one.
  const draft = `${script}.${randomUUID()}`;
  await writeFile(draft, chunk.code);
  await rename(draft, script);
  return script;
}
