// Addresses of covers: what is written is read back, and nothing else is read.
import { describe, expect, it } from 'vitest';
import { artUrl, readArtUrl } from '../../../electron/common/art';
import { hostIdSchema } from '../../../electron/common/ids';

const rig = hostIdSchema.parse('rig-2');

describe('the address of a cover', () => {
  it.each([0, 1, 881_448_767, -5, Number.MAX_SAFE_INTEGER])('is read back for app %d', (appId) => {
    expect(readArtUrl(artUrl(rig, appId))).toEqual({ hostId: 'rig-2', appId });
  });

  it.each([
    ['', ''],
    ['another protocol', 'https://cover/rig/1'],
    ['another place', 'athena-art://icon/rig/1'],
    ['no app', 'athena-art://cover/rig/'],
    ['a way up', 'athena-art://cover/../1'],
    ['a way up, dressed', 'athena-art://cover/%2e%2e%2f/1'],
    ['a way up in the app', 'athena-art://cover/rig/../../1'],
    ['more behind it', 'athena-art://cover/rig/1/2'],
    ['a question', 'athena-art://cover/rig/1?x=/../..'],
    ['a mark', 'athena-art://cover/rig/1#x'],
    ['a line end', 'athena-art://cover/rig/1\n'],
    ['upper case, which no id has', 'athena-art://cover/RIG/1'],
    ['a host with a broken id', 'athena-art://cover/-rig-/1'],
    ['an app that is no whole number', 'athena-art://cover/rig/1.5'],
    ['an app with leading zeros, a second name for one cover', 'athena-art://cover/rig/01'],
    ['a number that is none any more', 'athena-art://cover/rig/9007199254740993'],
    ['minus nothing', 'athena-art://cover/rig/-0'],
    ['an id that goes on', `athena-art://cover/${'a'.repeat(65)}/1`],
  ])('is not read with %s', (_name, url) => {
    expect(readArtUrl(url)).toBeNull();
  });
});
