import Alert from '@cloudscape-design/components/alert'
import Button from '@cloudscape-design/components/button'
import CopyToClipboard from '@cloudscape-design/components/copy-to-clipboard'
import SpaceBetween from '@cloudscape-design/components/space-between'
import { serverNow } from '../clock/server-clock.ts'
import { ApiError } from '../http.ts'
import { VisibleText } from '../text/visible.tsx'

/** A failure, which is announced: what failed, why in the server's words, what to do, and the details to hand on. */
export function ErrorAlert({
  error,
  what,
  onRetry,
}: {
  readonly error: Error
  /** e.g. 'The things could not be listed' */
  readonly what: string
  readonly onRetry?: () => void
}) {
  return (
    <div role="alert">
      <Alert
        type="error"
        header={what}
        action={
          <SpaceBetween direction="horizontal" size="xs">
            {onRetry && <Button onClick={onRetry}>Try again</Button>}
            <CopyToClipboard
              copyButtonText="Copy details"
              copySuccessText="Details copied"
              copyErrorText="The details could not be copied"
              textToCopy={errorDetails(error, what)}
            />
          </SpaceBetween>
        }
      >
        <VisibleText text={error.message} keepsLines />
        {error instanceof ApiError && ` (${error.code})`}
      </Alert>
    </div>
  )
}

/** Everything that helps whoever looks into it, as text. */
function errorDetails(error: Error, what: string): string {
  const lines = [`${what}: ${error.message}`, `at ${new Date(serverNow()).toISOString()}, ${location.pathname}`]
  if (error instanceof ApiError) {
    lines.push(`code ${error.code}, status ${error.status}`)
    if (error.requestId !== undefined) lines.push(`request ${error.requestId}`)
    if (error.awsRequestId !== undefined) lines.push(`AWS request ${error.awsRequestId}`)
  } else if (error.stack) lines.push(error.stack)
  return lines.join('\n')
}
