// `athena doctor`: what Athena found on this machine, for people and for bug reports; it holds no secrets.
import { withServices } from './cli-services';
import { exitCodes } from './exit-codes';
import { printJson, printLine } from './output';
import type { Services } from '../domain/services';

async function examine(services: Services): Promise<Record<string, unknown>> {
  const { version, clients, library, secrets } = services;
  const echo = await services.reachAddress('127.0.0.1');
  return {
    athena: version,
    node: process.versions.node,
    platform: `${process.platform} ${process.arch}`,
    electron: process.env['ATHENA_ELECTRON'] ?? null,
    display: process.env['WAYLAND_DISPLAY'] ?? process.env['DISPLAY'] ?? null,
    clients: (await clients.survey()).map((client) =>
      client.found
        ? { client: client.client, found: true, name: client.displayName, version: client.version, command: client.command, origin: client.origin }
        : { client: client.client, found: false, name: client.displayName, advice: client.advice },
    ),
    secrets: await secrets.describe(),
    config: {
      file: library.file,
      hosts: library.hosts.length,
      entries: library.entries.length,
      troubles: library.troubles,
    },
    probes: echo.ok
      ? { icmp: { allowed: echo.value.alive, loopbackRttMs: echo.value.rttMs } }
      : { icmp: { allowed: false, why: echo.failure.message, advice: echo.failure.advice } },
    sshAgent: process.env['SSH_AUTH_SOCK'] ?? null,
  };
}

export function doctorCommand(options: { json: boolean; verbose: boolean }): Promise<number> {
  return withServices(options, async (services) => {
    const findings = await examine(services);
    if (options.json) printJson(findings);
    else printLine(JSON.stringify(findings, null, 2));
    return exitCodes.done;
  });
}
