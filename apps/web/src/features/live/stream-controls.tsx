import Button from '@cloudscape-design/components/button'
import SpaceBetween from '@cloudscape-design/components/space-between'
import ToggleButton from '@cloudscape-design/components/toggle-button'
import { formatCount } from '../../shared/format.ts'
import { useShortcut } from '../../shared/shortcuts/shortcuts.tsx'
import { useSampledView } from './feed/use-feed.ts'
import type { WindowFeed } from './feed/use-window-feed.ts'
import type { Pause } from './use-pause.ts'

interface StreamControlsProps {
  readonly feed: WindowFeed
  readonly pause: Pause
  readonly onStep: () => void
  readonly follow: boolean
  readonly onFollow: (follow: boolean) => void
}

/** Pause, step and follow. Messages go on being kept while the view is paused. */
export function StreamControls({ feed, pause, onStep, follow, onFollow }: StreamControlsProps) {
  const isPaused = pause.untilSequence !== undefined
  useShortcut('p', 'Pause or resume the stream', pause.toggle)
  useShortcut('.', 'While paused: one message more', onStep)
  useShortcut('f', 'Follow the stream', () => onFollow(!follow))
  return (
    <SpaceBetween direction="horizontal" size="xs">
      <Button iconName={isPaused ? 'play' : 'pause'} onClick={pause.toggle}>
        {pause.untilSequence === undefined ? 'Pause' : <ResumeWords feed={feed} pausedAt={pause.untilSequence} />}
      </Button>
      <Button
        onClick={onStep}
        disabled={!isPaused}
        disabledReason="Pause the stream to go through it one message at a time."
      >
        Step
      </Button>
      <ToggleButton
        pressed={follow}
        iconName="angle-down"
        pressedIconName="angle-down"
        onChange={({ detail }) => onFollow(detail.pressed)}
      >
        Follow
      </ToggleButton>
    </SpaceBetween>
  )
}

function ResumeWords({ feed, pausedAt }: { readonly feed: WindowFeed; readonly pausedAt: number }) {
  const keptBack = (useSampledView(feed, 250)?.nextSequence ?? pausedAt) - pausedAt
  return keptBack > 0 ? `Resume (${formatCount(keptBack)} new)` : 'Resume'
}
