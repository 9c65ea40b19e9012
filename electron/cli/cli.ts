// Athena's command line: commands and their options, nothing else.
import { Command, CommanderError } from 'commander';
import { passwordCommand, pauseSecretCommand, trustCommand } from './answer-commands';
import { demoCommand, type DemoOptions } from './demo-command';
import { diagnoseCommand, type DiagnoseOptions } from './diagnose-command';
import { doctorCommand } from './doctor-command';
import { exitCodes } from './exit-codes';
import { appsCommand, pairCommand, quitCommand, type PairOptions, type QuitOptions } from './gamestream-commands';
import { explainCommand, hostsCommand, wakeCommand, type HostsOptions, type WakeOptions } from './host-commands';
import { importCommand, type ImportOptions } from './import-command';
import { incidentCommand, incidentsCommand, type IncidentOptions } from './incident-commands';
import { launchCommand, type LaunchOptions } from './launch-command';
import { practiceHostCommand, type PracticeHostOptions } from './practice-host-command';
import { probeCommand, type ProbeOptions } from './probe-command';
import { profileCommand, profileHelp, type ProfileOptions } from './profile-command';

declare const __ATHENA_VERSION__: string;

/** A command's exit code becomes the process's; what it left open must not hold the process. */
function run(command: Promise<number>): Promise<void> {
  return command.then((code) => {
    process.exitCode = code;
  });
}

const program = new Command('athena')
  .description('Keeps streams of games and apps alive, and tells why they broke.')
  .version(__ATHENA_VERSION__)
  .exitOverride()
  .addHelpText('after', '\nExit codes: 0 done, 1 the answer is no, 2 wrong input, 3 client not installed, 4 an answer or a pairing is needed, 130 stopped.');

const json = ['--json', 'one JSON object a line on stdout', false] as const;
const verbose = ['--verbose', 'write the log to stderr, too', false] as const;

program
  .command('demo')
  .description('find, pair with and stream from a practice host, lose the stream on purpose and watch it come back')
  .option('--loss <how>', 'kill: Moonlight is killed; dialog: the host drops the stream, and Moonlight stays with a dialog', 'kill')
  .option(...json)
  .option(...verbose)
  .action((options: DemoOptions) => run(demoCommand(options)));

program
  .command('practice-host')
  .description('run a GameStream host to practise with: pairing, apps, streams and their faults')
  .option('--port <port>', 'its plain HTTP port; the others follow from it (47989, or any when that is taken)')
  .option('--announce', 'serve the local network and announce it there, instead of this machine alone', false)
  .option(...json)
  .action((options: PracticeHostOptions) => run(practiceHostCommand(options)));

program
  .command('launch')
  .argument('<entry>', 'id or name of an entry in the library')
  .description("launch an entry in Athena's window, or here with --wait")
  .option('--wait', 'supervise the session in this terminal until it ends', false)
  .option(...json)
  .option(...verbose)
  .action((entry: string, options: LaunchOptions) => run(launchCommand(entry, options)));

const gameStreamHost = ['<host>', 'a known host, or NAME, ADDRESS, ADDRESS:PORT of one to be added'] as const;

program
  .command('hosts')
  .description('tell what the known GameStream hosts are doing, or find those that announce themselves')
  .option('--find', 'listen to the network instead; exits with 1 when nobody announces himself', false)
  .option('--seconds <n>', 'how long to listen with --find', '5')
  .option(...json)
  .option(...verbose)
  .action((options: HostsOptions) => run(hostsCommand(options)));

program
  .command('wake')
  .argument('<host>', 'a known host: its id, name or address')
  .description('wake a host (Wake-on-LAN) and wait until it answers')
  .option('--no-wait', 'only send the signal')
  .option(...json)
  .option(...verbose)
  .addHelpText('after', '\nExit codes: 0 it answers (with --no-wait: the signal is out), 1 it does not answer within three minutes or no network took the signal,\n2 no such host, 4 its hardware address is not known: pair it while it is on, 130 stopped.')
  .action((host: string, options: WakeOptions) => run(wakeCommand(host, options)));

program
  .command('explain')
  .argument(...gameStreamHost)
  .description('tell why a host is offline, step by step: name, address, neighbour, port, identity, certificate')
  .option(...json)
  .option(...verbose)
  .addHelpText('after', '\nExit codes: 0 nothing keeps it offline, 1 a step failed, 2 no such host.')
  .action((host: string, options: { json: boolean; verbose: boolean }) => run(explainCommand(host, options)));

program
  .command('pair')
  .argument(...gameStreamHost)
  .description('pair with a GameStream host (Sunshine and its forks)')
  .option('--pin <nnnn>', 'the PIN to type on the host; made up without it')
  .option('--web-user <name>', "deliver the PIN through the host's web log-in; its password is read from ATHENA_WEB_PASSWORD or standard input")
  .option(...json)
  .option(...verbose)
  .action((host: string, options: PairOptions) => run(pairCommand(host, options)));

