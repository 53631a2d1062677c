import type {
  CommandExecutionResult,
  CommandExecutionStatus,
  CommandParameterValue,
  StatusReason,
} from '@aws-sdk/client-iot'

/** One start of a command on one device. Times are epoch milliseconds. */
export interface Execution {
  readonly seq: number
  readonly executionId: string
  readonly commandId: string
  readonly targetArn: string
  readonly status: CommandExecutionStatus
  readonly statusReason: StatusReason | undefined
  readonly result: Readonly<Record<string, CommandExecutionResult>> | undefined
  readonly parameters: Readonly<Record<string, CommandParameterValue>> | undefined
  readonly timeoutSeconds: number
  /** When it was started, too: the guide's samples have the same moment for both. */
  readonly createdAtMs: number
  readonly updatedAtMs: number
  /** When the device said its last word. */
  readonly completedAtMs: number | undefined
}

/** Who is to execute a command. */
export interface ExecutionTarget {
  readonly kind: 'things' | 'clients'
  readonly id: string
}

/** "The default value is six months": so long executions are kept. */
export const KEPT_MS = 180 * 24 * 3_600_000
