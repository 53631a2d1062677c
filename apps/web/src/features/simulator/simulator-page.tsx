import Alert from '@cloudscape-design/components/alert'
import Button from '@cloudscape-design/components/button'
import Container from '@cloudscape-design/components/container'
import Header from '@cloudscape-design/components/header'
import Link from '@cloudscape-design/components/link'
import SpaceBetween from '@cloudscape-design/components/space-between'
import StatusIndicator from '@cloudscape-design/components/status-indicator'
import { useRouter } from '@tanstack/react-router'
import { Fragment } from 'react'
import { policyWords } from '../../shared/authorization/statement-words.ts'
import { usePageChrome } from '../../shared/chrome/chrome.tsx'
import { PageHeader } from '../../shared/help/page-header.tsx'
import { ApiError, isNotFound } from '../../shared/http.ts'
import { paths } from '../../shared/paths.ts'
import type { SearchProps } from '../../shared/search-props.ts'
import { NameText } from '../../shared/text/name-text.tsx'
import { useTourStep } from '../../shared/tour/tour.ts'
import { ErrorAlert } from '../../shared/ui/error-alert.tsx'
import { Answer } from './components/answer.tsx'
import { Before } from './components/before.tsx'
import { Checks } from './components/checks.tsx'
import { How } from './components/how.tsx'
import { OtherTexts } from './components/other-texts.tsx'
import { SavedChecks } from './components/saved-checks.tsx'
import { Who } from './components/who.tsx'
import { openedSearch, type SimulatorSearch, savedPart } from './search.ts'
import { useAwsAnswers } from './use-aws-answers.ts'
import { checkParams, type Simulation, useSimulation } from './use-simulation.ts'

/** Asks before the device does: may it, by which statement, and if not, what would have to change. */
export function SimulatorPage({ search, setSearch }: SearchProps<SimulatorSearch>) {
  const { history } = useRouter()
  usePageChrome({ title: 'Simulator', breadcrumbs: [{ text: 'Simulator', href: paths.simulator() }] })
  const simulation = useSimulation(search)
  const aws = useAwsAnswers(search, simulation)
  const { rows, error } = simulation
  const looked = Math.min(Math.max(0, (search.look ?? 1) - 1), Math.max(0, rows.length - 1))
  const row = rows[looked]
  useTourStep(
    'refused',
    rows.some(({ outcome }) => outcome !== undefined && outcome.decision !== 'ALLOWED'),
  )
  return (
    <SpaceBetween size="m">
      <PageHeader
        actions={<Button href={paths.policyCases()}>Run a file of cases</Button>}
        description="Whether a client may do something as things are now, decided here by the same code as in the embedded broker."
      >
        Simulator
      </PageHeader>
      <Container header={<Header variant="h2">Who</Header>} footer={<How search={search} setSearch={setSearch} />}>
        <SpaceBetween size="s">
          <Who search={search} setSearch={setSearch} simulation={simulation} />
          <PoliciesLine simulation={simulation} search={search} setSearch={setSearch} />
        </SpaceBetween>
      </Container>
      {error && (
        <ErrorAlert
          error={error}
          what={
            isNotFound(error)
              ? 'AWS IoT has no such principal: everything is refused'
              : 'What decides about this principal could not be read'
          }
          onRetry={simulation.refetch}
        />
      )}
      {simulation.iam.error && (
        <ErrorAlert
          error={simulation.iam.error}
          what={
            simulation.iam.error instanceof ApiError && simulation.iam.error.code === 'NoSuchEntityException'
              ? 'IAM has none of that name: everything is refused'
              : 'The IAM policies could not be read'
          }
          onRetry={simulation.iam.refetch}
        />
      )}
      <Before simulation={simulation} thingName={search.thing} />
      <Connecting simulation={simulation} />
      <Checks
        rows={rows}
        looked={looked}
        onLook={(index) => setSearch({ look: index === 0 ? undefined : index + 1 }, { replace: true })}
        onChange={(checks) => setSearch({ check: checkParams(checks) }, { replace: true })}
        aws={aws}
        onAskAws={(ask) => setSearch({ aws: ask ? '1' : undefined }, { replace: true })}
        saved={<SavedChecks present={savedPart(search)} onOpen={(content) => setSearch(openedSearch(content))} />}
      />
      {row && (
        <Answer
          row={row}
          index={looked}
          aws={aws}
          onTry={(policyName) => setSearch({ draft: [...new Set([...(search.draft ?? []), policyName])] })}
          onEdit={(policyName) => history.push(paths.editPolicy(policyName))}
        />
      )}
    </SpaceBetween>
  )
}

interface PoliciesLineProps extends SearchProps<SimulatorSearch> {
  readonly simulation: Simulation
}

/** Which policies decide, and which of them are not what is attached. */
function PoliciesLine({ simulation: { as, facts, policies, iam }, search, setSearch }: PoliciesLineProps) {
  const counted = iam.policies?.counted ?? []
  const ofIam = counted.length > 0 && (
    <span>
      {as === 'authorizer' ? 'Policies of the answer' : 'IAM policies'}: {counted.map(policyWords).join(' · ')}
    </span>
  )
  if (!facts || !policies) return ofIam
  const { principal } = facts
  const replaced = policies.counted.filter(({ isReplaced }) => isReplaced)
  return (
    <SpaceBetween size="xs">
      {ofIam}
      <span>
        {principal.kind === 'certificate' && (
          <StatusIndicator type={principal.status === 'ACTIVE' ? 'success' : 'error'}>
            Certificate {principal.status}
          </StatusIndicator>
        )}{' '}
        {policies.counted.length > 0 && (ofIam ? 'IoT policies: ' : 'Policies: ')}
        {policies.counted.map((policy, index) => (
          <Fragment key={policy.policyName}>
            {index > 0 && ' · '}
            <Link href={paths.policy(policy.policyName)}>
              <NameText text={policyWords(policy)} />
            </Link>
          </Fragment>
        ))}
      </span>
      <OtherTexts policies={policies.counted} search={search} setSearch={setSearch} />
      {replaced.length > 0 && (
        <Alert
          type="info"
          action={
            <Button onClick={() => setSearch({ draft: undefined, version: undefined })}>Go by what is attached</Button>
          }
        >
          Decided with another text than the default version: {replaced.map(policyWords).join(' · ')}.
          {search.draft && ' A draft is of this browser tab: whoever opens the link elsewhere does not have it.'}
        </Alert>
      )}
    </SpaceBetween>
  )
}

/** Without CONNECT nothing else happens over MQTT. */
function Connecting({ simulation: { connecting, rows, clientId } }: { readonly simulation: Simulation }) {
  const isAsked = rows.some(({ check, door }) => door === 'mqtt' && check.action !== 'iot:Connect')
  if (!isAsked || !connecting?.outcome || connecting.outcome.decision === 'ALLOWED') return null
  return (
    <Alert type="warning" header={`It may not connect as ${clientId}`}>
      Whatever else is allowed over MQTT, CONNECT is refused first. Add a check of{' '}
      <span className="td-mono">iot:Connect</span> to see why.
    </Alert>
  )
}
