import { stringifyJson } from '@thingdeck/json'
import type { ChangedLeaf } from '@thingdeck/shadows'
import { formatKey } from '../model/rows.ts'

interface DifferenceTableProps {
  readonly title: string
  /** Headings of the two values. */
  readonly before: string
  readonly after: string
  readonly changes: readonly ChangedLeaf[]
}

/** Values before and after, key by key. */
export function DifferenceTable({ title, before, after, changes }: DifferenceTableProps) {
  return (
    // biome-ignore lint/a11y/noNoninteractiveTabindex: a region that scrolls must be reachable by keyboard
    <section className="td-state-scroll" tabIndex={0} aria-label={title}>
      <table className="td-state" aria-label={title}>
        <thead>
          <tr>
            <th scope="col">Key</th>
            <th scope="col">{before}</th>
            <th scope="col">{after}</th>
          </tr>
        </thead>
        <tbody>
          {changes.map(({ path, before: old, after: now }) => (
            <tr key={formatKey(path)}>
              <th scope="row" className="td-mono">
                {formatKey(path)}
              </th>
              <td className="td-mono">{old === undefined ? '–' : <del>{stringifyJson(old)}</del>}</td>
              <td className="td-mono">
                {now === undefined ? <span className="td-error">removed</span> : <ins>{stringifyJson(now)}</ins>}
              </td>
            </tr>
          ))}
        </tbody>
      </table>
    </section>
  )
}
