// An Athena that does nothing but hold a lease, until it is killed: started by the campaign, with a host and an app's token.
import { byCommand } from '../integration/pause/host-world';
import { createAthena, type FarHost } from './lease-world';

const [hostText = '', token = ''] = process.argv.slice(2);
const athena = await createAthena(JSON.parse(hostText) as FarHost);
const held = athena.hold(byCommand(token));
await held.next('held');
console.log('held');
