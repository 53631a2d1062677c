import Button from '@cloudscape-design/components/button'
import Input from '@cloudscape-design/components/input'
import Select from '@cloudscape-design/components/select'
import SpaceBetween from '@cloudscape-design/components/space-between'
import StatusIndicator from '@cloudscape-design/components/status-indicator'
import Table from '@cloudscape-design/components/table'
import { nearestStatements } from '@thingdeck/policies'
import { actionOf, CHECK_ACTIONS, type Check, formatCheck } from '../../../../shared/authorization/check.ts'
import { legiblePolicy } from '../../../../shared/authorization/legible-policy.ts'
import { NearestView } from '../../../../shared/authorization/nearest-view.tsx'
import type { PolicySet } from '../../../../shared/authorization/policy-set.ts'
import { statementWords } from '../../../../shared/authorization/statement-words.ts'
import { NameText } from '../../../../shared/text/name-text.tsx'
import { Commands } from '../../../../shared/ui/commands.tsx'
import type { AnsweredCheck } from '../../trial/answered-policies.ts'

interface MayProps {
  readonly rows: readonly AnsweredCheck[]
  readonly policies: PolicySet
  readonly isHttps: boolean
  readonly clientId: string
  readonly onChange: (checks: readonly Check[]) => void
}

/** What a client can do that custom authentication let in; over HTTPS it publishes alone. */
const MQTT_ACTIONS = ['iot:Connect', 'iot:Publish', 'iot:RetainPublish', 'iot:Subscribe', 'iot:Receive']
const HTTPS_ACTIONS = ['iot:Publish', 'iot:RetainPublish']

/** Whether it may connect, publish, subscribe and receive, by the policies of the answer. */
export function May({ rows, policies, isHttps, clientId, onChange }: MayProps) {
  const offered = isHttps ? HTTPS_ACTIONS : MQTT_ACTIONS
  const options = CHECK_ACTIONS.filter(({ action }) => offered.includes(action)).map(({ action, does }) => ({
    value: action,
    label: action,
    description: does,
  }))
  const checks = rows.map(({ check }) => check)
  const put = (index: number, check: Check) => onChange(checks.map((each, at) => (at === index ? check : each)))
  const items = rows.map((row, index) => ({ ...row, index }))
  return (
    <Table
      variant="embedded"
      wrapLines
      items={items}
      trackBy={({ index }) => String(index)}
      ariaLabels={{ tableLabel: 'What the client may' }}
      columnDefinitions={[
        {
          id: 'action',
          header: 'Action',
          width: 200,
          cell: ({ check, index }) => (
            <Select
              ariaLabel={`Action of check ${index + 1}`}
              options={options}
              expandToViewport
              selectedOption={options.find(({ value }) => value === check.action) ?? { label: check.action }}
              onChange={({ detail }) => put(index, { ...check, action: detail.selectedOption.value ?? check.action })}
            />
          ),
        },
        {
          id: 'on',
          header: 'On',
          minWidth: 220,
          cell: ({ check, index }) => (
            <Input
              ariaLabel={`${actionOf(check)?.on ?? 'topic'} of check ${index + 1}`}
              value={check.on}
              spellcheck={false}
              autoComplete={false}
              placeholder={check.action === 'iot:Connect' ? clientId || 'The client id above' : 'dt/pump-7/telemetry'}
              onChange={({ detail }) => put(index, { ...check, on: detail.value })}
            />
          ),
        },
        { id: 'decision', header: 'Decision', width: 150, cell: (row) => <Decision row={row} /> },
        {
          id: 'why',
          header: 'By which statement',
          minWidth: 280,
          cell: (row) => <Why row={row} policies={policies} />,
        },
        {
          id: 'remove',
          header: <span className="td-sr">Remove</span>,
          width: 60,
          cell: ({ check, index }) => (
            <Button
              variant="inline-icon"
              iconName="close"
              ariaLabel={`Remove check ${index + 1}, ${formatCheck(check)}`}
              onClick={() => onChange(checks.filter((_, at) => at !== index))}
            />
          ),
        },
      ]}
      footer={
        <SpaceBetween size="s">
          <Button
            iconName="add-plus"
            formAction="none"
            onClick={() => onChange([...checks, { action: 'iot:Publish', on: '' }])}
          >
            Add check
          </Button>
          {policies.counted.map(({ policyName, text }) => (
            <Commands key={policyName} what={policyName} text={legiblePolicy(text)} />
          ))}
        </SpaceBetween>
      }
    />
  )
}

function Decision({ row: { outcome } }: { readonly row: AnsweredCheck }) {
  if (!outcome) return <StatusIndicator type="pending">Say what</StatusIndicator>
  return outcome.decision === 'ALLOWED' ? (
    <StatusIndicator type="success">Allowed</StatusIndicator>
  ) : (
    <StatusIndicator type="error">
      {outcome.decision === 'EXPLICIT_DENY' ? 'Denied by a Deny' : 'Denied'}
    </StatusIndicator>
  )
}

function Why({ row: { outcome }, policies }: { readonly row: AnsweredCheck; readonly policies: PolicySet }) {
  if (!outcome) return '–'
  const { deciding, refusedBefore } = outcome
  if (!deciding) return refusedBefore ?? '–'
  const { decision, context } = deciding
  const [statement] = decision.denied.length > 0 ? decision.denied : decision.allowed
  if (statement) return <NameText text={statementWords(statement, policies)} />
  const { action, resource } = decision
  const [nearest] = nearestStatements(policies.named, { action, resource, context }, 1)
  if (!nearest) return 'No statement allows anything.'
  return <NearestView nearest={nearest} decision={decision} policies={policies} />
}
