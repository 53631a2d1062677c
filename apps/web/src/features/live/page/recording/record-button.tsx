import './recording.css'
import Button from '@cloudscape-design/components/button'
import { useEffect, useState } from 'react'
import { useOfferedByName } from '../../../../shared/action/actions-on-page.ts'
import { useFlash } from '../../../../shared/flash/flash.tsx'
import { formatBytes, formatCount } from '../../../../shared/format.ts'
import { BarButton } from '../bar-button.tsx'
import { useSampledValue } from '../feed/use-feed.ts'
import type { WindowFeed } from '../feed/use-window-feed.ts'
import { useRecording } from './use-recording.ts'

/** What is compressed comes in blocks: until the first is out, the size of the file is that of its head. */
const COMPRESSED_BLOCK_BYTES = 1_024

interface RecordButtonProps {
  readonly stream: string
  readonly feed: WindowFeed
  readonly hasSubscriptions: boolean
}

/** Records what comes from now on; a second press ends it and saves the file. It goes on when the page is left. */
export function RecordButton({ stream, feed, hasSubscriptions }: RecordButtonProps) {
  const { start, save } = useRecording(stream)
  const { flash } = useFlash()
  const [isStopping, setIsStopping] = useState(false)
  const recording = useSampledValue(feed, 500, (view) => view?.recording)
  const notStoredBecause = recording?.notStoredBecause
  useEffect(() => {
    if (notStoredBecause === undefined) return
    flash({
      id: 'recording-not-stored',
      type: 'warning',
      header: 'What is recorded from now on is kept in this tab alone',
      content: `${notStoredBecause} The recording goes on. A reload or a crash would lose what comes now: stop it to save it as a file.`,
    })
  }, [flash, notStoredBecause])

  const stop = async () => {
    setIsStopping(true)
    await save()
    setIsStopping(false)
  }
  const whyNot = hasSubscriptions ? undefined : 'Subscribe to something first: there is nothing to record.'
  useOfferedByName([
    recording
      ? { id: 'record', text: 'Stop recording', isBusy: isStopping, onAction: () => void stop() }
      : { id: 'record', text: 'Record messages', alsoNamed: 'new recording', whyNot, onAction: start },
  ])
  if (!recording) {
    return (
      <BarButton
        icon="status-not-started"
        words="Record"
        onClick={start}
        disabled={whyNot !== undefined}
        disabledReason={whyNot ?? ''}
      />
    )
  }
  return (
    <Button iconName="stop-circle" loading={isStopping} onClick={() => void stop()}>
      <span className="td-recording">
        {recording.endedBecause === undefined ? 'Stop recording' : `Save: ${recording.endedBecause}`}{' '}
        {formatCount(recording.messages)}
        {recording.fileBytes >= COMPRESSED_BLOCK_BYTES && ` · ${formatBytes(recording.fileBytes)}`}
      </span>
    </Button>
  )
}
