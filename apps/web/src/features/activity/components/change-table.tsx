import type { AuditChange } from '@thingdeck/contract'
import { pathWords } from '../entry-words.ts'

interface ChangeTableProps {
  readonly changes: readonly AuditChange[]
  /** Where there is no text before, nobody knows whether there was a value. */
  readonly isBeforeUnknown: boolean
}

/** Values before and after, key by key. */
export function ChangeTable({ changes, isBeforeUnknown }: ChangeTableProps) {
  return (
    // biome-ignore lint/a11y/noNoninteractiveTabindex: a region that scrolls must be reachable by keyboard
    <section className="td-state-scroll" tabIndex={0} aria-label="Values before and after">
      <table className="td-state" aria-label="Values before and after">
        <thead>
          <tr>
            <th scope="col">Key</th>
            <th scope="col">Before</th>
            <th scope="col">After</th>
          </tr>
        </thead>
        <tbody>
          {changes.map(({ path, beforeText, afterText }) => (
            <tr key={path}>
              <th scope="row" className="td-mono">
                {pathWords(path)}
              </th>
              <td className="td-mono">
                {beforeText === undefined ? isBeforeUnknown ? 'not known' : '–' : <del>{beforeText}</del>}
              </td>
              <td className="td-mono">
                {afterText === undefined ? <span className="td-error">removed</span> : <ins>{afterText}</ins>}
              </td>
            </tr>
          ))}
        </tbody>
      </table>
    </section>
  )
}
