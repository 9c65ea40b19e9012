// Why a host is offline: the first step that fails is told, and what nobody asked is not called good.
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { offlineReason, type OfflineFacts } from '../../../../electron/domain/hosts/offline-reason';

const well: OfflineFacts = {
  name: 'rig.lan',
  lookup: { kind: 'resolved', addresses: ['192.0.2.7'] },
  knownAddresses: ['192.0.2.7'],
  neighbour: { kind: 'mac', mac: 'aa:bb:cc:00:11:22' },
  knownMac: 'aa:bb:cc:00:11:22',
  pingAnswered: true,
  port: 47_989,
  service: { kind: 'answered' },
  identity: { expected: 'RIG', got: 'RIG' },
  certificate: 'same',
};

describe('the reason', () => {
  it('is none where all is well', () => {
    const reason = offlineReason(well);
    expect(reason.failedAt).toBeNull();
    expect(reason.steps.map(({ step, state }) => [step, state])).toEqual([
      ['name', 'good'],
      ['address', 'good'],
      ['neighbour', 'good'],
      ['port', 'good'],
      ['identity', 'good'],
      ['certificate', 'good'],
    ]);
  });

  const cases: readonly (readonly [string, Partial<OfflineFacts>, string, RegExp, RegExp])[] = [
    ['a misspelt name', { lookup: { kind: 'not-found' }, knownAddresses: [] }, 'name', /not known to the network/, /spelling/],
    ['a name service that is away', { lookup: { kind: 'failed' }, knownAddresses: [] }, 'name', /name service/, /own network/],
    ['a name without address', { lookup: { kind: 'resolved', addresses: [] } }, 'address', /no address/, /router/],
    ['another machine at its address', { neighbour: { kind: 'mac', mac: 'aa:bb:cc:99:99:99' } }, 'neighbour', /Another machine \(aa:bb:cc:99:99:99\)/, /fixed address/],
    ['asleep, can be woken', { neighbour: { kind: 'nobody' }, pingAnswered: false, service: { kind: 'timed-out' } }, 'neighbour', /sleeps, is off/, /Wake it/],
    ['asleep, can’t be woken', { neighbour: { kind: 'nobody' }, knownMac: null, pingAnswered: false, service: { kind: 'no-route' } }, 'neighbour', /sleeps, is off/, /by hand/],
    ['without its service', { service: { kind: 'refused' } }, 'port', /nothing listens at port 47989/, /Start Sunshine/],
    ['behind a firewall', { service: { kind: 'timed-out' } }, 'port', /machine is there, but port 47989/, /firewall/],
    ['behind a router, off', { neighbour: { kind: 'not-local' }, pingAnswered: false, service: { kind: 'timed-out' } }, 'port', /Nothing answers/, /Wake/],
    ['a service that died and left its sockets', { service: { kind: 'silent' } }, 'port', /accepts connections, but nothing answers/, /end that app/],
    ['a web server on its port', { service: { kind: 'no-gamestream' } }, 'port', /no GameStream host/, /47989/],
    ['out of reach', { neighbour: { kind: 'not-local' }, pingAnswered: null, service: { kind: 'no-route' } }, 'port', /no way/, /VPN/],
    ['another host', { identity: { expected: 'RIG', got: 'DECK' } }, 'identity', /Another GameStream host/, /fixed address/],
    ['reinstalled', { certificate: 'changed' }, 'certificate', /another certificate/, /pair it again/],
    ['unpaired there', { certificate: 'refused-us' }, 'certificate', /does not know Athena/, /pair again/],
  ];

  it.each(cases)('%s', (_name, facts, step, message, advice) => {
    const reason = offlineReason({ ...well, ...facts });
    expect(reason.failedAt).toBe(step);
    expect(reason.message).toMatch(message);
    expect(reason.advice).toMatch(advice);
  });

  it('a name that is gone is no reason while its old address is tried', () => {
    const reason = offlineReason({ ...well, lookup: { kind: 'not-found' }, service: { kind: 'refused' } });
    expect(reason.failedAt).toBe('port');
    expect(reason.steps[0]?.state).toBe('unknown');
  });

  it('who refuses a connection is there, even when the table of neighbours has nobody', () => {
    const reason = offlineReason({ ...well, neighbour: { kind: 'nobody' }, pingAnswered: false, service: { kind: 'refused' } });
    expect(reason.failedAt).toBe('port');
  });

  it('always has six steps with words, and names the first bad one', () => {
    const mac = fc.constantFrom('aa:bb:cc:00:11:22', 'aa:bb:cc:99:99:99');
    const facts: fc.Arbitrary<OfflineFacts> = fc.record({
      name: fc.string({ minLength: 1 }),
      lookup: fc.oneof(
        fc.record({ kind: fc.constant('resolved' as const), addresses: fc.array(fc.ipV4(), { maxLength: 5 }) }),
        fc.constantFrom<OfflineFacts['lookup'][]>({ kind: 'literal' }, { kind: 'not-found' }, { kind: 'failed' }, { kind: 'not-asked' }),
      ),
      knownAddresses: fc.array(fc.ipV4(), { maxLength: 5 }),
      neighbour: fc.oneof(
        fc.record({ kind: fc.constant('mac' as const), mac }),
        fc.constantFrom<OfflineFacts['neighbour'][]>({ kind: 'nobody' }, { kind: 'not-local' }, { kind: 'not-asked' }),
      ),
      knownMac: fc.option(mac),
      pingAnswered: fc.constantFrom(true, false, null),
      port: fc.integer({ min: 1, max: 65_535 }),
      service: fc.constantFrom('answered', 'silent', 'refused', 'timed-out', 'no-route', 'no-gamestream', 'not-asked').map((kind) => ({ kind })),
      identity: fc.record({ expected: fc.constant('RIG'), got: fc.constantFrom('RIG', 'DECK', null) }),
      certificate: fc.constantFrom<OfflineFacts['certificate'][]>('same', 'changed', 'refused-us', 'not-paired', 'not-asked'),
    });
    fc.assert(
      fc.property(facts, (given) => {
        const { steps, failedAt, message, advice } = offlineReason(given);
        expect(steps.map(({ step }) => step)).toEqual(['name', 'address', 'neighbour', 'port', 'identity', 'certificate']);
        expect(steps.find(({ state }) => state === 'bad')?.step ?? null).toBe(failedAt);
        expect(steps.every(({ text }) => text !== '') && message !== '' && advice !== '').toBe(true);
      }),
    );
  });
});
