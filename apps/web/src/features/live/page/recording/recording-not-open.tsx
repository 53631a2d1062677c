import Box from '@cloudscape-design/components/box'
import Button from '@cloudscape-design/components/button'
import FileInput from '@cloudscape-design/components/file-input'
import SpaceBetween from '@cloudscape-design/components/space-between'
import { useOpenRecording } from './use-open-recording.tsx'

interface RecordingNotOpenProps {
  readonly onOpened: (stream: string) => void
  readonly onLive: () => void
}

/** A link to a recording cannot hold its file: whoever opens it has to. */
export function RecordingNotOpen({ onOpened, onLive }: RecordingNotOpenProps) {
  const open = useOpenRecording()
  return (
    <Box textAlign="center" padding="xxl">
      <SpaceBetween size="m" alignItems="center">
        <Box variant="h2">This recording is not open in this tab</Box>
        <Box color="text-body-secondary">A recording is a file on a computer. Open it to see the same view of it.</Box>
        <SpaceBetween direction="horizontal" size="xs" alignItems="center">
          <FileInput
            value={[]}
            onChange={async ({ detail }) => {
              const [file] = detail.value
              const opened = file && (await open(file))
              if (opened !== undefined) onOpened(opened)
            }}
          >
            Open a recording
          </FileInput>
          <Button onClick={onLive}>To the live stream</Button>
        </SpaceBetween>
      </SpaceBetween>
    </Box>
  )
}
