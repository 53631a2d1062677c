import type { CommandSummary } from '@thingdeck/contract'
import type { StatusWords } from '../../../shared/ui/status-words.ts'

type State = Pick<CommandSummary, 'deprecated' | 'pendingDeletion'>

/** Of a command itself. */
export function commandStatus({ deprecated, pendingDeletion }: State): StatusWords {
  if (pendingDeletion) return { words: 'Pending deletion', type: 'pending' }
  return deprecated ? { words: 'Deprecated', type: 'stopped' } : { words: 'Available', type: 'success' }
}

/** Why a command can be sent to nobody now; undefined: it can. */
export function whyNotSent({ deprecated, pendingDeletion }: State): string | undefined {
  if (pendingDeletion) return 'It is pending deletion.'
  return deprecated ? 'It is deprecated: restore it first.' : undefined
}
