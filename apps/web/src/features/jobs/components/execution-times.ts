import type { JobExecutionSummary } from '@thingdeck/contract'
import { isOpen } from '../words/status.ts'

type Times = Pick<JobExecutionSummary, 'status' | 'queuedAt' | 'startedAt' | 'lastUpdatedAt'>

const ms = (time: string | undefined) => (time === undefined ? undefined : Date.parse(time))

/** Since when it is in the state that it is in; undefined: AWS does not say. */
export function inStateSinceMs({ status, queuedAt, startedAt, lastUpdatedAt }: Times): number | undefined {
  if (status === 'QUEUED') return ms(queuedAt)
  return ms(status === 'IN_PROGRESS' ? (startedAt ?? lastUpdatedAt) : lastUpdatedAt)
}

/** How long the device took from beginning to end, in ms; undefined: it is not over, or never began. */
export function tookMs({ status, startedAt, lastUpdatedAt }: Times): number | undefined {
  const from = ms(startedAt)
  const to = ms(lastUpdatedAt)
  return isOpen(status) || from === undefined || to === undefined ? undefined : to - from
}
