import Box from '@cloudscape-design/components/box'
import CopyToClipboard from '@cloudscape-design/components/copy-to-clipboard'
import Link from '@cloudscape-design/components/link'
import SpaceBetween from '@cloudscape-design/components/space-between'
import { type Fact, Facts } from '../../../shared/details/facts.tsx'
import { entryReasonWords } from '../../../shared/iot-logs/reason-words.ts'
import { paths } from '../../../shared/paths.ts'
import { NameText } from '../../../shared/text/name-text.tsx'
import { visible } from '../../../shared/text/visible.tsx'
import { formatDateTime, formatTimeOfDay } from '../../../shared/time.tsx'
import { around } from '../../../shared/time-range.ts'
import { shadowNameOf } from '../model/log-words.ts'
import type { Conflict, LogFact, Moment } from '../model/moment.ts'
import { principalInWords } from '../model/principal-words.ts'
import { momentLink } from '../moment-link.ts'

interface MomentDetailsProps {
  readonly thingName: string
  /** Undefined: it is not among those that were read. */
  readonly moment: Moment | undefined
  readonly isReading: boolean
}

/** All that is known of one moment, and where to look further. */
export function MomentDetails({ thingName, moment, isReading }: MomentDetailsProps) {
  if (!moment) {
    return (
      <Box>
        {isReading
          ? 'It is looked for.'
          : 'It is not among the moments that were read: it may be further back, or not be kept any more.'}
      </Box>
    )
  }
  const { atMs, untilMs, times, why, conflict, log, activity } = moment
  const advice = conflict ? undefined : log.map(adviceOf).find((words) => words !== undefined)
  return (
    <SpaceBetween size="m">
      <Facts
        facts={[
          { label: 'When', value: whenInWords(atMs, untilMs) },
          times > 1 ? { label: 'How often', value: `${times} times` } : undefined,
          why === undefined ? undefined : { label: 'Why, how', value: visible(why) },
          advice === undefined ? undefined : { label: 'What to do', value: advice },
          { label: 'Look further', list: links(thingName, moment) },
        ]}
      />
      {conflict && <Parties conflict={conflict} />}
      {log.map((fact) => (
        <LogFacts key={fact.id} fact={fact} />
      ))}
      {activity.map((entry) => (
        <Facts
          key={entry.id}
          facts={[
            { label: 'Who', value: `${entry.person.name} (${entry.person.role})` },
            { label: 'Operation', value: entry.action },
            { label: 'Request id', copy: entry.requestId },
          ]}
        />
      ))}
    </SpaceBetween>
  )
}

const whenInWords = (atMs: number, untilMs: number | undefined) =>
  `${formatDateTime(atMs)} (${formatTimeOfDay(atMs)})${untilMs === undefined ? '' : ` until ${formatDateTime(untilMs)}`}`

const adviceOf = (fact: LogFact) => entryReasonWords(fact)?.whatToDo

function links(thingName: string, moment: Moment) {
  const { log, activity } = moment
  const [entry] = activity
  const logged = log.find(({ isHeard }) => !isHeard)
  const traced = log.flatMap(({ traceId, time }) => (traceId === undefined ? [] : [{ traceId, time }]))[0]
  const shadow = log.map(({ topicName }) => shadowNameOf(topicName)).find((name) => name !== undefined)
  const topic = log.find(({ topicName }) => topicName !== undefined && !topicName.includes(','))?.topicName
  return [
    <CopyToClipboard
      key="copy"
      variant="inline"
      textToDisplay="Link to this moment"
      textToCopy={new URL(momentLink(thingName, moment), location.origin).href}
      copyButtonAriaLabel="Copy link to this moment"
      copySuccessText="Link copied"
      copyErrorText="The link could not be copied"
    />,
    traced && (
      <Link key="trace" href={paths.trace(traced.traceId, { at: traced.time })}>
        Follow its request
      </Link>
    ),
    logged && (
      <Link key="logs" href={paths.logs({ thing: thingName, ...around(logged.atMs) })}>
        Log entries around it
      </Link>
    ),
    entry && (
      <Link key="activity" href={paths.activity({ thing: thingName, look: entry.id })}>
        The entry in Activity
      </Link>
    ),
    shadow !== undefined && (
      <Link key="shadow" href={paths.shadow(thingName, shadow === '' ? undefined : shadow)}>
        {shadow === '' ? 'The classic shadow' : `Shadow ${shadow}`}
      </Link>
    ),
    topic !== undefined && (
      <Link key="live" href={paths.live({ s: [`0:${topic}`] })}>
        Live messages of {visible(topic)}
      </Link>
    ),
  ].filter((link) => link !== undefined && link !== false)
}

/** Both sides of a fight. */
function Parties({ conflict: { clientId, parties } }: { readonly conflict: Conflict }) {
  return (
    <SpaceBetween size="xs">
      <Box variant="h3">
        Who used the client id{' '}
        <Link href={paths.client(clientId, { tab: 'history' })}>
          <NameText text={clientId} />
        </Link>
      </Box>
      <Facts
        facts={parties.map(({ principalId, sourceIps, took, lastConnectedAtMs }, index) => ({
          label: index === 0 ? 'One side' : index === 1 ? 'The other side' : 'Another side',
          list: [
            principalId === undefined ? (
              'a principal that the log does not name'
            ) : (
              <span key="who" title={principalId}>
                {principalInWords(principalId)}
              </span>
            ),
            sourceIps.length === 0 ? 'from where is not in the log' : `from ${sourceIps.join(', ')}`,
            `took it ${took === 1 ? 'once' : `${took} times`}`,
            ...(lastConnectedAtMs === undefined ? [] : [`connected last ${formatDateTime(lastConnectedAtMs)}`]),
          ],
        }))}
      />
    </SpaceBetween>
  )
}

/** The entry's own members, in AWS's names. */
function LogFacts({ fact }: { readonly fact: LogFact }) {
  const source = fact.isHeard ? 'Lifecycle event' : 'Log entry'
  const facts: (Fact | undefined)[] = [
    { label: source, value: `${fact.eventType}, ${fact.status ?? 'without a status'}, ${formatTimeOfDay(fact.atMs)}` },
    has('Client id', fact.clientId),
    fact.principalId === undefined ? undefined : { label: 'Principal', copy: fact.principalId },
    has('From', fact.sourceIp && `${fact.sourceIp}${fact.sourcePort === undefined ? '' : `:${fact.sourcePort}`}`),
    has('Protocol', fact.protocol),
    has('Topic', fact.topicName),
    has('disconnectReason', fact.disconnectReason),
    has('reason', fact.reason),
    has('details', fact.details),
    has('Rule', fact.ruleName),
    has('Job', fact.jobId),
    fact.traceId === undefined ? undefined : { label: 'Trace id', copy: fact.traceId },
  ]
  return <Facts facts={facts} />
}

const has = (label: string, value: string | undefined): Fact | undefined =>
  value === undefined || value === '' ? undefined : { label, value: visible(value) }
