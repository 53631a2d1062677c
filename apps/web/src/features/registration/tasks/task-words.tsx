import StatusIndicator, { type StatusIndicatorProps } from '@cloudscape-design/components/status-indicator'
import type { RegistrationTask, RegistrationTaskStatus } from '@thingdeck/contract'
import { formatCount } from '../../../shared/format.ts'

const STATUS: Readonly<Record<RegistrationTaskStatus, readonly [StatusIndicatorProps.Type, string]>> = {
  InProgress: ['in-progress', 'in progress'],
  Completed: ['success', 'completed'],
  Failed: ['error', 'failed'],
  Cancelling: ['in-progress', 'stopping'],
  Cancelled: ['stopped', 'stopped'],
}

export const isTaskOver = ({ status }: Pick<RegistrationTask, 'status'>): boolean =>
  status !== 'InProgress' && status !== 'Cancelling'

/** `completed: 980 registered, 20 failed` */
export function TaskStatus({ task }: { readonly task: RegistrationTask }) {
  const [type, words] = STATUS[task.status]
  const shown = task.status === 'Completed' && task.failureCount > 0 ? 'warning' : type
  return (
    <StatusIndicator type={shown}>
      {`${words}: ${formatCount(task.successCount)} registered, ${formatCount(task.failureCount)} failed`}
    </StatusIndicator>
  )
}