program
  .command('apps')
  .argument(...gameStreamHost)
  .description('list the apps of a paired host')
  .option(...json)
  .option(...verbose)
  .action((host: string, options: { json: boolean; verbose: boolean }) => run(appsCommand(host, options)));

program
  .command('quit')
  .argument(...gameStreamHost)
  .description('end the app that runs on a paired host, and every stream of it')
  .option('--web-user <name>', "ask through the host's web log-in where the host refuses because somebody streams; its password is read as with pair")
  .option(...json)
  .option(...verbose)
  .action((host: string, options: QuitOptions) => run(quitCommand(host, options)));

program
  .command('profile')
  .argument('<entry>', 'id or name of an app in the library, or HOST/APP')
  .description("tell how an app's stream will look, where each value comes from, and whether it fits")
  .option('--seconds <n>', 'measure the path to the host first, for so long', '0')
  .option(...json)
  .option(...verbose)
  .addHelpText('after', profileHelp)
  .action((entry: string, options: ProfileOptions) => run(profileCommand(entry, options)));

program
  .command('import')
  .argument('[file...]', '.rdp and .remmina files; without one, where they usually lie, and the hosts of your own Moonlight')
  .description('add what Remmina, .rdp files and Moonlight know to the library; what is there already stays as it is')
  .option('--list', 'only tell what there is', false)
  .option(...json)
  .option(...verbose)
  .addHelpText('after', '\nPasswords stay where they are, and hosts of Moonlight are still to be paired.\nExit codes: 0 what can be used is in the library (with --list: is told), 1 nothing was found, or a named file can\'t be used.')
  .action((files: string[], options: ImportOptions) => run(importCommand(files, options)));

program
  .command('probe')
  .argument('<host>', 'a name, an address, or a host of the library')
  .description('measure the latency to a host')
  .option('--seconds <n>', 'how long', '5')
  .option('--port <port>', 'also measure TCP connects to this port')
  .option(...json)
  .option(...verbose)
  .action((host: string, options: ProbeOptions) => run(probeCommand(host, options)));

program
  .command('diagnose')
  .argument('<file...>', 'trace files: JSON Lines, as incidents are exported')
  .description('name the probable causes of recorded incidents')
  .option(...json)
  .action((files: string[], options: DiagnoseOptions) => run(diagnoseCommand(files, options)));

program
  .command('incidents')
  .description('list the recorded incidents, newest first')
  .option(...json)
  .option(...verbose)
  .action((options: { json: boolean; verbose: boolean }) => run(incidentsCommand(options)));

program
  .command('incident')
  .argument('<id>', 'as `athena incidents` tells it; "last" is the newest')
  .description('tell what is known of an incident, or write it to a file')
  .option('--export <format>', 'html: a page to read; json: its facts; trace: for `athena diagnose`')
  .option('--out <file>', 'where the export goes; without it, to stdout')
  .option(...json)
  .option(...verbose)
  .action((id: string, options: IncidentOptions) => run(incidentCommand(id, options)));

program
  .command('doctor')
  .description('tell what Athena found on this machine')
  .option(...json)
  .option(...verbose)
  .action((options: { json: boolean; verbose: boolean }) => run(doctorCommand(options)));

program
  .command('password')
  .argument('<entry>', 'id or name of an entry in the library')
  .description('keep the password that is read from standard input; an empty one is forgotten')
  .option(...verbose)
  .action((entry: string, options: { verbose: boolean }) => run(passwordCommand(entry, options)));

program
  .command('pause-secret')
  .argument('<entry>', 'id or name of an entry in the library')
  .description("keep the secret of the entry's way of pausing (a Proxmox token, a webhook), read from standard input; an empty one is forgotten")
  .option(...verbose)
  .action((entry: string, options: { verbose: boolean }) => run(pauseSecretCommand(entry, options)));

program
  .command('trust')
  .argument('<entry>', 'id or name of an entry in the library')
  .argument('<fingerprint>', 'sha256 of the certificate the host shows, or "none" to forget the trusted one')
  .description("vouch for a host's certificate")
  .option(...verbose)
  .action((entry: string, fingerprint: string, options: { verbose: boolean }) => run(trustCommand(entry, fingerprint, options)));

program.parseAsync(process.argv).catch((error: unknown) => {
  if (error instanceof CommanderError) {
    process.exitCode = error.exitCode === 0 ? exitCodes.done : exitCodes.badInput;
    return;
  }
  process.stderr.write(`${error instanceof Error ? (error.stack ?? error.message) : String(error)}\n`);
  process.exitCode = exitCodes.negative;
});
