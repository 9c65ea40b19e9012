// All words of Home.

export const english = {
  title: 'Home',
  continueRow: 'Continue',
  favourites: 'Favourites',
  recent: 'Used recently',
  others: 'In the library',
  hosts: 'Hosts',
  left: 'Left behind',
  addHost: 'Add host',
  found_one: '1 found nearby',
  found_other: '{{count}} found nearby',
  noneFound: 'Look for one, or type its address',
  notPaired: 'Not paired yet',
  pausedThere: '{{app}}, paused',
  runningThere: '{{app}}, running',
  someApp: 'An app',
} as const;
