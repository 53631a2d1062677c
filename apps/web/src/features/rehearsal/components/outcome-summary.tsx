import Button from '@cloudscape-design/components/button'
import StatusIndicator from '@cloudscape-design/components/status-indicator'
import type { ReactNode } from 'react'
import { ErrorAlert } from '../../../shared/ui/error-alert.tsx'

interface OutcomeSummaryProps {
  /** Why not all was read that decides; undefined where it was. */
  readonly error: Error | undefined
  /** About whom that is: `clients`. */
  readonly whom: string
  /** What is under way; undefined once it is over. */
  readonly progress: string | undefined
  /** What it came to; those that do not apply are false. */
  readonly sentences: readonly (string | false)[]
  /** What is assumed and cannot be known. */
  readonly children: ReactNode
  /** Where there is more than was looked at. */
  readonly further: readonly { readonly text: string; readonly look: (() => void) | undefined }[]
}

/** How much a rehearsal saw, of which source ever, and what that does not tell. */
export function OutcomeSummary({ error, whom, progress, sentences, children, further }: OutcomeSummaryProps) {
  return (
    <div className="td-rehearsal-summary">
      {error && <ErrorAlert error={error} what={`What decides about the ${whom} could not all be read`} />}
      <div role="status">
        {progress === undefined ? (
          <span>{sentences.filter((each) => each !== false).join(' · ')}.</span>
        ) : (
          <StatusIndicator type="loading">{progress}</StatusIndicator>
        )}
      </div>
      <p className="td-weak">{children}</p>
      {further.map(
        ({ text, look }) =>
          look && (
            <Button key={text} variant="inline-link" onClick={look}>
              {text}
            </Button>
          ),
      )}
    </div>
  )
}
