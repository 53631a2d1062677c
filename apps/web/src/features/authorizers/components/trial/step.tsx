import Container from '@cloudscape-design/components/container'
import Header from '@cloudscape-design/components/header'
import StatusIndicator, { type StatusIndicatorProps } from '@cloudscape-design/components/status-indicator'
import type { ReactNode } from 'react'

/** How a step of the way ended. `waiting`: it is not reached, or was not done yet. */
export type StepState = 'good' | 'bad' | 'note' | 'waiting' | 'reading'

const INDICATORS: Readonly<Record<StepState, StatusIndicatorProps.Type>> = {
  good: 'success',
  bad: 'error',
  note: 'info',
  waiting: 'pending',
  reading: 'loading',
}

interface StepProps {
  /** From 1. */
  readonly number: number
  readonly title: string
  readonly state: StepState
  /** The outcome in a sentence. */
  readonly outcome: ReactNode
  readonly actions?: ReactNode
  readonly children?: ReactNode
}

/** One step of the way that credentials take. */
export function Step({ number, title, state, outcome, actions, children }: StepProps) {
  return (
    <section aria-label={`Step ${number}: ${title}`}>
      <Container
        header={
          <Header
            variant="h2"
            actions={actions}
            description={<StatusIndicator type={INDICATORS[state]}>{outcome}</StatusIndicator>}
          >
            {number}. {title}
          </Header>
        }
      >
        {children}
      </Container>
    </section>
  )
}
