import Button from '@cloudscape-design/components/button'
import SpaceBetween from '@cloudscape-design/components/space-between'
import ToggleButton from '@cloudscape-design/components/toggle-button'
import { formatCount } from '../../shared/format.ts'
import { useShortcut } from '../../shared/shortcuts/shortcuts.tsx'
import { useLiveClient } from './client.ts'
import { ListPreferencesButton } from './list/list-preferences-button.tsx'
import { useSampledView } from './use-window-feed.ts'
import type { WindowFeed } from './window-feed.ts'

interface StreamControlsProps {
  readonly stream: string
  readonly feed: WindowFeed
  /** Sequence from which on rows are not shown; undefined: not paused. */
  readonly pausedAt: number | undefined
  readonly onPausedAt: (sequence: number | undefined) => void
  readonly follow: boolean
  readonly onFollow: (follow: boolean) => void
  readonly onClear: () => void
}

/** Pause, follow and clear. Messages go on being kept while the view is paused. */
export function StreamControls({ stream, feed, pausedAt, onPausedAt, follow, onFollow, onClear }: StreamControlsProps) {
  const client = useLiveClient()
  const isPaused = pausedAt !== undefined
  const pause = () => {
    const next = feed.view()?.nextSequence
    if (!isPaused && next === undefined) return
    onPausedAt(isPaused ? undefined : next)
    client.call('live.setPaused', { stream, paused: !isPaused }).catch(() => {}) // only marks it in the stream
  }
  useShortcut('p', 'Pause or resume the stream', pause)
  useShortcut('f', 'Follow the stream', () => onFollow(!follow))
  return (
    <SpaceBetween direction="horizontal" size="xs">
      <Button iconName={isPaused ? 'play' : 'pause'} onClick={pause}>
        {isPaused ? <ResumeWords feed={feed} pausedAt={pausedAt} /> : 'Pause'}
      </Button>
      <ToggleButton
        pressed={follow}
        iconName="angle-down"
        pressedIconName="angle-down"
        onChange={({ detail }) => onFollow(detail.pressed)}
      >
        Follow
      </ToggleButton>
      <Button onClick={onClear}>Clear</Button>
      <ListPreferencesButton />
    </SpaceBetween>
  )
}

function ResumeWords({ feed, pausedAt }: { readonly feed: WindowFeed; readonly pausedAt: number }) {
  const keptBack = (useSampledView(feed, 250)?.nextSequence ?? pausedAt) - pausedAt
  return keptBack > 0 ? `Resume (${formatCount(keptBack)} new)` : 'Resume'
}
