import { type Client, type ClientHistory, logsSuccesses } from '@thingdeck/contract'

/** Why the log has nothing of what succeeds, in a sentence; undefined: it would have it. */
export function whyNotLogged(
  { state, level }: Client['logging'],
  { outcome, message }: ClientHistory['log'],
): string | undefined {
  if (outcome === 'not-allowed') return `The console may not read the log. ${message ?? ''}`
  if (outcome === 'logging-off' || state === 'off') return 'AWS IoT is not told to log.'
  if (outcome === 'no-log-group') return 'AWS IoT has logged nothing so far.'
  if (state !== 'on') return undefined // nobody knows what is logged
  if (logsSuccesses(level)) return undefined
  return `Of this client what succeeds is not logged: the level is ${level ?? 'not set'}.`
}
