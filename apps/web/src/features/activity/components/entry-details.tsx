import Alert from '@cloudscape-design/components/alert'
import Box from '@cloudscape-design/components/box'
import CopyToClipboard from '@cloudscape-design/components/copy-to-clipboard'
import Link from '@cloudscape-design/components/link'
import SpaceBetween from '@cloudscape-design/components/space-between'
import { useQuery } from '@tanstack/react-query'
import { type AuditEntry, thingOfResource } from '@thingdeck/contract'
import { pathWords } from '../../../shared/audit-change.ts'
import { type Fact, Facts } from '../../../shared/details/facts.tsx'
import { DifferenceTable } from '../../../shared/diff/difference-table.tsx'
import { paths } from '../../../shared/paths.ts'
import { NameText } from '../../../shared/text/name-text.tsx'
import { visible } from '../../../shared/text/visible.tsx'
import { Age, formatDateTime } from '../../../shared/time.tsx'
import { Copyable } from '../../../shared/ui/copyable.tsx'
import { ErrorAlert } from '../../../shared/ui/error-alert.tsx'
import { Loading } from '../../../shared/ui/loading.tsx'
import { activityEntryQuery } from '../api.ts'
import { doubtsOf } from '../entry-words.ts'
import { Outcome } from './outcome.tsx'
import { PublishedFacts } from './published-facts.tsx'
import { ResourceLink } from './resource-link.tsx'

interface EntryLookProps {
  readonly id: string
  /** The entry, where the list has it. */
  readonly listed: AuditEntry | undefined
}

/** Everything about one entry, also about one that the list does not show. */
export function EntryLook({ id, listed }: EntryLookProps) {
  const { data, error, refetch } = useQuery({ ...activityEntryQuery(id), enabled: listed === undefined })
  const entry = listed ?? data
  if (entry) return <EntryDetails entry={entry} />
  if (error) return <ErrorAlert error={error} what="The entry could not be read" onRetry={() => void refetch()} />
  if (entry === null) {
    return <Box color="text-body-secondary">This entry is not kept any more: newer ones took its place.</Box>
  }
  return <Loading what="entry" />
}

function EntryDetails({ entry }: { readonly entry: AuditEntry }) {
  const { changes, published, isBeforeUnknown = false } = entry
  const doubts = doubtsOf(entry)
  return (
    <SpaceBetween size="m">
      {doubts.length > 0 && (
        <Alert type="info">
          {doubts.map((doubt) => (
            <div key={doubt}>{doubt}</div>
          ))}
        </Alert>
      )}
      {published ? (
        <PublishedFacts published={published} />
      ) : changes === undefined ? (
        <Box color="text-body-secondary">No values belong to this entry.</Box>
      ) : changes.length === 0 ? (
        <Box color="text-body-secondary">No value changed: everything was so already.</Box>
      ) : (
        <DifferenceTable
          label="Values before and after"
          differences={changes.map(({ path, beforeText, afterText }) => ({
            key: pathWords(path),
            before: beforeText,
            after: afterText,
          }))}
          isBeforeUnknown={isBeforeUnknown}
        />
      )}
      <Facts facts={factsOf(entry)} />
      <CopyToClipboard
        copyButtonText="Copy entry as JSON"
        copySuccessText="Entry copied"
        copyErrorText="The entry could not be copied"
        textToCopy={JSON.stringify(entry, null, 2)}
      />
    </SpaceBetween>
  )
}

function factsOf(entry: AuditEntry): readonly (Fact | undefined)[] {
  const { time, person, resource, outcome, version, clientToken, requestId, bulkChangeId, mqtt, shadows } = entry
  const atMs = Date.parse(time)
  return [
    {
      label: 'When',
      value: (
        <>
          {formatDateTime(atMs)} (<Age atMs={atMs} />)
        </>
      ),
    },
    {
      label: 'Who',
      value: (
        <>
          {visible(person.name)} ({person.role}), <Copyable what="id of the person" text={person.id} />
        </>
      ),
    },
    {
      label: 'Outcome',
      value: (
        <>
          <Outcome {...entry} />
          {outcome.message !== undefined && <div>{visible(outcome.message)}</div>}
        </>
      ),
    },
    { label: 'What', value: <ResourceLink entry={entry} /> },
    resource === undefined ? undefined : { label: 'Resource', copy: resource.arn ?? resource.id, what: 'resource' },
    version === undefined ? undefined : { label: 'Version', value: version },
    shadows && { label: 'Shadows, too', list: shadows.map(({ id }) => <ShadowLink key={id} id={id} />) },
    mqtt && { label: 'MQTT client id', copy: mqtt.clientId, what: 'client id' },
    mqtt && { label: "Written, by the page's clock", value: spanWords(Date.parse(mqtt.from), Date.parse(mqtt.to)) },
    clientToken === undefined ? undefined : { label: 'Client token', copy: clientToken },
    bulkChangeId === undefined
      ? undefined
      : {
          label: 'Bulk change',
          value: <Link href={paths.activity({ bulkChange: bulkChangeId })}>all entries of the bulk change</Link>,
        },
    { label: 'Request', copy: requestId, what: 'request id' },
  ]
}

const spanWords = (fromMs: number, toMs: number): string =>
  toMs - fromMs < 1_000 ? formatDateTime(fromMs) : `${formatDateTime(fromMs)} to ${formatDateTime(toMs)}`

function ShadowLink({ id }: { readonly id: string }) {
  const { thingName = id, shadowName } = thingOfResource({ type: 'shadow', id }) ?? {}
  return (
    <Link href={paths.shadow(thingName, shadowName)}>
      <NameText text={id} />
    </Link>
  )
}
