import Box from '@cloudscape-design/components/box'
import Link from '@cloudscape-design/components/link'
import { useQuery } from '@tanstack/react-query'
import type { RuleDestination } from '@thingdeck/contract'
import { paths } from '../../../shared/paths.ts'
import { NameText } from '../../../shared/text/name-text.tsx'
import { destinationUsesQuery } from '../api.ts'
import { type UsedBy, usersOf } from '../destination-words.ts'

/** Which rules send there, with what. */
export function DestinationUsers({ destination }: { readonly destination: RuleDestination }) {
  const { data, error } = useQuery(destinationUsesQuery)
  const users = data && usersOf(destination, data.uses)
  return (
    <div>
      <Box variant="h3" padding={{ bottom: 'xxs' }}>
        Rules that send there
      </Box>
      {error && `Not read: ${error.message}`}
      {!error && !users && 'Reading the rules of the account…'}
      {users?.length === 0 && 'None.'}
      {users && users.length > 0 && (
        <ul className="td-plain-list">
          {users.map((user) => (
            <li key={`${user.use.ruleName} ${user.use.action} ${user.use.isErrorAction} ${user.use.confirmationUrl}`}>
              <User user={user} />
            </li>
          ))}
        </ul>
      )}
      {data && !data.isAll && 'The account has more rules than were looked at.'}
    </div>
  )
}

function User({ user: { use, certainty } }: { readonly user: UsedBy }) {
  return (
    <>
      <Link href={paths.rule(use.ruleName)}>
        <NameText text={use.ruleName} />
      </Link>{' '}
      {wordsOf(use.action, use.isErrorAction)}
      {certainty === 'may use' && ', if its template makes this URL of a message'}
      {use.isRuleDisabled && ' (the rule is disabled)'}
    </>
  )
}

const ACTIONS = { http: 'HTTP', kafka: 'Kafka', influxDB: 'InfluxDB' } as const

const wordsOf = (action: keyof typeof ACTIONS, isErrorAction: boolean): string =>
  `by its ${isErrorAction ? 'error action' : 'action'} ${ACTIONS[action]}`
