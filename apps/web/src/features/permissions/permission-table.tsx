import './permission-table.css'
import Icon from '@cloudscape-design/components/icon'
import { visible } from '../../shared/text/visible.tsx'
import type { PermissionLine } from './aspects.ts'
import { comparedLine, type PermissionColumn } from './use-columns.ts'

interface PermissionTableProps {
  readonly columns: readonly PermissionColumn[]
  /** Rows and lines in which all columns agree are left out. */
  readonly onlyDifferences: boolean
}

/** What may be done, one row for each thing that clients do, one column for each who may do something else. */
export function PermissionTable({ columns, onlyDifferences }: PermissionTableProps) {
  const [first] = columns
  if (!first) return null
  const rows = first.aspects.map(({ title }, index) => {
    const cells = columns.map(({ aspects, thingName }) => ({ thingName, lines: aspects[index]?.lines ?? [] }))
    const shared = sharedLines(cells)
    return { title, cells, shared, differs: cells.some(({ lines }) => lines.length !== shared.size) }
  })
  const shown = onlyDifferences ? rows.filter(({ differs }) => differs) : rows
  if (shown.length === 0) return <div>They may do the same.</div>
  return (
    // biome-ignore lint/a11y/noNoninteractiveTabindex: a region that scrolls must be reachable by keyboard
    <section className="td-permissions" tabIndex={0} aria-label="What it may do">
      <table>
        <thead>
          <tr>
            <th scope="col">
              <span className="td-sr">What</span>
            </th>
            {columns.map((column) => (
              <th key={keyOf(column)} scope="col">
                <ColumnTitle column={column} isAlone={columns.length === 1} />
              </th>
            ))}
          </tr>
        </thead>
        <tbody>
          {shown.map(({ title, cells, shared }) => (
            <tr key={title}>
              <th scope="row">{title}</th>
              {cells.map(({ thingName, lines }, index) => (
                <td key={columns[index] ? keyOf(columns[index]) : index}>
                  <Lines
                    lines={onlyDifferences ? lines.filter((line) => !shared.has(comparedLine(line, thingName))) : lines}
                    marked={
                      columns.length > 1 && !onlyDifferences
                        ? (line) => !shared.has(comparedLine(line, thingName))
                        : NOBODY
                    }
                    empty={onlyDifferences ? 'nothing more' : 'nothing'}
                  />
                </td>
              ))}
            </tr>
          ))}
        </tbody>
      </table>
    </section>
  )
}

const NOBODY = () => false

const keyOf = ({ thingName, principalIds, which }: PermissionColumn) =>
  JSON.stringify([thingName, principalIds, which ?? ''])

/** The lines that all cells of a row have. */
function sharedLines(cells: readonly { thingName: string; lines: readonly PermissionLine[] }[]): ReadonlySet<string> {
  const [first = new Set<string>(), ...others] = cells.map(
    ({ thingName, lines }) => new Set(lines.map((line) => comparedLine(line, thingName))),
  )
  return new Set([...first].filter((line) => others.every((each) => each.has(line))))
}

function ColumnTitle({ column, isAlone }: { readonly column: PermissionColumn; readonly isAlone: boolean }) {
  const { thingName, principalIds, which } = column
  const ids = principalIds.map((id) => `${id.slice(0, 8)}…`).join(', ')
  return (
    <>
      {isAlone && principalIds.length > 1
        ? `With any of its ${principalIds.length} principals`
        : `${thingName} with ${ids}`}
      {which !== undefined && `, ${which}`}
    </>
  )
}

interface LinesProps {
  readonly lines: readonly PermissionLine[]
  readonly marked: (line: PermissionLine) => boolean
  readonly empty: string
}

function Lines({ lines, marked, empty }: LinesProps) {
  if (lines.length === 0) return <span className="td-weak">{empty}</span>
  return (
    <ul className="td-plain-list">
      {lines.map((line) => (
        <li key={`${line.kind} ${line.text}`} className={marked(line) ? 'td-permission-differs' : undefined}>
          <Sign kind={line.kind} /> <span className="td-mono">{visible(line.text)}</span>{' '}
          <span className="td-weak td-permission-why">{visible(line.why)}</span>
        </li>
      ))}
    </ul>
  )
}

const SIGNS = {
  allowed: ['status-positive', 'success', 'may'],
  except: ['status-negative', 'error', 'but not'],
  refused: ['status-negative', 'error', 'may not'],
  nothing: ['status-stopped', 'subtle', 'comes to nothing'],
} as const

function Sign({ kind }: Pick<PermissionLine, 'kind'>) {
  const [name, variant, words] = SIGNS[kind]
  return (
    <>
      <Icon name={name} variant={variant} size="small" />
      {kind === 'allowed' ? <span className="td-sr">{words}</span> : ` ${words}`}
    </>
  )
}
