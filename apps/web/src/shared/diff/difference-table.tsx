import './difference-table.css'
import { NameText } from '../text/name-text.tsx'
import { visible } from '../text/visible.tsx'

/** A value before and after, as text. */
export interface Difference {
  /** What it is the value of, once in the table. */
  readonly key: string
  /** Undefined: there was none. */
  readonly before: string | undefined
  /** Undefined: it is removed. */
  readonly after: string | undefined
}

interface DifferenceTableProps {
  /** Accessible name. */
  readonly label: string
  /** Headings of the two values. */
  readonly before?: string
  readonly after?: string
  readonly differences: readonly Difference[]
  /** Where there is no text before, nobody knows whether there was a value. */
  readonly isBeforeUnknown?: boolean
}

/** Values before and after, key by key. It scrolls within itself. */
export function DifferenceTable(props: DifferenceTableProps) {
  const { label, before = 'Before', after = 'After', differences, isBeforeUnknown = false } = props
  return (
    // biome-ignore lint/a11y/noNoninteractiveTabindex: a region that scrolls must be reachable by keyboard
    <section className="td-differences" tabIndex={0} aria-label={label}>
      <table aria-label={label}>
        <thead>
          <tr>
            <th scope="col">Key</th>
            <th scope="col">{before}</th>
            <th scope="col">{after}</th>
          </tr>
        </thead>
        <tbody>
          {differences.map(({ key, before: old, after: now }) => (
            <tr key={key}>
              <th scope="row">
                <NameText text={key} />
              </th>
              <td>{old === undefined ? isBeforeUnknown ? 'not known' : '–' : <del>{visible(old, true)}</del>}</td>
              <td>
                {now === undefined ? (
                  <span className="td-difference-removed">removed</span>
                ) : (
                  <ins>{visible(now, true)}</ins>
                )}
              </td>
            </tr>
          ))}
        </tbody>
      </table>
    </section>
  )
}
