import './retained-look.css'
import Alert from '@cloudscape-design/components/alert'
import Button from '@cloudscape-design/components/button'
import ProgressBar from '@cloudscape-design/components/progress-bar'
import Table from '@cloudscape-design/components/table'
import type { ClearedTopic } from '@thingdeck/contract'
import { useState } from 'react'
import { Consequences } from '../../../shared/dialog/consequences.tsx'
import { Dialog } from '../../../shared/dialog/dialog.tsx'
import { InEnvironment } from '../../../shared/environment/in-environment.tsx'
import { formatCount } from '../../../shared/format.ts'
import { NameText } from '../../../shared/text/name-text.tsx'
import { ErrorAlert } from '../../../shared/ui/error-alert.tsx'
import { type Clearing, outcomeWords, type TopicToClear, useClearing } from '../clearing.ts'
import type { RetainedFilter } from '../search.ts'
import { useAllRetained } from '../use-all-retained.ts'

/** So many are named in the question. */
const MOST_NAMED = 8

interface ClearDialogProps {
  /** These topics, or all that a filter finds. */
  readonly what: readonly TopicToClear[] | RetainedFilter
  /** @param isTried whether anything was done; else whoever cancelled goes on with what is selected */
  readonly onClose: (isTried: boolean) => void
}

/** Says how many messages go and from where, then how far it is, then what became of each. */
export function ClearDialog({ what, onClose }: ClearDialogProps) {
  const isListed = Array.isArray(what)
  const found = useAllRetained(isListed ? undefined : (what as RetainedFilter)) // `isArray` does not narrow readonly arrays
  const topics: readonly TopicToClear[] = isListed ? what : found.topics
  const { clearing, start, stop } = useClearing()
  const [isStopping, setStopping] = useState(false)
  const failed = clearing.results.filter(({ outcome }) => outcome === 'failed' || outcome === 'changed')
  const count = topics.length === 1 ? '1 retained message' : `${formatCount(topics.length)} retained messages`

  const stopNow = () => {
    setStopping(true)
    stop()
  }

  if (clearing.state === 'running') {
    return (
      <Dialog
        header={`Clearing ${count}`}
        action={isStopping ? 'Stopping' : 'Stop'}
        disabled={isStopping}
        isOver
        onAction={stopNow}
        onClose={stopNow}
      >
        <ProgressBar
          value={(clearing.results.length / clearing.total) * 100}
          label={`${formatCount(clearing.results.length)} of ${formatCount(clearing.total)}`}
          description={outcomeWords(clearing)}
        />
      </Dialog>
    )
  }
  if (clearing.state === 'over') {
    const again = topics.filter(({ topic }) => failed.some((each) => each.topic === topic && each.outcome === 'failed'))
    return (
      <Dialog
        header="What became of them"
        action="Close"
        isOver
        onAction={() => onClose(true)}
        onClose={() => onClose(true)}
        {...(failed.length > 0 && { size: 'large' as const })}
      >
        <Outcome clearing={clearing} failed={failed} />
        {again.length > 0 && (
          <Button
            onClick={() => {
              setStopping(false)
              start(again)
            }}
          >
            Try {formatCount(again.length)} again
          </Button>
        )}
      </Dialog>
    )
  }
  return (
    <Dialog
      header={found.isCounting ? 'Clear retained messages' : `Clear ${count}?`}
      action={found.isCounting ? 'Clear' : `Clear ${count}`}
      disabled={found.isCounting || topics.length === 0}
      onAction={() => start(topics)}
      onClose={() => onClose(false)}
    >
      <InEnvironment />
      {found.error && <ErrorAlert error={found.error} what="The topics could not be counted" />}
      {found.isCounting && (
        <p role="status">Looking through what is retained: {formatCount(found.soFar)} found so far.</p>
      )}
      {!found.isCounting && topics.length === 0 && !found.error && <p>Nothing is retained that this filter finds.</p>}
      {topics.length > 0 && (
        <>
          <ul className="td-plain-list td-retained-topics">
            {topics.slice(0, MOST_NAMED).map(({ topic }) => (
              <li key={topic}>
                <span className="td-mono">
                  <NameText text={topic} />
                </span>
              </li>
            ))}
            {topics.length > MOST_NAMED && <li>and {formatCount(topics.length - MOST_NAMED)} more</li>}
          </ul>
          <Consequences
            list={[
              'Who subscribes from now on gets no message on these topics until the next one is published.',
              'Who is subscribed now receives an empty message on each of them.',
              ...(topics.every(({ lastModified }) => lastModified !== undefined)
                ? ['A message that was published since you looked is left alone.']
                : []),
              'This cannot be undone. What was there is kept in Activity, up to 64 KB of each.',
            ]}
          />
        </>
      )}
    </Dialog>
  )
}

function Outcome({ clearing, failed }: { readonly clearing: Clearing; readonly failed: readonly ClearedTopic[] }) {
  const isWhole = failed.length === 0 && clearing.notTried === 0
  return (
    <>
      <Alert type={isWhole ? 'success' : 'warning'}>{outcomeWords(clearing)}.</Alert>
      {failed.length > 0 && (
        <Table
          variant="embedded"
          items={failed.slice(0, 100)}
          trackBy="topic"
          ariaLabels={{ tableLabel: 'Not cleared' }}
          columnDefinitions={[
            {
              id: 'topic',
              header: 'Topic',
              cell: ({ topic }) => (
                <span className="td-mono">
                  <NameText text={topic} />
                </span>
              ),
            },
            { id: 'why', header: 'Why', cell: whyWords },
          ]}
          {...(failed.length > 100 && { footer: `and ${formatCount(failed.length - 100)} more` })}
        />
      )}
    </>
  )
}

function whyWords({ outcome, code, message }: ClearedTopic): string {
  if (outcome === 'changed') return 'Published anew since you looked.'
  return [message ?? 'AWS did not say.', code !== undefined && `(${code})`].filter(Boolean).join(' ')
}
