import Alert from '@cloudscape-design/components/alert'
import Button from '@cloudscape-design/components/button'
import SpaceBetween from '@cloudscape-design/components/space-between'
import { useMemo } from 'react'
import { usePageChrome } from '../../shared/chrome/chrome.tsx'
import { formatCount, formatCounted } from '../../shared/format.ts'
import { PageHeader } from '../../shared/help/page-header.tsx'
import { paths } from '../../shared/paths.ts'
import { usePolicyHome } from '../../shared/policy-editor/use-policy-home.ts'
import type { SearchProps } from '../../shared/search-props.ts'
import { ErrorAlert } from '../../shared/ui/error-alert.tsx'
import { FromTrafficForm } from './components/from-traffic-form.tsx'
import { MadePolicy } from './components/made-policy.tsx'
import { RecordingSource } from './components/recording-source.tsx'
import { TrafficNotice } from './components/traffic-notice.tsx'
import { policyOfRecording, policyOfTraffic } from './policy-of-traffic.ts'
import type { RecordedTopics } from './recording/recorded-topics.ts'
import { useRecordedTopics } from './recording/use-recorded-topics.ts'
import { useSaidRequests } from './recording/use-said-requests.ts'
import type { FromTrafficSearch } from './search.ts'
import { useFactsOfClients } from './use-facts-of-clients.ts'
import { useLogTraffic } from './use-log-traffic.ts'

/** The smallest policy that allows what a client was seen to do. */
export function FromTrafficPage({ search, setSearch }: SearchProps<FromTrafficSearch>) {
  usePageChrome({
    title: 'Policy from traffic',
    breadcrumbs: [
      { text: 'Policies', href: paths.policies() },
      { text: 'Policy from traffic', href: paths.policyFromTraffic() },
    ],
  })
  return (
    <SpaceBetween size="m">
      <PageHeader description="The smallest policy that allows what a client was seen to do, with the name of its thing as a variable: a beginning, to be edited before it is kept.">
        Policy from traffic
      </PageHeader>
      <FromTrafficForm search={search} setSearch={setSearch} />
      {search.on === 'recording' ? (
        <OfRecording search={search} setSearch={setSearch} />
      ) : search.client === undefined ? (
        <Alert type="info">Say which client is looked at: its MQTT client id.</Alert>
      ) : (
        <Made clientId={search.client} search={search} />
      )}
    </SpaceBetween>
  )
}

function Made({ clientId, search }: { readonly clientId: string; readonly search: FromTrafficSearch }) {
  const home = usePolicyHome()
  const traffic = useLogTraffic(search.last ?? '1h', clientId)
  const { facts, error, isLooking } = useFactsOfClients(traffic.requests)
  const generaliseFrom = search.generalise === undefined ? undefined : Number(search.generalise)
  const withRefused = search.refused === '1'
  const isOwnReservedWhole = search.own === '1'
  const made = useMemo(
    () => policyOfTraffic(traffic.requests, facts, { home, generaliseFrom, isOwnReservedWhole, withRefused }),
    [traffic.requests, facts, home, generaliseFrom, isOwnReservedWhole, withRefused],
  )
  const isOver = !traffic.isReading && !isLooking
  return (
    <SpaceBetween size="m">
      <TrafficNotice traffic={traffic} />
      {error && <ErrorAlert error={error} what="The things of the client could not be read" />}
      <div role="status">
        {isOver
          ? `${formatCount(traffic.entries)} log entries of ${clientId} were read.`
          : `Reading: ${formatCount(traffic.entries)} log entries so far.`}
      </div>
      {traffic.readOn && (
        <Button variant="inline-link" onClick={traffic.readOn}>
          There is older traffic in this time: read on
        </Button>
      )}
      {made === undefined ? (
        isOver && <Alert type="info">The log shows nothing of this client in this time that policies decide.</Alert>
      ) : (
        <MadePolicy made={made} whyNotYet={isOver ? undefined : 'The log is still being read.'} />
      )}
    </SpaceBetween>
  )
}

function OfRecording({ search, setSearch }: SearchProps<FromTrafficSearch>) {
  const topics = useRecordedTopics()
  return (
    <SpaceBetween size="m">
      <RecordingSource topics={topics} search={search} setSearch={setSearch} />
      {topics.open && <MadeOfRecording recorded={topics.open.recorded} search={search} />}
    </SpaceBetween>
  )
}

interface MadeOfRecordingProps {
  readonly recorded: RecordedTopics
  readonly search: FromTrafficSearch
}

/** Of messages that somebody says whose they are. */
function MadeOfRecording({ recorded, search }: MadeOfRecordingProps) {
  const home = usePolicyHome()
  const said = useSaidRequests(recorded, search)
  const generaliseFrom = search.generalise === undefined ? undefined : Number(search.generalise)
  const isOwnReservedWhole = search.own === '1'
  const made = useMemo(
    () => policyOfRecording(said.requests, { home, generaliseFrom, isOwnReservedWhole }),
    [said, home, generaliseFrom, isOwnReservedWhole],
  )
  const things = new Set(said.requests.map(({ thingName }) => thingName)).size
  return (
    <SpaceBetween size="m">
      <Alert type="info" header="What a recording does not have">
        Connects and subscriptions, whatever was refused, and what else the things did than what was subscribed to here.
        Allow iot:Connect, and iot:Subscribe for what is received, before you keep it. Assumed: the parties above, each
        with the thing’s name as client id.
      </Alert>
      <div role="status">
        {[
          `${formatCounted(recorded.messages, 'message')} of ${formatCounted(things, 'thing')}`,
          said.unnamed > 0 && `${formatCounted(said.unnamed, 'message')} of nobody: the topic names no thing`,
          said.byAws > 0 && `${formatCounted(said.byAws, 'message')} published by AWS IoT itself`,
          !recorded.isWhole && 'the recording breaks off',
        ]
          .filter((words) => words !== false)
          .join('; ')}
        .
      </div>
      {made === undefined ? (
        <Alert type="info">These messages are of nobody: say above which thing published or received them.</Alert>
      ) : (
        <MadePolicy made={made} whyNotYet={undefined} />
      )}
    </SpaceBetween>
  )
}
