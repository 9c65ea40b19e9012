// The words of the short news at the edge of the window.

export const english = {
  undo: 'Undo',
  mistake: 'Athena could not do that because of a mistake inside it.',
  mistakeAdvice: 'Try again; if it stays, restart Athena and look into its log.',
  someHost: 'The host',
  isPaired: '{{name}} is paired',
  pairedAdvice: 'Its apps are in the library now.',
  lookAtHost: 'Look at it',
  imported_one: '1 connection was added',
  imported_other: '{{count}} connections were added',
  stillToPair: 'Hosts of Moonlight are still to be paired.',
  passwordsLater: 'Passwords are asked for at the first connection.',
  incidentSaved: 'The incident is saved',
  removed: '{{name}} was removed',
  removedAdvice: 'You can put it back until Athena closes.',
  hidden: '{{name}} is hidden',
  hiddenAdvice: 'The library shows it again with “Show hidden”.',
} as const;
