import './change-line.css'
import StatusIndicator from '@cloudscape-design/components/status-indicator'
import { stringifyJson } from '@thingdeck/json'
import { visible } from '../../../shared/text/visible.tsx'
import { formatSpan, useNow } from '../../../shared/time.tsx'
import { askedLeaves, type Change } from '../model/change.ts'
import { formatKey } from '../model/rows.ts'

/** After this long without a report it is said that none came. */
const NO_ANSWER_AFTER_MS = 10_000

/** What became of my last update, from the button to the device's report. */
export function ChangeLine({ change }: { readonly change: Change }) {
  return (
    <p className="td-change" role="status">
      <span className="td-weak">{change.purpose === 'undo' ? 'Undo of' : 'Your update of'} </span>
      <span className="td-mono">{visible(keysOf(change))}</span> <ChangeWords change={change} />
    </p>
  )
}

function keysOf(change: Change): string {
  const keys = askedLeaves(change.patch).map(({ path }) => formatKey(path))
  const removed = change.patch.desired?.size ?? 0
  if (keys.length === 0) return removed > 0 ? `${removed} removed` : 'the shadow'
  return keys.length > 3 ? `${keys.slice(0, 3).join(', ')} and ${keys.length - 3} more` : keys.join(', ')
}

function ChangeWords({ change }: { readonly change: Change }) {
  const nowMs = useNow()
  const { status, device, askedAtMs } = change
  switch (status.kind) {
    case 'sending':
      return (
        <StatusIndicator type="in-progress">
          {status.phase === 'fetching' ? 'merging with a newer version' : 'sending'} for {formatSpan(nowMs - askedAtMs)}
        </StatusIndicator>
      )
    case 'unknown':
      return <StatusIndicator type="warning">no answer: looking whether it was applied</StatusIndicator>
    case 'refused':
      return <StatusIndicator type={status.code === 'CONFLICT' ? 'warning' : 'error'}>{status.message}</StatusIndicator>
    case 'accepted':
      break
  }
  const took = (atMs: number) => {
    const ms = Math.max(0, atMs - status.atMs)
    return ms < 10_000 ? `${(ms / 1_000).toFixed(1)} s` : formatSpan(ms)
  }
  switch (device.kind) {
    case 'not-asked':
      return <StatusIndicator type="success">{`done in version ${status.version}`}</StatusIndicator>
    case 'fulfilled':
      return <StatusIndicator type="success">{`the device obeyed in ${took(device.atMs)}`}</StatusIndicator>
    case 'superseded':
      return <StatusIndicator type="info">{`replaced by version ${device.version}`}</StatusIndicator>
    case 'differs':
      return (
        <StatusIndicator type="warning">
          {visible(
            `the device reported something else: ${formatKey(device.path)} is ${
              device.reported === undefined ? 'not there' : stringifyJson(device.reported)
            }, ${formatSpan(nowMs - device.atMs)} ago`,
          )}
        </StatusIndicator>
      )
    case 'awaited': {
      const waitingMs = nowMs - status.atMs
      return waitingMs < NO_ANSWER_AFTER_MS ? (
        <StatusIndicator type="pending">{`pending ${formatSpan(waitingMs)}`}</StatusIndicator>
      ) : (
        <StatusIndicator type="warning">{`no answer for ${formatSpan(waitingMs)}`}</StatusIndicator>
      )
    }
  }
}
