/** AWS IoT API reference, CommandExecutionStatus. */
export const EXECUTION_STATUSES = ['CREATED', 'IN_PROGRESS', 'SUCCEEDED', 'FAILED', 'REJECTED', 'TIMED_OUT'] as const
export type ExecutionStatus = (typeof EXECUTION_STATUSES)[number]

/** What a device may say of an execution. */
export const REPORTABLE = ['IN_PROGRESS', 'SUCCEEDED', 'FAILED', 'REJECTED', 'TIMED_OUT'] as const
export type ReportedStatus = (typeof REPORTABLE)[number]

/** Where an execution stands, as far as it decides what may follow. */
export interface ExecutionState {
  readonly status: ExecutionStatus
  /** Whether the device has said its last word: a time-out that AWS IoT found is none. */
  readonly isTerminal: boolean
}

/**
 * Why a device may not report a status; undefined where it may.
 * @see AWS IoT developer guide, "Commands concepts and status", command execution status
 */
export function whyNotReported(
  { status, isTerminal }: ExecutionState,
  next: ReportedStatus,
): 'TerminalStateReached' | 'InvalidStateTransition' | undefined {
  if (isTerminal) return 'TerminalStateReached'
  // Too late to begin, but not to say how it ended.
  if (status === 'TIMED_OUT' && next === 'IN_PROGRESS') return 'InvalidStateTransition'
  return undefined
}

/** Whether a device's report ends the execution. */
export const isFinal = (reported: ReportedStatus): boolean => reported !== 'IN_PROGRESS'
