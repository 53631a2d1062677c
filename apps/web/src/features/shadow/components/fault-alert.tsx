import Alert from '@cloudscape-design/components/alert'
import Button from '@cloudscape-design/components/button'
import { visible } from '../../../shared/text/visible.tsx'
import type { EditorFault } from '../model/editor-state.ts'

const HEADERS: Readonly<Record<EditorFault['during'], string>> = {
  get: 'The shadow could not be read',
  update: 'The update did not go through',
  delete: 'The shadow could not be deleted',
}

interface FaultAlertProps {
  readonly fault: EditorFault
  readonly hasDraft: boolean
  readonly onDismiss: () => void
  readonly onRetry: () => void
}

/** What did not work, why in the words of whoever refused, and what to do. The draft is never part of the loss. */
export function FaultAlert({ fault, hasDraft, onDismiss, onRetry }: FaultAlertProps) {
  const { during, code, message } = fault
  return (
    <Alert
      type={code === 'NO_ANSWER' ? 'warning' : 'error'}
      header={HEADERS[during]}
      dismissible
      onDismiss={onDismiss}
      // How to sign in again the bar of the session says, which leaves this page as it is.
      action={during === 'get' && code !== 'SIGNED_OUT' && <Button onClick={onRetry}>Try again</Button>}
    >
      {visible(message)} ({code}) {adviceFor(code)}
      {hasDraft && ' Your draft is kept, also when you sign in again or reload the page.'}
    </Alert>
  )
}

function adviceFor(code: string): string {
  switch (code) {
    case 'RequestEntityTooLargeException':
      return 'Remove keys, or split the shadow into named ones.'
    case 'ThrottlingException':
      return 'AWS takes 20 shadow requests a second for a thing: try again in a moment.'
    case 'ForbiddenException':
    case 'MQTT_0x87':
      return 'The IoT policy of your role does not allow it.'
    default:
      return ''
  }
}
