import Alert from '@cloudscape-design/components/alert'
import { type Condition, formatCondition, withoutPlace } from '@thingdeck/fleet-query'
import { visible } from '../../../shared/text/visible.tsx'
import { inWords } from '../query.ts'

interface MeantNoticeProps {
  /** Conditions that the query says only about. */
  readonly meant: readonly Condition[]
}

/** Said beside a query that finds more, or less, than was asked for: all that goes by the query does so too. */
export function MeantNotice({ meant }: MeantNoticeProps) {
  if (meant.length === 0) return null
  return (
    <Alert type="info">
      {meant.map((condition) => {
        const term = formatCondition(condition)
        return (
          <div key={term}>
            <strong>{visible(inWords(condition))}</strong> is looked for as{' '}
            <code className="td-mono td-query">{visible(term)}</code>: queries have no place for{' '}
            {withoutPlace(condition).join(' ')} in a value. Other values fit that, too: things that have them are{' '}
            {condition.operator.startsWith('!') ? 'left out as well' : 'counted, exported and chosen with the rest'}.
          </div>
        )
      })}
    </Alert>
  )
}
