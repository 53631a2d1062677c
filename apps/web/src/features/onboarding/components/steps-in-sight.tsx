import './steps-in-sight.css'
import StatusIndicator, { type StatusIndicatorProps } from '@cloudscape-design/components/status-indicator'

/** How far the page is: what is asked for, a device that is waited for, and one that came. */
export type Stage = 'form' | 'waiting' | 'connected'

type State = 'now' | 'to come' | 'done'

const STEPS = ['Thing', 'Key and certificate', 'Policy', 'Files for the device', 'Connected'] as const

const LOOKS: Readonly<Record<State, readonly [StatusIndicatorProps.Type, string]>> = {
  now: ['in-progress', 'now'],
  'to come': ['pending', 'to come'],
  done: ['success', 'done'],
}

/** Up to where each stage has come, and from where on is still to come. */
const REACH: Readonly<Record<Stage, readonly [done: number, now: number]>> = {
  form: [0, 3],
  waiting: [3, 5],
  connected: [5, 5],
}

/** All steps from the name to the connected device, and how far they are. */
export function StepsInSight({ stage }: { readonly stage: Stage }) {
  const [done, now] = REACH[stage]
  return (
    <ol className="td-steps-in-sight" aria-label="Steps">
      {STEPS.map((step, index) => {
        const [type, words] = LOOKS[index < done ? 'done' : index < now ? 'now' : 'to come']
        return (
          <li key={step}>
            <StatusIndicator type={type} iconAriaLabel={words}>
              {index + 1}. {step}
            </StatusIndicator>
          </li>
        )
      })}
    </ol>
  )
}
