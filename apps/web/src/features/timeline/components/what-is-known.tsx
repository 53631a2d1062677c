import Alert from '@cloudscape-design/components/alert'
import Box from '@cloudscape-design/components/box'
import Link from '@cloudscape-design/components/link'
import SpaceBetween from '@cloudscape-design/components/space-between'
import { logsSuccesses, type TimelinePage, type TimelineSubject } from '@thingdeck/contract'
import { capitalised } from '../../../shared/format.ts'
import { paths } from '../../../shared/paths.ts'
import { formatDateTime } from '../../../shared/time.tsx'
import type { View } from '../axis/view.ts'
import { principalInWords } from '../model/principal-words.ts'

interface WhatIsKnownProps {
  readonly subject: TimelineSubject
  readonly log: TimelinePage['log'] | undefined
  readonly view: View
  readonly nowMs: number
}

/** What the timeline cannot know, and what would change that. */
export function WhatIsKnown({ subject, log, view, nowMs }: WhatIsKnownProps) {
  const gaps = gapsOf(subject, log)
  const kept = keptInWords(subject, view, nowMs)
  return (
    <SpaceBetween size="xs">
      {gaps.map(({ header, text, cure }) => (
        <Alert key={header} type="info" header={header}>
          {text}
          {cure !== undefined && (
            <>
              {' '}
              <Link href={cure.href}>{cure.text}</Link>.
            </>
          )}
        </Alert>
      ))}
      <Box color="text-body-secondary" fontSize="body-s">
        {whoInWords(subject)} {kept}
      </Box>
    </SpaceBetween>
  )
}

interface Gap {
  readonly header: string
  readonly text: string
  /** Where that can be changed. */
  readonly cure?: { readonly text: string; readonly href: string }
}

const TURN_ON = { text: 'Turn on logging', href: paths.logSettings() }

/** What is missing, in the order of how much. */
function gapsOf(
  { clientId, logging, principals }: TimelineSubject,
  log: TimelinePage['log'] | undefined,
): readonly Gap[] {
  const gaps: Gap[] = []
  if (log?.outcome === 'not-allowed') {
    gaps.push({
      header: 'The console may not read the log',
      text: `Its own role needs logs:FilterLogEvents on the log group AWSIotLogsV2. AWS says: ${log.message ?? 'AccessDeniedException'}`,
    })
  } else if (log?.outcome === 'failed') {
    gaps.push({ header: 'The log could not be read', text: `AWS says: ${log.message ?? 'nothing more'}` })
  } else if (logging.state === 'off' || log?.outcome === 'logging-off') {
    gaps.push({
      header: 'Logging is off',
      text: 'AWS IoT writes nothing down: connects, disconnects and refusals are only here as long as this page hears them. What people change through the console is here all the same. At level INFO, logging has all of it from then on; on AWS it costs what CloudWatch Logs takes for each GB.',
      cure: TURN_ON,
    })
  } else if (log?.outcome === 'no-log-group') {
    gaps.push({
      header: 'Nothing was logged yet',
      text: 'There is no log group AWSIotLogsV2: AWS IoT makes it with the first entry.',
    })
  }
  if (logging.state === 'on' && logging.level !== undefined && !logsSuccesses(logging.level)) {
    gaps.push({
      header: `At level ${logging.level} only what fails is logged`,
      text: `${LEVEL_BY[logging.levelBy ?? 'account']} Connects and shadow updates that succeed are logged at INFO: without them it is not known from when to when the device was connected.`,
      cure: { text: `Set levels, or log ${clientId} at DEBUG for a while`, href: paths.logSettings() },
    })
  }
  if (logging.state === 'not-allowed' || logging.state === 'not-known') {
    gaps.push({
      header: 'What is logged is not known',
      text: `Whether something is missing here cannot be said: iot:GetV2LoggingOptions was refused or failed. AWS says: ${logging.message ?? 'nothing more'}`,
    })
  }
  if (principals.length === 0) {
    gaps.push({
      header: 'No certificate is attached to this thing',
      text: 'A device that cannot be authenticated is refused before it says its client id, and the log names its certificate alone: without one that is attached, such a refusal is not known to be of this thing.',
      cure: {
        text: 'Connects that could not be authenticated',
        href: paths.logs({ event: 'Connection.AuthNError', last: '1h' }),
      },
    })
  }
  return gaps
}

const LEVEL_BY = {
  account: 'This is the level of the account.',
  event: 'This is the level of the event type Connect.',
  CLIENT_ID: 'This is the level set for this client id.',
  PRINCIPAL_ID: 'This is the level set for its principal.',
  THING_GROUP: 'This is the level set for a group of the thing.',
} as const

/** Which client is taken for the thing, and why. */
function whoInWords({ clientId, principals, furtherPrincipals }: TimelineSubject): string {
  const exclusive = principals.filter(({ attachment }) => attachment === 'exclusive')
  const alone = principals.filter(({ attachment }) => attachment === 'alone')
  const shared = principals.filter(({ attachment }) => attachment === 'shared' || attachment === 'not-known')
  const by = [
    `the client id ${clientId}`,
    ...exclusive.map(
      ({ principalId }) => `whatever ${principalInWords(principalId)} does, which is attached exclusively`,
    ),
    ...alone.map(({ principalId }) => `whatever ${principalInWords(principalId)} does, which no other thing has`),
  ]
  const not = shared.map(({ principalId, otherThings }) =>
    otherThings === undefined
      ? `${principalInWords(principalId)} counts by the client id alone: the console may not ask which things have it.`
      : `${principalInWords(principalId)} counts by the client id alone: ${otherThings} other ${otherThings === 1 ? 'thing has' : 'things have'} it too.`,
  )
  const further =
    furtherPrincipals === undefined ? [] : [`${furtherPrincipals} more principals are attached and were not looked at.`]
  return [`As this thing counts ${by.join('; ')}; and what names the thing.`, ...not.map(capitalised), ...further].join(
    ' ',
  )
}

const DAY_MS = 86_400_000

function keptInWords({ logging: { retentionDays, keptSince } }: TimelineSubject, view: View, nowMs: number): string {
  const sinceMs = Math.max(
    keptSince === undefined ? 0 : Date.parse(keptSince),
    retentionDays === undefined ? 0 : nowMs - retentionDays * DAY_MS,
  )
  const forHowLong = retentionDays === undefined ? '' : `CloudWatch Logs keeps entries for ${retentionDays} days.`
  if (sinceMs <= view.fromMs) return forHowLong
  return `${forHowLong} Nothing in the log is older than ${formatDateTime(sinceMs)}.`.trim()
}
