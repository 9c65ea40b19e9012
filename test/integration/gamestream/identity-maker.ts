// A process of its own that asks for the GameStream identity, once its standard input says so; it prints the certificate.
import { once } from 'node:events';
import { ClientIdentities } from '../../../electron/adapters/gamestream/client-identity';
import { SealedFileSecrets } from '../../../electron/adapters/secrets/sealed-file';
import { SystemClock } from '../../../electron/adapters/system-clock';
import { SilentLog } from '../../fakes/silent-log';

const [directory = ''] = process.argv.slice(2);
const [clock, log] = [new SystemClock(), new SilentLog()];
const identities = new ClientIdentities({ secrets: new SealedFileSecrets(directory, clock, log), directory, clock, log });
process.stdout.write('ready\n');
await once(process.stdin, 'data');
const identity = await identities.get();
process.stdout.write(identity.ok ? identity.value.certificatePem : identity.failure.message);
process.exit(0);
