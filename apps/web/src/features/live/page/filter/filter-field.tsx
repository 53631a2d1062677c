import './filter.css'
import Button from '@cloudscape-design/components/button'
import FormField from '@cloudscape-design/components/form-field'
import Input, { type InputProps } from '@cloudscape-design/components/input'
import Link from '@cloudscape-design/components/link'
import Select from '@cloudscape-design/components/select'
import { lazy, Suspense, useEffect, useRef } from 'react'
import { formatCount } from '../../../../shared/format.ts'
import { paths } from '../../../../shared/paths.ts'
import { useShortcut } from '../../../../shared/shortcuts/shortcuts.tsx'
import { useAddressDraft } from '../../../../shared/use-address-draft.ts'
import type { FilterReport } from '../../protocol/filter.ts'
import { ruleSql } from '../../protocol/rule-sql.ts'
import { sqlFrom } from '../../protocol/sql-in-filter.ts'
import { useSampledValue, useSampledView } from '../feed/use-feed.ts'
import type { WindowFeed } from '../feed/use-window-feed.ts'
import { FilterHelp } from './filter-help.tsx'
import { lastOf, withLast } from './time-term.ts'

/** With the parser of the SQL, which whoever writes none does not need. */
const SqlCompletionsLine = lazy(() => import('./sql-completions-line.tsx'))

/** The URL changes once somebody stops typing. */
const TYPING_MS = 200
const REPORT_MS = 100

const TIMES = [
  { value: '', label: 'Any time' },
  { value: '1m', label: 'Last minute' },
  { value: '5m', label: 'Last 5 min' },
  { value: '15m', label: 'Last 15 min' },
  { value: '1h', label: 'Last hour' },
]

interface FilterFieldProps {
  readonly feed: WindowFeed
  readonly text: string
  /** Topic filters of the stream: of which topics a rule is made that the filter says nothing of. */
  readonly subscribed: readonly string[]
  readonly onChange: (text: string) => void
  readonly onCancel: () => void
}

export function FilterField({ feed, text, subscribed, onChange, onCancel }: FilterFieldProps) {
  const { draft, setDraft, send } = useAddressDraft(text, onChange)
  const field = useRef<InputProps.Ref>(null)
  useShortcut('/', 'Filter the messages', () => field.current?.focus())
  useEffect(() => {
    if (draft === text) return
    const timer = setTimeout(() => send(draft), TYPING_MS)
    return () => clearTimeout(timer)
  }, [draft, text, send])

  const problem = useSampledValue(feed, REPORT_MS, (view) => problemWords(view?.filter, draft))
  const last = lastOf(draft)
  return (
    <div className="td-live-filter">
      <FormField
        errorText={problem}
        constraintText={
          draft === '' ? undefined : <SearchState feed={feed} onCancel={onCancel} subscribed={subscribed} />
        }
        stretch
      >
        <Input
          ref={field}
          type="search"
          value={draft}
          onChange={({ detail }) => setDraft(detail.value)}
          onKeyDown={({ detail }) => {
            if (detail.key === 'Enter') send(draft)
          }}
          // Who leaves the field has stopped typing; and another view takes the field, and its timer, away.
          onBlur={() => {
            if (draft !== text) send(draft)
          }}
          ariaLabel="Filter messages"
          placeholder="Filter: text, /regex/, topic:dt/+/#, $.path > 20, SQL …, -not …"
          clearAriaLabel="Clear filter"
          spellcheck={false}
          invalid={problem !== undefined}
        />
      </FormField>
      <FilterHelp />
      <Select
        ariaLabel="Received"
        options={TIMES}
        selectedOption={
          TIMES.find(({ value }) => value === (last ?? '')) ?? { value: last ?? '', label: `Last ${last}` }
        }
        onChange={({ detail }) => {
          const { value } = detail.selectedOption
          const next = withLast(draft, value === '' ? undefined : value)
          setDraft(next)
          send(next)
        }}
      />
      {sqlFrom(draft) !== undefined && (
        <Suspense>
          <SqlCompletionsLine
            text={draft}
            onChoose={(next) => {
              setDraft(next)
              field.current?.focus()
            }}
          />
        </Suspense>
      )}
    </div>
  )
}

/** What is wrong with the filter as it is typed, and where: the part at fault is quoted. */
function problemWords(report: FilterReport | undefined, draft: string): string | undefined {
  if (report?.problem === undefined || report.text !== draft) return undefined
  const { message, from, to } = report.problem
  const part = report.text.slice(from, to)
  const words = part === '' || part === report.text ? message : `${message} It is about “${part}”.`
  return `${words} Until then the list shows what it showed before.`
}

interface SearchStateProps {
  readonly feed: WindowFeed
  readonly subscribed: readonly string[]
  readonly onCancel: () => void
}

/** How far the search is; nothing once it is through and was quick. */
function SearchState({ feed, onCancel, subscribed }: SearchStateProps) {
  const report = useSampledView(feed, REPORT_MS)?.filter
  if (!report || report.state === 'problem') return null
  const { state, scanned, total, elapsedMs, notes, rule } = report
  const share = total === 0 ? 100 : Math.floor((scanned / total) * 100)
  const sql = rule && ruleSql(rule, subscribed)
  return (
    <>
      {state === 'searching' && (
        <>
          Searching: {share}% of {formatCount(total)} rows.{' '}
          <Button variant="inline-link" onClick={onCancel}>
            Stop searching
          </Button>
        </>
      )}
      {state === 'cancelled' && `Search stopped after ${share}% of ${formatCount(total)} rows.`}
      {state === 'complete' && elapsedMs >= 200 && `Searched ${formatCount(total)} rows in ${formatMs(elapsedMs)}.`}
      {notes.length > 0 && ` ${notes.join(' ')}`}
      {sql !== undefined && (
        <>
          {' '}
          <Link href={paths.createRule({ sql })} fontSize="inherit">
            Make a rule of this filter
          </Link>
        </>
      )}
    </>
  )
}

const formatMs = (ms: number): string => (ms < 1_000 ? `${Math.round(ms)} ms` : `${(ms / 1_000).toFixed(1)} s`)
