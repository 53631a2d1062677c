import Alert from '@cloudscape-design/components/alert'
import ExpandableSection from '@cloudscape-design/components/expandable-section'
import SpaceBetween from '@cloudscape-design/components/space-between'
import Table from '@cloudscape-design/components/table'
import type { ProvisioningTemplateType } from '@thingdeck/contract'
import { DifferenceTable } from '../../../shared/diff/difference-table.tsx'
import { VisibleText } from '../../../shared/text/visible.tsx'
import { ErrorAlert } from '../../../shared/ui/error-alert.tsx'
import { Loading } from '../../../shared/ui/loading.tsx'
import type { OutcomeStep } from './outcome.ts'
import { EffectStatus } from './outcome-words.tsx'
import type { DeviceOutcome } from './use-outcomes.ts'

interface OutcomeViewProps {
  readonly outcome: DeviceOutcome | undefined
  readonly type: ProvisioningTemplateType
}

/** Step by step what would be made, changed or refused for one device. */
export function OutcomeView({ outcome, type }: OutcomeViewProps) {
  if (!outcome || outcome.kind === 'pending') return <Loading what="what is there" />
  if (outcome.kind === 'unread') {
    return <ErrorAlert error={outcome.error} what="What there is in the account could not be read" />
  }
  if (outcome.kind === 'invalid') {
    const { message, line, column } = outcome.error
    return (
      <Alert type="error" header="The template cannot be used">
        {`Line ${line}, column ${column}: ${message}`}
      </Alert>
    )
  }
  if (outcome.kind === 'failed') {
    const { step, path, reason } = outcome.failure
    return (
      <Alert type="error" header={`Refused at the step ‘${step}’: nothing is made`}>
        <span className="td-mono">
          <VisibleText text={path} />
        </span>{' '}
        {reason}. {cureOf(step, type)}
      </Alert>
    )
  }
  const { effect, steps } = outcome.outcome
  return (
    <SpaceBetween size="s">
      {effect === 'refused' && (
        <Alert type="error" header="Refused: nothing is made">
          Provisioning does all of this or nothing.{' '}
          {steps.filter((step) => step.effect === 'refused').length === 1 ? 'One step is' : 'Several steps are'}{' '}
          refused, see below.
        </Alert>
      )}
      <Table
        variant="embedded"
        ariaLabels={{ tableLabel: 'What would happen, step by step' }}
        items={steps}
        trackBy="id"
        wrapLines
        columnDefinitions={[
          {
            id: 'what',
            header: 'Resource',
            isRowHeader: true,
            width: 240,
            cell: ({ what }) => <VisibleText text={what} />,
          },
          { id: 'effect', header: 'Would be', width: 130, cell: ({ effect: of }) => <EffectStatus effect={of} /> },
          { id: 'words', header: 'Why, and what exactly', cell: (step) => <StepWords step={step} /> },
        ]}
      />
    </SpaceBetween>
  )
}

function StepWords({ step: { what, words, path, changes = [], effect } }: { readonly step: OutcomeStep }) {
  return (
    <SpaceBetween size="xxs">
      <span>
        <VisibleText text={words} />
        {effect === 'refused' && path !== undefined && (
          <>
            {' '}
            It stands at <span className="td-mono">{path}</span>.
          </>
        )}
      </span>
      {changes.length > 0 && (
        <ExpandableSection
          headerText={changes.length === 1 ? '1 value' : `${changes.length} values`}
          defaultExpanded={effect === 'changed'}
        >
          <DifferenceTable label={`Values of ${what}`} before="Now" after="Then" differences={changes} />
        </ExpandableSection>
      )}
    </SpaceBetween>
  )
}

const cureOf = (step: string, type: ProvisioningTemplateType): string => {
  if (step !== 'parameters') return ''
  return type === 'JITP'
    ? 'The subject of the certificate has to have it, or the template a default.'
    : 'The device has to send it, the hook has to set it, or the template has to have a default.'
}
