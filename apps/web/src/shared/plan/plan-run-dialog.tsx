import Box from '@cloudscape-design/components/box'
import Button from '@cloudscape-design/components/button'
import Modal from '@cloudscape-design/components/modal'
import SpaceBetween from '@cloudscape-design/components/space-between'
import { useSyncExternalStore } from 'react'
import { ErrorAlert } from '../ui/error-alert.tsx'
import type { PlanProgress } from './plan.ts'
import { PlanSteps } from './plan-progress.tsx'
import type { PlanRun } from './plan-run.ts'

/** How a plan goes on: it can be left alone, stopped, tried again from where it stopped, or undone. */
export function PlanRunDialog({ run, onClose }: { readonly run: PlanRun; readonly onClose: () => void }) {
  const progress = useSyncExternalStore(run.subscribe, run.progress)
  const { phase, steps, error, canUndo, isStopping } = progress
  const failed = steps.find(({ state }) => state === 'failed' || state === 'undo-failed')
  return (
    <Modal
      visible
      header={run.plan.title}
      closeAriaLabel="Close"
      onDismiss={onClose}
      footer={
        <Box float="right">
          <SpaceBetween direction="horizontal" size="xs">
            <Button variant="link" onClick={onClose}>
              {run.isUnderWay ? 'Leave it running' : 'Close'}
            </Button>
            {phase === 'running' && (
              <Button loading={isStopping} onClick={() => run.stop()}>
                Stop after this step
              </Button>
            )}
            {!run.isUnderWay && canUndo && (
              <Button onClick={() => void run.undo()}>
                {phase === 'undo-stopped' ? 'Try to undo again' : 'Undo what was done'}
              </Button>
            )}
            {phase === 'stopped' && (
              <Button variant="primary" onClick={() => void run.go()}>
                {error ? 'Try again from there' : 'Go on'}
              </Button>
            )}
          </SpaceBetween>
        </Box>
      }
    >
      <SpaceBetween size="m">
        {error && <ErrorAlert error={error} what={failureWords(failed?.words, phase)} />}
        <div role="status">{standWords(progress)}</div>
        <PlanSteps steps={steps} />
      </SpaceBetween>
    </Modal>
  )
}

const failureWords = (words: string | undefined, phase: PlanProgress['phase']): string =>
  phase === 'undo-stopped' ? `This could not be undone: ${words ?? ''}` : `This step failed: ${words ?? ''}`

/** Where a plan stands, in a sentence. */
export function standWords({ phase, steps, canUndo }: PlanProgress): string {
  const done = steps.filter(({ state }) => state === 'done').length
  const count = `${done} of ${steps.length} ${steps.length === 1 ? 'step' : 'steps'}`
  if (phase === 'running') return `${count} done.`
  if (phase === 'stopped') return `Stopped: ${count} done, the rest was not.`
  if (phase === 'done') return 'All steps are done.'
  if (phase === 'undoing') return 'What was done is being undone.'
  if (phase === 'undo-stopped') return `Not all could be undone: ${done} of ${steps.length} still done.`
  return done === 0 || canUndo ? 'What was done is undone.' : `Undone, except for ${done} that AWS cannot undo.`
}
