import Button from '@cloudscape-design/components/button'
import StatusIndicator from '@cloudscape-design/components/status-indicator'
import { doubtTopic } from '@thingdeck/topics'
import { formatBytes, formatCount } from '../../../../shared/format.ts'
import type { SubscriptionStatus } from '../../../../shared/mqtt/subscription-table.ts'
import { useSessionState } from '../../../../shared/session/session-state.ts'
import { VisibleText } from '../../../../shared/text/visible.tsx'
import { visibleText } from '../../../../shared/text/visible-text.ts'
import type { StreamSubscription } from '../../protocol/stream.ts'
import { colourOf, labelOf, type ShownSubscription } from './subscription-list.ts'

interface ChipProps {
  readonly subscription: ShownSubscription
  readonly state: StreamSubscription | undefined
  readonly onMute: (muted: boolean) => void
  readonly onRemove: () => void
}

/** One subscription: what it is, how it stands at the broker, and what can be done with it. */
export function SubscriptionChip({
  subscription: { filter, qos, muted = false, mark },
  state,
  onMute,
  onRemove,
}: ChipProps) {
  const doubt = doubtTopic(filter)
  return (
    <li className="td-chip" data-series={colourOf(mark)} data-muted={muted}>
      <span className="td-chip-mark" title={`Rows with ${labelOf(mark)} came by this subscription`}>
        {labelOf(mark)}
      </span>
      <span className="td-mono td-chip-filter" title={visibleText(filter)} data-doubtful={doubt !== undefined}>
        <VisibleText text={filter} />
      </span>
      {doubt && (
        <StatusIndicator type="warning">
          <span title={`${doubt.message}.`}>not “{doubt.suggestion}”</span>
        </StatusIndicator>
      )}
      <span className="td-weak">QoS {qos}</span>
      <ChipState state={state} qos={qos} />
      {/* Its room is kept before there is anything to count: a bar that breaks anew moves the rows under the pointer. */}
      <span className="td-weak td-chip-count" title={`${formatBytes(state?.receivedBytes ?? 0)} since it was added`}>
        {state !== undefined && state.received > 0 && formatCount(state.received)}
      </span>
      <Button
        variant="inline-icon"
        iconName={muted ? 'audio-off' : 'audio-full'}
        ariaLabel={
          muted
            ? `Show messages of ${visibleText(filter)} again`
            : `Mute ${visibleText(filter)}: receive and count, but do not show`
        }
        onClick={() => onMute(!muted)}
      />
      <Button
        variant="inline-icon"
        iconName="close"
        ariaLabel={`Unsubscribe from ${visibleText(filter)}`}
        onClick={onRemove}
      />
      {muted && <span className="td-weak">muted</span>}
    </li>
  )
}

function ChipState({ state, qos }: { readonly state: StreamSubscription | undefined; readonly qos: number }) {
  const status: SubscriptionStatus = state?.status ?? { kind: 'pending' }
  const isSignedOut = useSessionState() !== 'active'
  if (status.kind === 'refused') {
    return (
      <span className="td-chip-state" title={status.reason}>
        <StatusIndicator type="error" wrapText={false}>{`refused: ${status.reason}`}</StatusIndicator>
      </span>
    )
  }
  if (isSignedOut || status.kind === 'pending') {
    return (
      <StatusIndicator type={isSignedOut ? 'stopped' : 'pending'} wrapText={false}>
        {isSignedOut ? 'signed out' : 'waiting for the broker'}
      </StatusIndicator>
    )
  }
  const rate = `${formatCount(state?.messagesPerSecond ?? 0)}/s`
  return (
    <StatusIndicator type="success">
      <span className="td-chip-rate">{rate}</span>
      {status.qos === qos ? '' : `, granted QoS ${status.qos}`}
    </StatusIndicator>
  )
}
