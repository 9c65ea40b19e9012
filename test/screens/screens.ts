// Draws every page in every state, in a real Electron, into a folder: `npm run screens -- --out DIR [--only WORD]... [--size WIDTHxHEIGHT]...`.
import { mkdir, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { parseArgs } from 'node:util';
import { contactSheet } from './contact-sheet';
import { allSizes, picturesOf, type Picture, type Wanted } from './plan';
import { Stage, type WindowSize } from './stage';

const exitCodes = { allDrawn: 0, somethingWrong: 1, badArguments: 2 } as const;

const usage = `usage: npm run screens -- --out DIR [--only WORD]... [--size WIDTHxHEIGHT]...

  --out DIR   where the pictures and index.html are written
  --only WORD only pictures whose name holds the word; several: all of them, such as --only couch --only light
  --size SIZE instead of ${allSizes.map(sizeWords).join(', ')}

Exit code: 0 all are drawn, 1 a page threw or a picture could not be taken, 2 wrong arguments.
`;

/** What glides has come to rest by then. */
const restMs = 500;

function sizeWords({ width, height }: WindowSize): string {
  return `${width}x${height}`;
}

function readSize(text: string): WindowSize {
  const [, width, height] = /^(\d{3,4})x(\d{3,4})$/.exec(text) ?? [];
  if (width === undefined || height === undefined) throw new Error(`--size ${text} is not like 1280x800`);
  return { width: Number(width), height: Number(height) };
}

type Request = (Wanted & { readonly kind: 'draw'; readonly out: string }) | { readonly kind: 'help' } | { readonly kind: 'bad'; readonly why: string };

function readRequest(args: readonly string[]): Request {
  try {
    const { values } = parseArgs({
      args: [...args],
      options: { out: { type: 'string' }, only: { type: 'string', multiple: true }, size: { type: 'string', multiple: true }, help: { type: 'boolean', short: 'h' } },
    });
    if (values.help === true) return { kind: 'help' };
    if (values.out === undefined) return { kind: 'bad', why: '--out DIR is missing' };
    return { kind: 'draw', out: values.out, only: values.only ?? [], sizes: values.size?.map(readSize) ?? allSizes };
  } catch (error) {
    return { kind: 'bad', why: error instanceof Error ? error.message : String(error) };
  }
}

/** @returns what went wrong */
async function draw(stage: Stage, { shot, scene, startsInLibrary, size, settings, name }: Picture, out: string): Promise<string[]> {
  // The steps to a page look for English words: another language is spoken once it is there.
  const { language, ...looks } = settings;
  const page = await stage.show(scene, size, looks);
  if (startsInLibrary) {
    // By key: the sidebar opens under a pointer that comes to it.
    await page.locator('[data-focus-key="nav:library"]').focus();
    await page.keyboard.press('Enter');
    await page.waitForSelector('[data-page="library"]');
  }
  await shot.prepare?.(page);
  if (language !== undefined) await stage.set({ language });
  await page.mouse.move(size.width - 1, size.height - 1);
  await page.waitForTimeout(restMs);
  await page.screenshot({ path: join(out, `${name}.png`) });
  return stage.problems;
}

async function drawAll(pictures: readonly Picture[], out: string): Promise<number> {
  await mkdir(out, { recursive: true });
  const stage = await Stage.open();
  const drawn: string[] = [];
  const troubles: string[] = [];
  try {
    for (const picture of pictures) {
      try {
        troubles.push(...(await draw(stage, picture, out)).map((problem) => `${picture.name}: ${problem}`));
        drawn.push(picture.name);
        process.stdout.write(`${picture.name}\n`);
      } catch (error) {
        troubles.push(`${picture.name}: ${error instanceof Error ? error.message : String(error)}`);
      }
    }
  } finally {
    await stage.close();
  }
  await writeFile(join(out, 'index.html'), contactSheet(drawn));
  for (const trouble of troubles) process.stderr.write(`${trouble}\n`);
  process.stdout.write(`${drawn.length} of ${pictures.length} pictures are in ${out}; index.html shows them all\n`);
  return troubles.length === 0 ? exitCodes.allDrawn : exitCodes.somethingWrong;
}

async function run(args: readonly string[]): Promise<number> {
  const request = readRequest(args);
  if (request.kind === 'help') {
    process.stdout.write(usage);
    return exitCodes.allDrawn;
  }
  const pictures = request.kind === 'draw' ? picturesOf(request) : [];
  if (request.kind === 'bad' || pictures.length === 0) {
    process.stderr.write(`${request.kind === 'bad' ? request.why : 'no picture has such a name'}\n\n${usage}`);
    return exitCodes.badArguments;
  }
  return drawAll(pictures, request.out);
}

process.exitCode = await run(process.argv.slice(2));
