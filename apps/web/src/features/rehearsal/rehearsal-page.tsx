import Alert from '@cloudscape-design/components/alert'
import Button from '@cloudscape-design/components/button'
import SpaceBetween from '@cloudscape-design/components/space-between'
import { useQuery } from '@tanstack/react-query'
import type { Policy } from '@thingdeck/contract'
import { validatePolicyDocument } from '@thingdeck/policies'
import { useMemo } from 'react'
import { usePageChrome } from '../../shared/chrome/chrome.tsx'
import { PageHeader } from '../../shared/help/page-header.tsx'
import { paths } from '../../shared/paths.ts'
import { readPolicyDraft } from '../../shared/policy-editor/policy-drafts.ts'
import type { SearchProps } from '../../shared/search-props.ts'
import { ErrorAlert } from '../../shared/ui/error-alert.tsx'
import { Loading } from '../../shared/ui/loading.tsx'
import { rehearsedPolicyQuery, rehearsedVersionQuery } from './api.ts'
import { ChangesTable } from './components/changes-table.tsx'
import { RecordingOutcome } from './components/recording-outcome.tsx'
import { RecordingSource } from './components/recording-source.tsx'
import { RehearsalForm } from './components/rehearsal-form.tsx'
import { RehearsalSummary } from './components/rehearsal-summary.tsx'
import { TrafficNotice } from './components/traffic-notice.tsx'
import { useRecordedTopics } from './recording/use-recorded-topics.ts'
import { rehearse } from './rehearse.ts'
import type { RehearsalSearch } from './search.ts'
import { useFactsOfClients } from './use-facts-of-clients.ts'
import { useLogTraffic } from './use-log-traffic.ts'

interface RehearsalPageProps extends SearchProps<RehearsalSearch> {
  readonly policyName: string
}

/** What the traffic of the last hours, or recorded messages, would have met, had the policy said what its draft says. */
export function RehearsalPage({ policyName, search, setSearch }: RehearsalPageProps) {
  usePageChrome({
    title: `Rehearsal of ${policyName}`,
    breadcrumbs: [
      { text: 'Policies', href: paths.policies() },
      { text: policyName, href: paths.policy(policyName) },
      { text: 'Rehearsal', href: paths.policyRehearsal(policyName) },
    ],
  })
  const policy = useQuery(rehearsedPolicyQuery(policyName))
  return (
    <SpaceBetween size="m">
      <PageHeader
        description="Requests of the log, or messages of a recording, decided by the policy as it is and by another text of it: what would be denied that is allowed, and the other way round."
        actions={<Button href={paths.editPolicy(policyName)}>Edit the draft</Button>}
      >
        Rehearsal of {policyName}
      </PageHeader>
      {policy.error && <ErrorAlert error={policy.error} what="The policy could not be read" />}
      {policy.isPending && <Loading what="policy" />}
      {policy.data && <Rehearsed policy={policy.data} search={search} setSearch={setSearch} />}
    </SpaceBetween>
  )
}

function Rehearsed({ policy, search, setSearch }: { readonly policy: Policy } & SearchProps<RehearsalSearch>) {
  const { policyName, policyDocument: before, defaultVersionId } = policy
  const draft = readPolicyDraft(policyName)
  const version = useQuery({
    ...rehearsedVersionQuery(policyName, search.version ?? ''),
    enabled: search.version !== undefined,
  })
  const after = search.version === undefined ? draft : version.data?.policyDocument
  const wrong = after === undefined ? undefined : validatePolicyDocument(after)
  const which = search.version === undefined ? 'the draft' : `version ${search.version}`
  const topics = useRecordedTopics()
  return (
    <SpaceBetween size="m">
      <RehearsalForm policy={policy} hasDraft={draft !== undefined} search={search} setSearch={setSearch} />
      {version.error && <ErrorAlert error={version.error} what="The version could not be read" />}
      {after === undefined && search.version === undefined && (
        <Alert type="info" action={<Button href={paths.editPolicy(policyName)}>Write a draft</Button>}>
          There is no draft of this policy in this tab. Write one, or choose a version to rehearse.
        </Alert>
      )}
      {wrong && (
        <Alert type="error" header="AWS would refuse this text">
          Line {wrong.line}: {wrong.message}.
        </Alert>
      )}
      {search.on === 'recording' && <RecordingSource topics={topics} search={search} setSearch={setSearch} />}
      {after !== undefined && !wrong && search.on === 'recording' && topics.open && (
        <RecordingOutcome
          recorded={topics.open.recorded}
          search={search}
          policyName={policyName}
          before={before}
          after={after}
          which={which}
          defaultVersionId={defaultVersionId}
        />
      )}
      {after !== undefined && !wrong && search.on === undefined && (
        <Outcome
          policyName={policyName}
          before={before}
          after={after}
          which={which}
          defaultVersionId={defaultVersionId}
          last={search.last ?? '1h'}
        />
      )}
    </SpaceBetween>
  )
}

interface OutcomeProps {
  readonly policyName: string
  readonly before: string
  readonly after: string
  /** `the draft` */
  readonly which: string
  readonly defaultVersionId: string
  readonly last: NonNullable<RehearsalSearch['last']>
}

function Outcome({ policyName, before, after, which, defaultVersionId, last }: OutcomeProps) {
  const traffic = useLogTraffic(last)
  const found = useFactsOfClients(traffic.requests)
  const rehearsal = useMemo(
    () => rehearse(traffic.requests, found.facts, policyName, before, after),
    [traffic.requests, found.facts, policyName, before, after],
  )
  return (
    <SpaceBetween size="m">
      <TrafficNotice traffic={traffic} />
      <RehearsalSummary traffic={traffic} found={found} rehearsal={rehearsal} />
      <ChangesTable
        policyName={policyName}
        rows={rehearsal.rows}
        which={which}
        defaultVersionId={defaultVersionId}
        source="the log"
        isOver={!traffic.isReading && !found.isLooking}
        onRenew={traffic.renew}
      />
    </SpaceBetween>
  )
}
