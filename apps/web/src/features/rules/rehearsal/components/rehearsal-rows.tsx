import '../rehearsal.css'
import { useState } from 'react'
import { VisibleText } from '../../../../shared/text/visible.tsx'
import { formatTimeOfDay } from '../../../../shared/time.tsx'
import type { RehearsalRow } from '../protocol.ts'
import { DecisionState } from './decision-words.tsx'

interface RehearsalRowsProps {
  readonly rows: readonly RehearsalRow[]
  /** Which rule decided them, and which of them are shown: with another, other rows stand here. */
  readonly run: string
  /** What is compared, beside what it made of a message: 'Deployed'. */
  readonly comparedShort: string
  readonly selected: number | undefined
  readonly onSelect: (id: number | undefined) => void
}

/**
 * One line a message, the newest first: what came of it, and its output or why there is none. What is under the pointer,
 * or has the keyboard's focus, stays where it is: newer ones wait.
 */
export function RehearsalRows({ rows: latest, run, comparedShort, selected, onSelect }: RehearsalRowsProps) {
  const [held, setHeld] = useState<{ readonly rows: readonly RehearsalRow[]; readonly run: string }>()
  // Of another rule, and once all is cleared, those that stood here are no longer true.
  const isHeld = held?.run === run && held.rows.length > 0
  const rows = isHeld ? held.rows : latest
  const isWaited = isHeld && latest[0] !== undefined && latest[0].id !== rows[0]?.id
  const hold = () => setHeld((before) => (before?.run === run ? before : { rows: latest, run }))
  return (
    <>
      <ul
        className="td-plain-list td-rehearsal-rows"
        aria-label="Messages"
        onPointerEnter={hold}
        onPointerLeave={() => setHeld(undefined)}
        onFocus={({ target }) => {
          if (target.matches(':focus-visible')) hold()
        }}
        onBlur={({ currentTarget, relatedTarget }) => {
          if (!currentTarget.contains(relatedTarget)) setHeld(undefined)
        }}
      >
        {rows.map((row) => (
          <li key={row.id}>
            <button
              type="button"
              className="td-rehearsal-row"
              aria-expanded={row.id === selected}
              onClick={() => onSelect(row.id === selected ? undefined : row.id)}
            >
              <span className="td-rehearsal-head">
                <DecisionState kind={row.draft.kind} />
                <span className="td-mono td-weak">{formatTimeOfDay(row.receivedAtMs)}</span>
                <span className="td-mono">
                  <VisibleText text={row.topic} />
                </span>
              </span>
              <span className="td-mono td-rehearsal-words">
                <VisibleText text={row.draft.words} />
              </span>
              {row.compared && (
                <span className="td-rehearsal-deployed">
                  {comparedShort}: <DecisionState kind={row.compared.kind} />{' '}
                  <span className="td-mono">
                    <VisibleText text={row.compared.words} />
                  </span>
                </span>
              )}
              {row.sentOtherwise && (
                <span className="td-rehearsal-deployed">
                  {comparedShort}: the same decision; sent on differently:{' '}
                  <span className="td-mono">
                    <VisibleText text={row.sentOtherwise.join(', ')} />
                  </span>
                </span>
              )}
            </button>
          </li>
        ))}
      </ul>
      <p className="td-weak td-rehearsal-waiting">
        {isWaited && 'Newer ones wait until the pointer and the focus leave the list.'}
      </p>
    </>
  )
}
