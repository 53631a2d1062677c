import Button from '@cloudscape-design/components/button'
import { VisibleText } from '../../shared/text/visible.tsx'
import type { OverviewLine } from './line.ts'

type Head = Pick<OverviewLine, 'id' | 'title'>

/** A source that failed: the others stand beside it. */
export const failedLine = (head: Head, error: Error, onRetry: () => void): OverviewLine => ({
  ...head,
  urgency: 'unknown',
  words: (
    <>
      Not known: <VisibleText text={error.message} />{' '}
      <Button variant="inline-link" ariaLabel={`Try again: ${head.title}`} onClick={onRetry}>
        Try again
      </Button>
    </>
  ),
})

export const readingLine = (head: Head): OverviewLine => ({
  ...head,
  urgency: 'reading',
  words: <span className="td-weak">Reading…</span>,
})
