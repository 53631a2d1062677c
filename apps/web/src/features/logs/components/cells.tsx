import Link from '@cloudscape-design/components/link'
import StatusIndicator from '@cloudscape-design/components/status-indicator'
import type { IotLogEntry } from '@thingdeck/contract'
import { entryReasonWords, isFailure, reasonOf } from '../../../shared/iot-logs/reason-words.ts'
import { paths } from '../../../shared/paths.ts'
import { NameText } from '../../../shared/text/name-text.tsx'
import { visible } from '../../../shared/text/visible.tsx'
import { visibleText } from '../../../shared/text/visible-text.ts'
import { formatDateTime, formatTimeOfDay } from '../../../shared/time.tsx'

/** To the millisecond; day and offset on hover. */
export const When = ({ at }: Pick<IotLogEntry, 'at'>) => (
  <time className="td-mono" dateTime={at} title={formatDateTime(Date.parse(at))}>
    {formatTimeOfDay(Date.parse(at))}
  </time>
)

/** The kind of an entry, and whether what it tells of was done. */
export function Event({ entry }: { readonly entry: IotLogEntry }) {
  const { eventType = 'Text', status } = entry
  if (status === undefined && !isFailure(entry)) return visible(eventType)
  const type = isFailure(entry) ? 'error' : status === 'SucceededWithIssues' ? 'warning' : 'success'
  return (
    <span title={visibleText(eventType)}>
      <StatusIndicator type={type} wrapText={false}>
        {visible(eventType)}
      </StatusIndicator>
    </span>
  )
}

/**
 * What it is about (topic, rule, thing; of a line of text the line), and below it why, in words. Whole, and with AWS's
 * code, on hover and in the look.
 */
export function AboutAndWhy({ entry }: { readonly entry: IotLogEntry }) {
  const { topicName, ruleName, thingName, message, eventType } = entry
  const about = topicName ?? (eventType === undefined ? message : (ruleName ?? thingName))
  const reason = reasonOf(entry)
  const words = entryReasonWords(entry)?.why
  const why = words ?? reason ?? entry.details
  if (about === undefined && why === undefined) return '–'
  return (
    <>
      {about !== undefined && (
        <div className="td-mono td-two-lines" title={visibleText(about)}>
          <NameText text={about} />
        </div>
      )}
      {why !== undefined && (
        <div className="td-two-lines td-weak" title={visibleText(words === undefined ? why : `${words} (${reason})`)}>
          {visible(why)}
        </div>
      )}
    </>
  )
}

/** On one line, as client ids may be long: whole on hover, and in the look. */
export const ClientLink = ({ clientId }: Pick<IotLogEntry, 'clientId'>) =>
  clientId === undefined ? (
    '–'
  ) : (
    <span title={visibleText(clientId)}>
      <Link href={paths.logs({ client: clientId })}>{visible(clientId)}</Link>
    </span>
  )

export const TraceLink = ({ traceId, at }: Pick<IotLogEntry, 'traceId' | 'at'>) =>
  traceId === undefined ? (
    '–'
  ) : (
    <Link href={paths.trace(traceId, { at })}>
      <span className="td-mono">{visible(traceId.slice(0, 8))}</span>
    </Link>
  )
