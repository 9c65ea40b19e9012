// Entry of the practice Moonlight: `practice-moonlight stream HOST "APP" …` as moonlight-qt 6.1, or as moonlight-embedded
// when its first argument is `--embedded` or it is started by a name that holds "embedded".
import { basename } from 'node:path';
import { readEmbeddedArguments } from './embedded-options';
import { watchDisplay } from './moonlight-display';
import { MoonlightEmbedded } from './moonlight-embedded';
import { readMoonlightArguments } from './moonlight-options';
import { MoonlightQt, type HostCommand } from './moonlight-qt';
import { MoonlightSettings, settingsFile } from './moonlight-settings';
import { EmbeddedVoice, QtVoice } from './moonlight-voice';

const print = (text: string): void => void process.stdout.write(text);

/** Nothing to do and nothing that ends it: a dialog that nobody closes, or a connection that was never started. */
function waitForSignal(): void {
  setInterval(() => undefined, 3_600_000);
}

async function runQt(args: readonly string[]): Promise<void> {
  const command = readMoonlightArguments(args);
  switch (command.kind) {
    case 'print':
      print(`${command.text}\n`);
      return;
    case 'wrong':
      process.stderr.write(`${command.text}\n`);
      process.exitCode = 1;
      return;
    case 'window':
      process.on('SIGTERM', () => process.exit(0)).on('SIGINT', () => process.exit(0));
      waitForSignal();
      return;
    default:
      return runAction(command);
  }
}

async function runAction(command: HostCommand): Promise<void> {
  const voice = new QtVoice((text) => process.stderr.write(text));
  const moonlight = new MoonlightQt(new MoonlightSettings(settingsFile(process.env, process.cwd())), voice, print);
  let signals = 0;
  const onSignal = (signal: number): void => {
    // The second one doesn't wait for the first one's good manners.
    if (++signals > 1) process.exit(1);
    voice.sdl('Info', `Received signal: ${signal}`);
    if (!moonlight.quit()) process.exit(0);
  };
  process.on('SIGINT', () => onSignal(2)).on('SIGTERM', () => onSignal(15));
  const end = await moonlight.run(command);
  if (end.kind === 'exit') process.exit(end.code);
  // Asked to leave while the stream was being taken down: nobody is left to read a dialog.
  if (signals > 0) process.exit(0);
  voice.qt('Critical', end.text);
  waitForSignal();
}

async function runEmbedded(args: readonly string[]): Promise<void> {
  // stdbuf(1) tells its wish by this variable.
  const voice = new EmbeddedVoice(print, process.stdout.isTTY || process.env['_STDBUF_O'] === 'L');
  const command = readEmbeddedArguments(args);
  const moonlight = new MoonlightEmbedded(voice);
  const leave = (code: number): void => {
    voice.flush();
    process.exit(code);
  };
  const onSignal = (): void => {
    if (!moonlight.quit()) leave(0);
  };
  process.on('SIGINT', onSignal).on('SIGTERM', onSignal);
  if (command?.platform === 'x11') {
    watchDisplay(process.env, (words) => {
      voice.flush();
      process.stderr.write(`${words}\n`);
      process.exit(1);
    });
  }
  const code = command === null ? 255 : await moonlight.run(command);
  if (code !== null) leave(code);
  else waitForSignal();
}

async function main([, script = '', ...args]: readonly string[]): Promise<void> {
  if (args[0] === '--embedded') return runEmbedded(args.slice(1));
  return basename(script).includes('embedded') ? runEmbedded(args) : runQt(args);
}

main(process.argv).catch((error: unknown) => {
  process.stderr.write(`${error instanceof Error ? (error.stack ?? error.message) : String(error)}\n`);
  process.exit(70); // EX_SOFTWARE of sysexits(3): a bug of the practice Moonlight, never a way in which a real one ends
});
