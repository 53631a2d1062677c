import type { UseQueryResult } from '@tanstack/react-query'
import type { RuleDestination, RuleDestinationUses } from '@thingdeck/contract'
import { formatCount } from '../../shared/format.ts'
import { usersOf } from './destination-words.ts'

const MOST_NAMES = 5

/** Which rules send there, in a sentence; that it is not known is one, too. */
export function usersInWords(
  destination: RuleDestination,
  { data, error }: Pick<UseQueryResult<RuleDestinationUses>, 'data' | 'error'>,
): string {
  if (error) return `Which rules send there could not be read: ${error.message}`
  if (!data) return 'Which rules send there is being read…'
  const names = [...new Set(usersOf(destination, data.uses).map(({ use }) => use.ruleName))]
  const others = data.isAll ? '' : ' The account has more rules than were looked at.'
  if (names.length === 0) return `No rule sends there.${others}`
  const more = names.length - MOST_NAMES
  const named = `${names.slice(0, MOST_NAMES).join(', ')}${more > 0 ? ` and ${formatCount(more)} more` : ''}`
  return `${formatCount(names.length)} ${names.length === 1 ? 'rule sends' : 'rules send'} there: ${named}.${others}`
}
