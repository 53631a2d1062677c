import Alert from '@cloudscape-design/components/alert'
import Button from '@cloudscape-design/components/button'
import Header from '@cloudscape-design/components/header'
import SpaceBetween from '@cloudscape-design/components/space-between'
import Table, { type TableProps } from '@cloudscape-design/components/table'
import { useRouter } from '@tanstack/react-router'
import { MAX_POLICY_DOCUMENT_SIZE, type PolicyLine } from '@thingdeck/policies'
import { useMemo } from 'react'
import { usePageChrome } from '../../shared/chrome/chrome.tsx'
import { formatCount } from '../../shared/format.ts'
import { PageHeader } from '../../shared/help/page-header.tsx'
import { paths } from '../../shared/paths.ts'
import { keepPolicyDraft, NEW_POLICY } from '../../shared/policy-editor/policy-drafts.ts'
import { PolicyEditor } from '../../shared/policy-editor/policy-editor.tsx'
import { usePolicyHome } from '../../shared/policy-editor/use-policy-home.ts'
import type { SearchProps } from '../../shared/search-props.ts'
import { NameText } from '../../shared/text/name-text.tsx'
import { ErrorAlert } from '../../shared/ui/error-alert.tsx'
import { FromTrafficForm } from './components/from-traffic-form.tsx'
import { TrafficNotice } from './components/traffic-notice.tsx'
import { policyOfTraffic } from './policy-of-traffic.ts'
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
      <PageHeader description="The smallest policy that allows what a client was seen to do in the log, with the name of its thing as a variable: a beginning, to be edited before it is kept.">
        Policy from traffic
      </PageHeader>
      <FromTrafficForm search={search} setSearch={setSearch} />
      {search.client === undefined ? (
        <Alert type="info">Say which client is looked at: its MQTT client id.</Alert>
      ) : (
        <Made clientId={search.client} search={search} />
      )}
    </SpaceBetween>
  )
}

function Made({ clientId, search }: { readonly clientId: string; readonly search: FromTrafficSearch }) {
  const { history } = useRouter()
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
        <SpaceBetween size="s">
          {made.size > MAX_POLICY_DOCUMENT_SIZE && (
            <Alert type="warning">
              The document is longer than AWS takes. Allow the shadows and jobs of its own thing as a whole, or let
              topics that differ in one level alone become a wildcard.
            </Alert>
          )}
          <PolicyEditor label="Policy from traffic" value={made.text} onChange={() => {}} readOnly />
          <Button
            variant="primary"
            disabled={!isOver}
            disabledReason="The log is still being read."
            onClick={() => {
              keepPolicyDraft(NEW_POLICY, made.text)
              history.push(paths.createPolicy())
            }}
          >
            Edit it as a new policy
          </Button>
          <Table
            variant="container"
            wrapLines
            header={
              <Header variant="h2" counter={`(${formatCount(made.lines.length)})`}>
                Why each line is there
              </Header>
            }
            items={made.lines}
            trackBy={({ action, resource }) => `${action} ${resource}`}
            columnDefinitions={LINE_COLUMNS}
            ariaLabels={{ tableLabel: 'Why each line is there' }}
          />
        </SpaceBetween>
      )}
    </SpaceBetween>
  )
}

const LINE_COLUMNS: readonly TableProps.ColumnDefinition<PolicyLine>[] = [
  { id: 'action', header: 'Action', width: 150, cell: ({ action }) => <span className="td-mono">{action}</span> },
  {
    id: 'resource',
    header: 'Resource',
    isRowHeader: true,
    minWidth: 320,
    cell: ({ resource }) => (
      <span className="td-mono">
        <NameText text={resource.replace(/^(?:[^:]*:){5}/, '')} />
      </span>
    ),
  },
  { id: 'why', header: 'Why', minWidth: 240, cell: ({ words }) => words },
]
