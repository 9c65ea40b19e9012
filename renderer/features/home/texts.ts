// All words of Home.

export const texts = {
  title: 'Home',
  continueRow: 'Continue',
  favourites: 'Favourites',
  recent: 'Used recently',
  others: 'In the library',
  hosts: 'Hosts',
  left: 'Left behind',
  wholeLibrary: 'Whole library',
  addHost: 'Add host',
  found: (hosts: number) => (hosts === 1 ? '1 found nearby' : `${hosts} found nearby`),
  noneFound: 'Look for one, or type its address',
  notPaired: 'Not paired yet',
  pausedThere: (app: string) => `${app}, paused`,
  runningThere: (app: string) => `${app}, running`,
  someApp: 'An app',
  roundTrip: (rttMs: string) => `${rttMs} ms`,
  library: 'Open the library',
} as const;
