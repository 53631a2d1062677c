/** Levels to choose from, least first: each logs what the ones before it log, too. */
export const LEVEL_OPTIONS = [
  { value: 'DISABLED', label: 'DISABLED', description: 'Nothing.' },
  { value: 'ERROR', label: 'ERROR', description: 'What fails: refusals, errors of rules.' },
  { value: 'WARN', label: 'WARN', description: 'As ERROR, and what may become one.' },
  {
    value: 'INFO',
    label: 'INFO',
    description: 'What succeeds, too: connects, each message in and out, matches of rules.',
  },
  { value: 'DEBUG', label: 'DEBUG', description: 'Everything, each step of rules and jobs.' },
] as const
