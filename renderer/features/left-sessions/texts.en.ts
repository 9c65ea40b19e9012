// All words of the bars about sessions that were left behind.
export const english = {
  title: '{{name}} was streaming from {{host}} when Athena ended',
  lead: 'It was on since {{since}}. If its host could pause it, it stands where you left it.',
  comeBack: 'Come back',
  forget: 'Forget it',
} as const;
