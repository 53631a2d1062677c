import Alert from '@cloudscape-design/components/alert'
import Button from '@cloudscape-design/components/button'
import { VisibleText, visible } from '../../../../shared/text/visible.tsx'
import { formatDateTime, formatSpan } from '../../../../shared/time.tsx'
import { useSampledValue } from '../feed/use-feed.ts'
import type { WindowFeed } from '../feed/use-window-feed.ts'

interface RecordingBannerProps {
  readonly feed: WindowFeed
  readonly onClose: () => void
}

/** Says that what is looked at is not live. */
export function RecordingBanner({ feed, onClose }: RecordingBannerProps) {
  const origin = useSampledValue(feed, 500, (view) => view?.origin)
  if (origin?.kind !== 'recording') return null
  const { fileName, startedAtMs, endedAtMs, subscriptions, reading, isWhole, problem } = origin
  return (
    <Alert
      type={reading === 'over' && !isWhole ? 'warning' : 'info'}
      header={`Recording: ${fileName}`}
      action={<Button onClick={onClose}>Close recording</Button>}
    >
      {formatDateTime(startedAtMs)} – {formatDateTime(endedAtMs)} ({formatSpan(endedAtMs - startedAtMs)}), read-only;{' '}
      {subscriptions.length > 0 && (
        <>
          it was subscribed to{' '}
          <span className="td-mono">{visible(subscriptions.map(({ filter }) => filter).join(', '))}</span>.
        </>
      )}
      {reading === 'under-way' && ' It is still being read.'}
      {reading === 'stopped' && ' It was not read to its end: that was stopped.'}
      {problem !== undefined && (
        <>
          {' '}
          It was not read to its end: <VisibleText text={problem} />
        </>
      )}
      {reading === 'over' &&
        !isWhole &&
        problem === undefined &&
        ' It breaks off: its last line is missing, so the recording was not ended, or the file is cut.'}
    </Alert>
  )
}
