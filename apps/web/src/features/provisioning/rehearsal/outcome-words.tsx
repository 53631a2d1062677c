import StatusIndicator, { type StatusIndicatorProps } from '@cloudscape-design/components/status-indicator'
import type { Effect } from './outcome.ts'
import type { DeviceOutcome } from './use-outcomes.ts'

const EFFECTS: Readonly<Record<Effect, readonly [StatusIndicatorProps.Type, string]>> = {
  made: ['success', 'made'],
  changed: ['info', 'changed'],
  kept: ['stopped', 'as it is'],
  refused: ['error', 'refused'],
  unknown: ['warning', 'not known'],
}

export const EffectStatus = ({ effect }: { readonly effect: Effect }) => (
  <StatusIndicator type={EFFECTS[effect][0]}>{EFFECTS[effect][1]}</StatusIndicator>
)

interface LineWords {
  readonly type: StatusIndicatorProps.Type
  readonly words: string
}

/** Why nobody, or one device, is provisioned whatever the template makes of it. */
export const obstacleOf = (isEnabled: boolean, isRefusedByHook: boolean): string | undefined =>
  isEnabled ? (isRefusedByHook ? 'the hook refuses the device' : undefined) : 'the template is disabled'

/**
 * How it ends for a device, in a line.
 * @param obstacle what refuses the device before the template counts ({@link obstacleOf})
 */
export function outcomeWords(outcome: DeviceOutcome, obstacle?: string): LineWords {
  const own = ownWords(outcome)
  if (obstacle === undefined || outcome.kind !== 'outcome' || outcome.outcome.effect === 'refused') return own
  return { type: 'error', words: `refused: ${obstacle} (else ${own.words})` }
}

function ownWords(outcome: DeviceOutcome): LineWords {
  switch (outcome.kind) {
    case 'invalid':
      return { type: 'error', words: 'refused: the template cannot be used' }
    case 'failed':
      return { type: 'error', words: `refused: ${outcome.failure.path} ${outcome.failure.reason}` }
    case 'pending':
      return { type: 'loading', words: 'looking at what is there' }
    case 'unread':
      return { type: 'warning', words: `not known: ${outcome.error.message}` }
    case 'outcome': {
      const { effect, steps } = outcome.outcome
      const refused = steps.find((step) => step.effect === 'refused')
      if (refused) return { type: 'error', words: `refused: ${refused.what}: ${refused.words}` }
      const unknown = steps.find((step) => step.effect === 'unknown')
      if (unknown)
        return { type: 'warning', words: `provisioned, as far as is known: ${unknown.what}: ${unknown.words}` }
      const thing = steps.find(({ id }) => id === 'thing')
      const what = thing?.what ?? 'a certificate'
      if (thing?.effect === 'kept') return { type: 'success', words: `provisioned: ${what} stays as it is` }
      return {
        type: 'success',
        words: `provisioned: ${what} is ${effect === 'changed' && thing?.effect === 'changed' ? 'changed' : 'made'}`,
      }
    }
  }
}

interface OutcomeLineProps {
  readonly outcome: DeviceOutcome | undefined
  readonly obstacle: string | undefined
}

export function OutcomeLine({ outcome, obstacle }: OutcomeLineProps) {
  if (!outcome) return null
  const { type, words } = outcomeWords(outcome, obstacle)
  return <StatusIndicator type={type}>{words}</StatusIndicator>
}
