import { lazy, Suspense, useMemo } from 'react'
import { visibleLines } from '../../../../shared/text/visible-text.ts'
import { formatTimeOfDay } from '../../../../shared/time.tsx'
import { Loading } from '../../../../shared/ui/loading.tsx'
import type { FullMessage } from '../../protocol/stream.ts'
import { comparePayloads } from './compare-payloads.ts'
import { useFullMessage } from './use-full-message.ts'

const DiffView = lazy(() => import('../../../../shared/editor/diff-view.tsx'))

interface DiffToPreviousProps {
  readonly stream: string
  readonly message: FullMessage
}

/** What changed since the message before it on its topic. */
export function DiffToPrevious({ stream, message }: DiffToPreviousProps) {
  const previous = useFullMessage(stream, message.previousOnTopic)
  if (previous === undefined) return null
  if (previous === 'gone') return <p className="td-weak">The previous message on this topic has aged out.</p>
  return <Difference previous={previous} message={message} />
}

function Difference({ previous, message }: { readonly previous: FullMessage; readonly message: FullMessage }) {
  const { before, after, words } = useMemo(() => comparePayloads(previous, message), [previous, message])
  return (
    <div className="td-diff-frame">
      <p className="td-weak td-diff-head">
        {formatTimeOfDay(previous.receivedAtMs)} → {formatTimeOfDay(message.receivedAtMs)}
        {words !== undefined && `: ${words}`}
      </p>
      <Suspense fallback={<Loading what="the difference" />}>
        <div className="td-diff">
          <DiffView
            label="Changes since the previous message"
            before={visibleLines(before)}
            after={visibleLines(after)}
          />
        </div>
      </Suspense>
    </div>
  )
}
