import StatusIndicator from '@cloudscape-design/components/status-indicator'
import { executionStatus } from './execution-words.ts'

/** The state of an execution, as it is shown wherever there is one. */
export function ExecutionStatus({ status }: { readonly status: string }) {
  const { type, words } = executionStatus(status)
  return <StatusIndicator type={type}>{words}</StatusIndicator>
}
