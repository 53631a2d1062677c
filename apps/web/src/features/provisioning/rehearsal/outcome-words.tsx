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

/** How it ends for a device, in a line. */
export function outcomeWords(outcome: DeviceOutcome): {
  readonly type: StatusIndicatorProps.Type
  readonly words: string
} {
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

export function OutcomeLine({ outcome }: { readonly outcome: DeviceOutcome | undefined }) {
  if (!outcome) return null
  const { type, words } = outcomeWords(outcome)
  return <StatusIndicator type={type}>{words}</StatusIndicator>
}
