import type { IotLogEntry } from '@thingdeck/contract'
import type { ListColumn } from '../../shared/list/list-column.ts'
import { NameText } from '../../shared/text/name-text.tsx'
import { visible } from '../../shared/text/visible.tsx'
import { AboutAndWhy, ClientLink, Event, TraceLink, When } from './components/cells.tsx'

const text = (value: string | undefined) => (value === undefined ? '–' : visible(value))
const name = (value: string | undefined) =>
  value === undefined ? (
    '–'
  ) : (
    <span className="td-mono">
      <NameText text={value} />
    </span>
  )

/**
 * At 1024 pixels those that are shown unless chosen otherwise fit beside each other; what it is about, and why, stays
 * in sight at 768.
 */
export const COLUMNS: readonly ListColumn<IotLogEntry>[] = [
  { id: 'time', isFixed: true, header: 'When', width: 128, minWidth: 120, cell: When },
  {
    id: 'event',
    isFixed: true,
    header: 'Event',
    isRowHeader: true,
    width: 155,
    minWidth: 120,
    cell: (entry) => <Event entry={entry} />,
  },
  { id: 'client', isFixed: true, header: 'Client id', width: 120, minWidth: 100, cell: ClientLink },
  {
    id: 'about',
    header: 'About, and why',
    minWidth: 190,
    cell: (entry) => <AboutAndWhy entry={entry} />,
  },
  { id: 'trace', header: 'Trace', width: 95, minWidth: 90, cell: TraceLink },
  { id: 'rule', header: 'Rule', width: 130, cell: ({ ruleName }) => name(ruleName) },
  { id: 'action', header: 'Rule action', width: 170, cell: ({ ruleAction }) => text(ruleAction) },
  { id: 'thing', header: 'Thing', isHiddenAtFirst: true, width: 130, cell: ({ thingName }) => name(thingName) },
  { id: 'level', header: 'Level', isHiddenAtFirst: true, width: 90, cell: ({ logLevel }) => text(logLevel) },
  { id: 'protocol', header: 'Protocol', isHiddenAtFirst: true, width: 100, cell: ({ protocol }) => text(protocol) },
  {
    id: 'source',
    header: 'Source',
    isHiddenAtFirst: true,
    width: 160,
    cell: ({ sourceIp, sourcePort }) => name(sourceIp && (sourcePort ? `${sourceIp} :${sourcePort}` : sourceIp)),
  },
  {
    id: 'principal',
    header: 'Principal',
    isHiddenAtFirst: true,
    width: 200,
    cell: ({ principalId }) => name(principalId),
  },
  { id: 'details', header: 'Details', isHiddenAtFirst: true, width: 260, cell: ({ details }) => text(details) },
]

const OF_RULES: readonly string[] = ['rule', 'action']

/** Columns by what was read: those of rules where there is an entry of one. */
export function offeredColumns(entries: readonly IotLogEntry[]): readonly string[] {
  const hasRules = entries.some(({ ruleName }) => ruleName !== undefined)
  return COLUMNS.map(({ id }) => id).filter((id) => hasRules || !OF_RULES.includes(id))
}
