import Box from '@cloudscape-design/components/box'
import Button from '@cloudscape-design/components/button'
import Modal from '@cloudscape-design/components/modal'
import SpaceBetween from '@cloudscape-design/components/space-between'
import { useBlocker } from '@tanstack/react-router'
import { useState } from 'react'
import { useRecording } from './use-recording.ts'

/** Asks before a view is left whose stream, and with it the recording of it, ends there. */
export function LeaveRecording({ stream }: { readonly stream: string }) {
  const { isRunning, save, discard } = useRecording(stream)
  const [isSaving, setIsSaving] = useState(false)
  const blocker = useBlocker({
    shouldBlockFn: ({ current, next }) =>
      isRunning() && (next.pathname !== current.pathname || tabOf(next.search) !== tabOf(current.search)),
    enableBeforeUnload: false, // asked wherever the page is, see `useRecording`
    withResolver: true,
  })
  if (blocker.status !== 'blocked') return null
  const saveAndLeave = async () => {
    setIsSaving(true)
    await save()
    setIsSaving(false)
    blocker.proceed()
  }
  return (
    <Modal
      visible
      header="A recording is under way"
      closeAriaLabel="Stay"
      onDismiss={blocker.reset}
      footer={
        <Box float="right">
          <SpaceBetween direction="horizontal" size="xs">
            <Button variant="link" onClick={blocker.reset}>
              Stay
            </Button>
            <Button
              onClick={() => {
                discard()
                blocker.proceed()
              }}
            >
              Discard recording
            </Button>
            <Button variant="primary" loading={isSaving} onClick={() => void saveAndLeave()}>
              Save recording
            </Button>
          </SpaceBetween>
        </Box>
      }
    >
      These messages are received only while this tab is open, so the recording ends when it is left.
    </Modal>
  )
}

const tabOf = (search: object): unknown => ('tab' in search ? search.tab : undefined)
