import {
  COMMAND_EXECUTION_STATUSES,
  type CommandExecutionStatus,
  type CommandExecutionSummary,
} from '@thingdeck/contract'
import type { StatusWords } from '../ui/status-words.ts'

const STATUS: Readonly<Record<CommandExecutionStatus, StatusWords>> = {
  CREATED: { words: 'Sent, not answered', type: 'pending' },
  IN_PROGRESS: { words: 'In progress', type: 'in-progress' },
  SUCCEEDED: { words: 'Succeeded', type: 'success' },
  FAILED: { words: 'Failed', type: 'error' },
  REJECTED: { words: 'Rejected', type: 'warning' },
  TIMED_OUT: { words: 'Timed out', type: 'error' },
}

/** A state that AWS has added since is shown by its own name. */
export function executionStatus(status: string): StatusWords {
  const known = COMMAND_EXECUTION_STATUSES.find((each) => each === status)
  return known ? STATUS[known] : { words: status, type: 'info' }
}

/** Whether nothing becomes of it any more: its device has said its last word. A time-out that AWS found is none. */
export const isOver = ({ completedAt }: Pick<CommandExecutionSummary, 'completedAt'>): boolean =>
  completedAt !== undefined

/** Whether its device still has time. */
export const isWaiting = ({ status }: Pick<CommandExecutionSummary, 'status'>): boolean =>
  status === 'CREATED' || status === 'IN_PROGRESS'

/** Nobody answered in time, and the device may still do so. */
export const mayComeLate = (execution: Pick<CommandExecutionSummary, 'status' | 'completedAt'>): boolean =>
  execution.status === 'TIMED_OUT' && !isOver(execution)
