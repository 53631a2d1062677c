import Button from '@cloudscape-design/components/button'
import SpaceBetween from '@cloudscape-design/components/space-between'
import { formatCount } from '../../../shared/format.ts'
import { useShortcut } from '../../../shared/shortcuts/shortcuts.tsx'
import { BarButton, BarToggle } from './bar-button.tsx'
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
      {pause.untilSequence === undefined ? (
        <BarButton icon="pause" words="Pause" onClick={pause.toggle} />
      ) : (
        <Button iconName="play" onClick={pause.toggle}>
          <ResumeWords feed={feed} pausedAt={pause.untilSequence} />
        </Button>
      )}
      <BarButton
        icon="angle-right-double"
        words="Step"
        onClick={onStep}
        disabled={!isPaused}
        disabledReason="Pause the stream to go through it one message at a time."
      />
      <BarToggle icon="arrow-down" words="Follow" pressed={follow} onChange={onFollow} />
    </SpaceBetween>
  )
}

function ResumeWords({ feed, pausedAt }: { readonly feed: WindowFeed; readonly pausedAt: number }) {
  const keptBack = (useSampledView(feed, 250)?.nextSequence ?? pausedAt) - pausedAt
  return keptBack > 0 ? `Resume (${formatCount(keptBack)} new)` : 'Resume'
}
