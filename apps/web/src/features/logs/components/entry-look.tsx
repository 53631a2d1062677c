import Alert from '@cloudscape-design/components/alert'
import Box from '@cloudscape-design/components/box'
import CopyToClipboard from '@cloudscape-design/components/copy-to-clipboard'
import ExpandableSection from '@cloudscape-design/components/expandable-section'
import SpaceBetween from '@cloudscape-design/components/space-between'
import { useQuery } from '@tanstack/react-query'
import type { IotLogEntry } from '@thingdeck/contract'
import { type Fact, Facts } from '../../../shared/details/facts.tsx'
import { eventWords } from '../../../shared/iot-logs/event-kinds.ts'
import { entryReasonWords, isFailure, reasonOf } from '../../../shared/iot-logs/reason-words.ts'
import { visible } from '../../../shared/text/visible.tsx'
import { Age, formatDateTime, formatTimeOfDay } from '../../../shared/time.tsx'
import { ErrorAlert } from '../../../shared/ui/error-alert.tsx'
import { Loading } from '../../../shared/ui/loading.tsx'
import { logEntryQuery } from '../api.ts'
import { membersOf } from '../members.ts'
import { EntryLinks } from './entry-links.tsx'

interface EntryLookProps {
  readonly id: string
  /** The entry, where the list has it. */
  readonly listed: IotLogEntry | undefined
  readonly group: string | undefined
  readonly onDebug: (clientId: string) => void
}

/** Everything about one entry, also about one that the list does not show. */
export function EntryLook({ id, listed, group, onDebug }: EntryLookProps) {
  const { data, error, refetch } = useQuery({ ...logEntryQuery(id, group), enabled: listed === undefined })
  const entry = listed ?? data
  if (entry) return <EntryDetails entry={entry} onDebug={onDebug} />
  if (error) return <ErrorAlert error={error} what="The entry could not be read" onRetry={() => void refetch()} />
  if (entry === null) {
    return (
      <Box color="text-body-secondary">
        CloudWatch Logs has no such entry: it is older than the log group keeps, or of another log group.
      </Box>
    )
  }
  return <Loading what="entry" />
}

function EntryDetails({
  entry,
  onDebug,
}: {
  readonly entry: IotLogEntry
  readonly onDebug: EntryLookProps['onDebug']
}) {
  const reason = reasonOf(entry)
  const words = entryReasonWords(entry)
  return (
    <SpaceBetween size="m">
      <Box>
        {entry.eventType === undefined
          ? 'A line of text'
          : (eventWords(entry) ?? 'An entry of a kind that is not known here')}
        .
      </Box>
      {reason !== undefined && (
        <Alert type={isFailure(entry) ? 'error' : 'info'} header={words?.why ?? visible(reason)}>
          {words?.whatToDo}{' '}
          <span className="td-weak">
            {visible(reason)}
            {entry.details !== undefined && <>: {visible(entry.details)}</>}
          </span>
        </Alert>
      )}
      <EntryLinks entry={entry} onDebug={onDebug} />
      <Facts facts={factsOf(entry)} />
      <ExpandableSection
        headerText="As CloudWatch Logs has it"
        headingTagOverride="h3"
        defaultExpanded
        headerActions={
          <CopyToClipboard
            copyButtonText="Copy"
            copyButtonAriaLabel="Copy the entry"
            copySuccessText="Entry copied"
            copyErrorText="The entry could not be copied"
            textToCopy={entry.message}
          />
        }
      >
        <pre className="td-payload">{visible(entry.message, true)}</pre>
      </ExpandableSection>
    </SpaceBetween>
  )
}

/** Members that are said in another way. */
const SAID: ReadonlySet<string> = new Set(['timestamp', 'reason', 'details', 'disconnectReason'])

/** What people look for elsewhere, and copy. */
const COPIED: ReadonlySet<string> = new Set(['traceId', 'principalId', 'clientId', 'topicName', 'jobId', 'clientToken'])

const LABELS: Readonly<Record<string, string>> = {
  logLevel: 'Level',
  traceId: 'Trace id',
  accountId: 'Account',
  eventType: 'Event',
  topicName: 'Topic',
  clientId: 'Client id',
  principalId: 'Principal',
  sourceIp: 'Source IP',
  sourcePort: 'Source port',
  deviceShadowName: 'Thing of the shadow',
  ruleName: 'Rule',
  ruleAction: 'Rule action',
}

/** `disconnectReason` → `Disconnect reason`. */
const labelOf = (name: string): string =>
  LABELS[name] ??
  name.charAt(0).toUpperCase() + name.slice(1).replaceAll(/([a-z])([A-Z])/g, (_, a, b) => `${a} ${b.toLowerCase()}`)

function factsOf(entry: IotLogEntry): readonly Fact[] {
  const atMs = Date.parse(entry.at)
  return [
    {
      label: 'When',
      value: (
        <>
          {formatDateTime(atMs)}, {formatTimeOfDay(atMs).slice(9)} ms (<Age atMs={atMs} />)
        </>
      ),
    },
    ...membersOf(entry.message)
      .filter(([name]) => !SAID.has(name))
      .map(([name, text]): Fact => {
        const label = labelOf(name)
        if (name === 'principalId' && /^[0-9a-f]{64}$/.test(text)) {
          return { label, copy: text, what: 'principal' }
        }
        if (name === 'sourceIp') return { label, value: visible(text) }
        return COPIED.has(name)
          ? { label, copy: text }
          : { label, value: <span className="td-mono">{visible(text)}</span> }
      }),
    { label: 'Log stream', value: <span className="td-mono">{visible(entry.logStreamName)}</span> },
  ]
}
