// node test/renderer/preview/screens.mjs FOLDER [PART OF A NAME [SIZE]]: draws the renderer's pages into a folder.
import { fileURLToPath } from 'node:url';
import { runnerImport } from 'vite';

const [folder, only, onlySize] = process.argv.slice(2);
if (folder === undefined) throw new Error('which folder?');
const { module } = await runnerImport(fileURLToPath(new URL('screens.ts', import.meta.url)), { configFile: false });
await module.takeScreens(folder, only, onlySize);
