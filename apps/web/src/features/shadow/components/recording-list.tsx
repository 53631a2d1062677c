import './recording-list.css'
import Alert from '@cloudscape-design/components/alert'
import Button from '@cloudscape-design/components/button'
import ProgressBar from '@cloudscape-design/components/progress-bar'
import SpaceBetween from '@cloudscape-design/components/space-between'
import { formatBytes, formatCount } from '../../../shared/format.ts'
import { useMqttStatus } from '../../../shared/mqtt/mqtt-context.ts'
import { formatDateTime, formatSpan } from '../../../shared/time.tsx'
import { cautionsOf, isOfAnotherEndpoint, whyNothing } from '../recording/recording-in-words.ts'
import type { ShadowRecording } from '../recording/shadow-recording.ts'
import type { OpenRecording } from '../recording/timeline.ts'
import type { Reading, Recordings } from '../recording/use-recordings.ts'

interface RecordingListProps {
  readonly recordings: Recordings
  /** As people read it: `pump-7`, `pump-7~config`. */
  readonly shadowName: string
}

/** The recordings that are open beside the session, the one on its way in, and what must be known of them. */
export function RecordingList({ recordings, shadowName }: RecordingListProps) {
  const { open, reading, failure, cancel, close } = recordings
  return (
    <SpaceBetween size="xs">
      {reading && <ReadingLine reading={reading} onCancel={cancel} />}
      {failure && (
        <Alert type="error" header={`${failure.fileName} could not be opened`}>
          {failure.message} Recordings are made in Live messages with Record, or exported there; their names end in
          .jsonl.gz.
        </Alert>
      )}
      {open.map((each) => (
        <Opened key={each.key} opened={each} shadowName={shadowName} onClose={() => close(each.key)} />
      ))}
    </SpaceBetween>
  )
}

function ReadingLine({ reading, onCancel }: { readonly reading: Reading; readonly onCancel: () => void }) {
  const { fileName, progress } = reading
  return (
    <div className="td-ends">
      <div className="td-reading">
        <ProgressBar
          label={`Reading ${fileName}`}
          value={progress && progress.totalBytes > 0 ? (progress.readBytes / progress.totalBytes) * 100 : 0}
          {...(progress
            ? {
                additionalInfo: `${formatBytes(progress.readBytes)} of ${formatBytes(progress.totalBytes)}, ${formatCount(
                  progress.messages,
                )} messages, ${formatCount(progress.found)} versions of this shadow`,
              }
            : {})}
        />
      </div>
      <Button onClick={onCancel}>Cancel reading</Button>
    </div>
  )
}

interface OpenedProps {
  readonly opened: OpenRecording
  readonly shadowName: string
  readonly onClose: () => void
}

function Opened({ opened: { recording }, shadowName, onClose }: OpenedProps) {
  const { endpoint } = useMqttStatus()
  const { fileName, versions } = recording
  const cautions = cautionsOf(recording, endpoint)
  const isEmpty = versions.length === 0
  const close = (
    <Button onClick={onClose} ariaLabel={`Close the recording ${fileName}`}>
      Close recording
    </Button>
  )
  if (isEmpty) {
    return (
      <Alert type="warning" header={`${fileName} holds nothing of this shadow`} action={close}>
        {whyNothing(recording, shadowName)} {isOfAnotherEndpoint(recording, endpoint) && cautions[0]}
      </Alert>
    )
  }
  return (
    <Alert type={cautions.length > 0 ? 'warning' : 'info'} header={`Recording: ${fileName}`} action={close}>
      {inWords(recording)}
      {cautions.map((caution) => (
        <div key={caution}>{caution}</div>
      ))}
    </Alert>
  )
}

function inWords({ versions, startedAtMs, endedAtMs, messages }: ShadowRecording): string {
  const count = versions.length === 1 ? '1 version' : `${formatCount(versions.length)} versions`
  const span = formatSpan(endedAtMs - startedAtMs)
  return `${count} of this shadow in ${formatCount(messages)} messages, ${formatDateTime(startedAtMs)} – ${formatDateTime(endedAtMs)} (${span}).`
}
