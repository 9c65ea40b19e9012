// Makes "electron PATH" load the app at PATH, which the development runtime lacks: it was taken out of a packaged app.
// Behaves as the default app of an official Electron does for a path, "-r" and "--version"; knows no URLs and no REPL.
const { app } = require('electron');
const { existsSync, readFileSync } = require('node:fs');
const Module = require('node:module');
const { dirname, join, resolve } = require('node:path');

/** Splits the command line into modules to load first and the app's path; Chromium's and Node's switches are skipped. */
function parseArguments(args) {
  const preloads = [];
  for (let index = 0; index < args.length; index++) {
    const arg = args[index];
    if (arg === '-r' || arg === '--require') preloads.push(args[++index]);
    else if (arg.startsWith('--require=')) preloads.push(arg.slice('--require='.length));
    else if (arg === '--version' || arg === '-v') return { preloads, wantsVersion: true };
    else if (!arg.startsWith('-')) return { preloads, appPath: arg };
  }
  return { preloads };
}

/** Gives the app its own name, version and desktop name, as if it were packaged under them. */
function takeIdentity(directory) {
  const manifestFile = join(directory, 'package.json');
  if (!existsSync(manifestFile)) return false;
  const manifest = JSON.parse(readFileSync(manifestFile, 'utf8'));
  if (manifest.version) app.setVersion(manifest.version);
  if (manifest.productName ?? manifest.name) app.setName(manifest.productName ?? manifest.name);
  app.setDesktopName(manifest.desktopName ?? `${app.getName()}.desktop`);
  return true;
}

function loadApp(appPath) {
  Object.defineProperty(process, 'defaultApp', { configurable: false, enumerable: true, value: true });
  const path = resolve(appPath);
  const isPackage = takeIdentity(path);
  const mainFile = Module._resolveFilename(path, null, true);
  app.setAppPath(isPackage ? path : dirname(mainFile));
  Module._load(path, Module, true);
}

const { preloads, appPath, wantsVersion } = parseArguments(process.argv.slice(1));
if (wantsVersion) {
  console.log(`v${process.versions.electron}`);
  process.exit(0);
}
if (appPath === undefined) {
  console.error('usage: electron [-r MODULE] PATH [arguments]');
  process.exit(1);
}
try {
  if (preloads.length > 0) Module._preloadModules(preloads);
  loadApp(appPath);
} catch (error) {
  console.error(`Error launching app at ${appPath}\n${error.stack}`);
  process.exit(1);
}
