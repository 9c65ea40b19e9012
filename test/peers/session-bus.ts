// A D-Bus session bus of a test's own: nothing of the user's desktop is on it, and nothing is started through it.
import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { once } from 'node:events';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { readyOrStop, startPeerProcess, type Peer } from './peer-process';

export interface SessionBus extends Peer {
  /** Value for DBUS_SESSION_BUS_ADDRESS. */
  readonly address: string;
}

const startLimitMs = 10_000;

/**
 * dbus-daemon(1) with a configuration without service directories: the usual one starts a keyring or a file manager as
 * soon as somebody asks for it.
 */
export async function startSessionBus(): Promise<SessionBus> {
  const directory = await mkdtemp(join(tmpdir(), 'athena-bus-'));
  const removeDirectory = (): Promise<void> => rm(directory, { recursive: true, force: true });
  const address = `unix:path=${join(directory, 'bus')}`;
  const configFile = join(directory, 'bus.conf');
  await writeFile(configFile, configOf(address));
  try {
    const daemon = await startPeerProcess({
      command: 'dbus-daemon',
      args: [`--config-file=${configFile}`, '--nofork', '--print-address=3'],
      statusPipe: true,
    });
    const peer: Peer = {
      ...daemon,
      stop: async () => {
        await daemon.stop();
        await removeDirectory();
      },
    };
    await readyOrStop('dbus-daemon', peer, async () => {
      if (!daemon.statusPipe) throw new Error('started without a status pipe');
      // It tells its address once it listens there.
      await once(daemon.statusPipe, 'data', { signal: AbortSignal.timeout(startLimitMs) });
    });
    return { ...peer, address };
  } catch (error) {
    await removeDirectory();
    throw error;
  }
}

function configOf(address: string): string {
  return `<!DOCTYPE busconfig PUBLIC "-//freedesktop//DTD D-Bus Bus Configuration 1.0//EN"
  "http://www.freedesktop.org/standards/dbus/1.0/busconfig.dtd">
<busconfig>
  <type>session</type>
  <listen>${address}</listen>
  <auth>EXTERNAL</auth>
  <policy context="default">
    <allow send_destination="*" eavesdrop="true"/>
    <allow eavesdrop="true"/>
    <allow own="*"/>
  </policy>
</busconfig>
`;
}
