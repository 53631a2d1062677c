import Container from '@cloudscape-design/components/container'
import Header from '@cloudscape-design/components/header'
import Link from '@cloudscape-design/components/link'
import StatusIndicator from '@cloudscape-design/components/status-indicator'
import type { IotLogEntry } from '@thingdeck/contract'
import { type Fact, Facts } from '../../../shared/details/facts.tsx'
import { eventWords } from '../../../shared/iot-logs/event-kinds.ts'
import { isFailure, whyInWords } from '../../../shared/iot-logs/reason-words.ts'
import { paths } from '../../../shared/paths.ts'
import { NameText } from '../../../shared/text/name-text.tsx'
import { visible } from '../../../shared/text/visible.tsx'
import { formatDateTime, formatTimeOfDay } from '../../../shared/time.tsx'
import { around } from '../../../shared/time-range.ts'
import type { Trace } from '../model.ts'
import { LetInBy } from './let-in-by.tsx'

/** What all the rest was caused by: who, from where, by which right. */
export function CauseFacts({ cause, trace }: { readonly cause: IotLogEntry; readonly trace: Trace }) {
  return (
    <Container header={<Header variant="h2">{eventWords(cause) ?? cause.eventType ?? 'Cause'}</Header>}>
      <Facts facts={factsOf(cause, trace)} />
    </Container>
  )
}

function factsOf(cause: IotLogEntry, { shadows }: Trace): readonly (Fact | undefined)[] {
  const { at, clientId, topicName, principalId, sourceIp, sourcePort, protocol, traceId, eventType } = cause
  const atMs = Date.parse(at)
  return [
    clientId === undefined
      ? undefined
      : {
          label: 'By client',
          value: (
            <Link href={paths.logs({ client: clientId, ...around(atMs) })}>
              <NameText text={clientId} />
            </Link>
          ),
        },
    topicName === undefined ? undefined : { label: 'Topic', copy: topicName, what: 'topic' },
    { label: 'When', value: <span title={formatDateTime(atMs)}>{formatTimeOfDay(atMs)}</span> },
    {
      label: 'Outcome',
      value: isFailure(cause) ? (
        <StatusIndicator type="error">{visible(whyInWords(cause) ?? 'Failed')}</StatusIndicator>
      ) : (
        <StatusIndicator type="success">Accepted</StatusIndicator>
      ),
    },
    eventType === 'Publish-In' ? { label: 'Let in by', value: <LetInBy entry={cause} /> } : undefined,
    principalId === undefined ? undefined : { label: 'Principal', copy: principalId, what: 'principal' },
    {
      label: 'From',
      value: `${sourceIp ?? 'not known'}${sourcePort === undefined ? '' : ` :${sourcePort}`}${protocol ? `, over ${protocol}` : ''}`,
    },
    shadows.length === 0
      ? undefined
      : {
          label: 'Shadow',
          list: shadows.map((entry) => (
            <span key={entry.eventId}>
              <Link href={paths.shadow(entry.thingName ?? '')}>
                <NameText text={entry.thingName ?? '–'} />
              </Link>
              : {eventWords(entry) ?? entry.eventType}
            </span>
          )),
        },
    traceId === undefined ? undefined : { label: 'Trace id', copy: traceId },
  ]
}
