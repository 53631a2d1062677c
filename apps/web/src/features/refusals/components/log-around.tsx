import Box from '@cloudscape-design/components/box'
import { useQuery } from '@tanstack/react-query'
import type { IotLogEntry, Refusal } from '@thingdeck/contract'
import { whyInWords } from '../../../shared/iot-logs/reason-words.ts'
import { visible } from '../../../shared/text/visible.tsx'
import { formatTimeOfDay } from '../../../shared/time.tsx'
import { ErrorAlert } from '../../../shared/ui/error-alert.tsx'
import { logAroundQuery } from '../api.ts'

/** What else the log has of the same client half a minute before and after the last time, in the order of time. */
export function LogAround({ refusal }: { readonly refusal: Refusal }) {
  const { data, error, refetch } = useQuery(logAroundQuery(refusal))
  if (error) {
    return <ErrorAlert error={error} what="The log around then could not be read" onRetry={() => void refetch()} />
  }
  if (data === undefined) return null
  const entries = data.entries.toReversed()
  return (
    <div>
      <Box variant="h3">{refusal.clientId === undefined ? 'Its principal' : 'This client'} around then</Box>
      <ul className="td-refusal-around">
        {entries.map((entry) => (
          <li key={entry.eventId} {...(entry.eventId === refusal.lastEventId && { 'data-is-this': true })}>
            <time className="td-mono" dateTime={entry.at}>
              {formatTimeOfDay(Date.parse(entry.at))}
            </time>
            <span>{visible(entry.eventType ?? 'Text')}</span>
            <span>{visible(wordsOf(entry))}</span>
          </li>
        ))}
      </ul>
    </div>
  )
}

const wordsOf = (entry: IotLogEntry): string => {
  const why = entry.status === 'Failure' || entry.disconnectReason !== undefined ? whyInWords(entry) : undefined
  return [entry.topicName, why].filter((part) => part !== undefined).join(': ')
}
