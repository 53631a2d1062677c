import Button from '@cloudscape-design/components/button'
import type { ReactNode } from 'react'
import { VisibleText } from '../../shared/text/visible.tsx'
import type { OverviewLine } from './line.ts'
import { NotKnown } from './words.tsx'

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

/** A source that cannot be read here: AWS's words on it, and what would have to be done. */
export const unknownLine = (head: Head, words: string, message: string | undefined, cure: ReactNode): OverviewLine => ({
  ...head,
  urgency: 'unknown',
  words,
  missing: <NotKnown message={message}>{cure}</NotKnown>,
})

export const readingLine = (head: Head): OverviewLine => ({
  ...head,
  urgency: 'reading',
  words: <span className="td-weak">Reading…</span>,
})
