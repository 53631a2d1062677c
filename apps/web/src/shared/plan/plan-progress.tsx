import StatusIndicator, { type StatusIndicatorProps } from '@cloudscape-design/components/status-indicator'
import { VisibleText } from '../text/visible.tsx'
import type { StepProgress, StepState } from './plan.ts'
import './plan.css'

const LOOKS: Readonly<Record<StepState, readonly [StatusIndicatorProps.Type, string]>> = {
  waiting: ['pending', 'Not done yet'],
  running: ['in-progress', 'Under way'],
  done: ['success', 'Done'],
  failed: ['error', 'Failed'],
  undoing: ['in-progress', 'Being undone'],
  undone: ['stopped', 'Undone'],
  'undo-failed': ['error', 'Could not be undone'],
}

interface PlanStepsProps {
  /** Without a state where nothing was begun. */
  readonly steps: readonly (Omit<StepProgress, 'state'> & { readonly state?: StepState })[]
}

/** The steps of a plan in their order, with how each stands. */
export function PlanSteps({ steps }: PlanStepsProps) {
  return (
    <ol className="td-plan-steps">
      {steps.map(({ id, words, state, note }) => {
        const [type, text] = state ? LOOKS[state] : []
        return (
          <li key={id}>
            <span>
              <VisibleText text={words} />
            </span>
            {type && <StatusIndicator type={type}>{note ?? text}</StatusIndicator>}
          </li>
        )
      })}
    </ol>
  )
}
