import StatusIndicator from '@cloudscape-design/components/status-indicator'
import type { Shadow } from '@thingdeck/shadows'
import { memo } from 'react'
import { isWaiting, stateRows } from '../model/rows.ts'

interface SyncIndicatorProps {
  readonly shadow: Pick<Shadow, 'state' | 'metadata'> | undefined
}

/** Whether the device reports all that is desired. Reckoned once for a document: the page is drawn with every key. */
export const SyncIndicator = memo(function SyncIndicator({ shadow }: SyncIndicatorProps) {
  if (!shadow) return <StatusIndicator type="stopped">no shadow</StatusIndicator>
  if (!shadow.state.desired && !shadow.state.reported) return <StatusIndicator type="stopped">empty</StatusIndicator>
  const waiting = stateRows(shadow).filter(isWaiting).length
  if (waiting === 0) return <StatusIndicator type="success">in sync</StatusIndicator>
  return <StatusIndicator type="pending">{`delta: ${waiting} ${waiting === 1 ? 'key' : 'keys'}`}</StatusIndicator>
})
