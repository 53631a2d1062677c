import '../rehearsal.css'
import { VisibleText } from '../../../../shared/text/visible.tsx'
import { formatTimeOfDay } from '../../../../shared/time.tsx'
import type { RehearsalRow } from '../protocol.ts'
import { DecisionState } from './decision-words.tsx'

interface RehearsalRowsProps {
  readonly rows: readonly RehearsalRow[]
  readonly selected: number | undefined
  readonly onSelect: (id: number | undefined) => void
}

/** One line a message, the newest first: what came of it, and its output or why there is none. */
export function RehearsalRows({ rows, selected, onSelect }: RehearsalRowsProps) {
  return (
    <ul className="td-plain-list td-rehearsal-rows" aria-label="Messages">
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
            {row.deployed && (
              <span className="td-rehearsal-deployed">
                Deployed: <DecisionState kind={row.deployed.kind} />{' '}
                <span className="td-mono">
                  <VisibleText text={row.deployed.words} />
                </span>
              </span>
            )}
          </button>
        </li>
      ))}
    </ul>
  )
}
