import './recording.css'
import Alert from '@cloudscape-design/components/alert'
import Button from '@cloudscape-design/components/button'
import { useState } from 'react'
import { Dialog } from '../../../../shared/dialog/dialog.tsx'
import { formatBytes } from '../../../../shared/format.ts'
import { saveFile } from '../../../../shared/save-file.ts'
import type { StoredRecording } from '../../protocol/record.ts'
import { interruptedWords, tooMuchWords } from './interrupted-words.ts'
import { useInterrupted } from './use-interrupted.ts'
import { useOpenRecording } from './use-open-recording.tsx'

/** Offers what is left of recordings that were not ended, until each is discarded. */
export function InterruptedRecordings({ onOpened }: { readonly onOpened: (stream: string) => void }) {
  const { recordings: all, read, discard } = useInterrupted()
  const open = useOpenRecording()
  /** Those that somebody wants to see later. */
  const [later, setLater] = useState<ReadonlySet<string>>(new Set())
  const [saved, setSaved] = useState<ReadonlySet<string>>(new Set())
  const [doomed, setDoomed] = useState<StoredRecording>()
  const recordings = all.filter(({ id }) => !later.has(id))
  if (recordings.length === 0) return null

  const openIt = async (recording: StoredRecording) => {
    const file = await read(recording)
    const opened = file && (await open(file))
    if (opened !== undefined) onOpened(opened)
  }
  const saveIt = async (recording: StoredRecording) => {
    const file = await read(recording)
    if (!file) return
    saveFile(file, file.name)
    setSaved((before) => new Set([...before, recording.id]))
  }
  const tooMuch = tooMuchWords(recordings)
  return (
    <div className="td-interrupted">
      <Alert
        type={tooMuch === undefined ? 'info' : 'warning'}
        dismissible
        dismissAriaLabel="Later"
        onDismiss={() => setLater(new Set(all.map(({ id }) => id)))}
        header={
          recordings.length === 1 ? 'A recording was interrupted' : `${recordings.length} recordings were interrupted`
        }
      >
        {tooMuch}
        <ul aria-label="Interrupted recordings">
          {recordings.map((recording) => (
            <li key={recording.id}>
              <span>
                {interruptedWords(recording)}, {formatBytes(recording.sizeBytes)}
                {saved.has(recording.id) && '. Saved as a file'}
              </span>
              <Button variant="inline-link" onClick={() => void openIt(recording)}>
                Open
              </Button>
              <Button variant="inline-link" onClick={() => void saveIt(recording)}>
                Save as file
              </Button>
              <Button
                variant="inline-link"
                onClick={() => (saved.has(recording.id) ? void discard(recording) : setDoomed(recording))}
              >
                Discard
              </Button>
            </li>
          ))}
        </ul>
      </Alert>
      {doomed && (
        <Dialog
          header="Discard the recording"
          action="Discard"
          onAction={() => {
            setDoomed(undefined)
            void discard(doomed)
          }}
          onClose={() => setDoomed(undefined)}
        >
          {interruptedWords(doomed)}: they are in this browser alone, and gone for good then.
        </Dialog>
      )}
    </div>
  )
}
