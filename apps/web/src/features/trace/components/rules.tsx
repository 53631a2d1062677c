import Container from '@cloudscape-design/components/container'
import Header from '@cloudscape-design/components/header'
import SpaceBetween from '@cloudscape-design/components/space-between'
import StatusIndicator from '@cloudscape-design/components/status-indicator'
import { isFailure } from '../../../shared/iot-logs/reason-words.ts'
import { visible } from '../../../shared/text/visible.tsx'
import { type RuleRun, sinceStart, type Trace } from '../model.ts'

/** Which rules took it, and what each of their actions did. */
export function Rules({ rules, trace }: { readonly rules: readonly RuleRun[]; readonly trace: Trace }) {
  return (
    <Container
      header={
        <Header variant="h2" counter={`(${rules.length})`}>
          Rules
        </Header>
      }
    >
      <SpaceBetween size="s">
        {rules.map(({ ruleName, match, steps }) => (
          <div key={ruleName}>
            <strong>{visible(ruleName)}</strong>{' '}
            {match ? `matched ${sinceStart(match, trace)}` : 'its match is not in the log'}
            {steps.map((step) => (
              <div key={step.eventId}>
                <StatusIndicator type={isFailure(step) ? 'error' : 'success'}>
                  {visible(step.ruleAction ?? step.eventType ?? '–')} {sinceStart(step, trace)}
                  {step.details !== undefined && <>: {visible(step.details)}</>}
                </StatusIndicator>
              </div>
            ))}
          </div>
        ))}
      </SpaceBetween>
    </Container>
  )
}
