import Link from '@cloudscape-design/components/link'
import StatusIndicator from '@cloudscape-design/components/status-indicator'
import { reasonInWords } from '../../shared/iot-logs/disconnect-reason.ts'
import type { ListColumn } from '../../shared/list/list-column.ts'
import { paths } from '../../shared/paths.ts'
import { FirstNames } from '../../shared/text/first-names.tsx'
import { NameText } from '../../shared/text/name-text.tsx'
import { TwoLinesOfNames } from '../../shared/text/two-lines.tsx'
import { visible } from '../../shared/text/visible.tsx'
import { Age } from '../../shared/time.tsx'
import { Copyable } from '../../shared/ui/copyable.tsx'
import { fieldLabel, isField } from './fields.ts'
import type { Source, ThingRow } from './list-api.ts'

const COLUMNS: readonly ListColumn<ThingRow>[] = [
  {
    id: 'name',
    header: 'Name',
    isRowHeader: true,
    isFixed: true,
    width: 220,
    minWidth: 140,
    compare: (one, other) => compareTexts(one.thingName, other.thingName),
    cell: ({ thingName }) => (
      <Link href={paths.thing(thingName)}>
        <NameText text={thingName} />
      </Link>
    ),
  },
  {
    id: 'connection',
    header: 'Connection',
    width: 230,
    minWidth: 140,
    compare: (one, other) => connectionRank(one) - connectionRank(other) || changedMs(other) - changedMs(one),
    cell: (thing) => <Connection {...thing} />,
  },
  {
    id: 'reason',
    header: 'Disconnect reason',
    isHiddenNarrow: true,
    width: 220,
    minWidth: 140,
    compare: (one, other) => compareTexts(reasonOf(one) ?? '\uffff', reasonOf(other) ?? '\uffff'),
    cell: (thing) => {
      const reason = reasonOf(thing)
      return reason === undefined ? '–' : reasonInWords(reason)
    },
  },
  {
    id: 'type',
    header: 'Type',
    width: 140,
    minWidth: 100,
    compare: (one, other) => compareTexts(one.thingTypeName ?? '\uffff', other.thingTypeName ?? '\uffff'),
    cell: ({ thingTypeName }) =>
      thingTypeName === undefined ? (
        '–'
      ) : (
        <TwoLinesOfNames names={[thingTypeName]}>
          <Link href={paths.thingType(thingTypeName)}>
            <NameText text={thingTypeName} />
          </Link>
        </TwoLinesOfNames>
      ),
  },
  {
    id: 'groups',
    header: 'Groups',
    width: 160,
    minWidth: 100,
    cell: ({ thingGroupNames = [] }) =>
      thingGroupNames.length === 0 ? (
        '–'
      ) : (
        <TwoLinesOfNames names={thingGroupNames}>
          <FirstNames
            names={thingGroupNames}
            count={thingGroupNames.length}
            most={thingGroupNames.length}
            show={(name) => (
              <Link href={paths.thingGroup(name)}>
                <NameText text={name} />
              </Link>
            )}
          />
        </TwoLinesOfNames>
      ),
  },
  {
    id: 'attributes',
    header: 'Attributes',
    minWidth: 160,
    cell: ({ attributes }) =>
      visible(
        Object.entries(attributes)
          .map(([name, value]) => `${name}: ${value}`)
          .join(', '),
      ) || '–',
  },
  {
    id: 'arn',
    header: 'ARN',
    isHiddenAtFirst: true,
    minWidth: 240,
    cell: ({ thingArn }) => (thingArn === undefined ? '–' : <Copyable what="ARN" text={thingArn} />),
  },
  { id: 'version', header: 'Registry version', isHiddenAtFirst: true, cell: ({ version }) => version ?? '–' },
]

/** As people count: pump-2 before pump-10. */
const compareTexts = new Intl.Collator('en', { numeric: true }).compare

const changedMs = ({ connectivity }: ThingRow) =>
  connectivity?.changedAt === undefined ? 0 : Date.parse(connectivity.changedAt)

/** What an operator looks for first: dropped, then on no record, then connected. */
function connectionRank({ connectivity }: ThingRow): number {
  if (connectivity?.connected) return 2
  return connectivity?.changedAt === undefined ? 1 : 0
}

/** Why it is disconnected; AWS says `UNKNOWN` and `NONE` where there is nothing to say. */
function reasonOf({ connectivity }: ThingRow): string | undefined {
  const reason = connectivity?.disconnectReason
  return connectivity?.connected || reason === 'UNKNOWN' || reason === 'NONE' ? undefined : reason
}

function Connection({ thingName, connectivity }: ThingRow) {
  if (!connectivity) return '–'
  const { connected, changedAt, clientId } = connectivity
  const since = changedAt !== undefined && <Age atMs={Date.parse(changedAt)} />
  const asWhom = clientId === undefined || clientId === thingName ? '' : ` as ${clientId}`
  if (connected) {
    return (
      <StatusIndicator type="success">
        Connected {since}
        {visible(asWhom)}
      </StatusIndicator>
    )
  }
  if (changedAt === undefined) {
    return (
      <span title="The fleet index forgets a connection about an hour after its end, and knows the client id that is the thing’s name">
        <StatusIndicator type="info">No connection on record</StatusIndicator>
      </span>
    )
  }
  return (
    <StatusIndicator type="stopped">
      Disconnected {since}
      {visible(asWhom)}
    </StatusIndicator>
  )
}

/** What only one of the sources knows. */
const ONLY: Readonly<Record<string, Source>> = {
  connection: 'index',
  reason: 'index',
  groups: 'index',
  arn: 'registry',
  version: 'registry',
}

/** Whether the id of a column is a field that somebody added. */
export const isFieldColumn = (id: string): boolean => id.includes('.') && isField(id)

/** All columns: those that every list of things has, and one for each field that somebody added. */
export const columnsFor = (fields: readonly string[]): readonly ListColumn<ThingRow>[] => [
  ...COLUMNS,
  ...fields.map(fieldColumn),
]

function fieldColumn(field: string): ListColumn<ThingRow> {
  const textOf = (thing: ThingRow) => fieldValue(thing, field)
  return {
    id: field,
    header: fieldLabel(field),
    width: 160,
    minWidth: 100,
    isHiddenAtFirst: true,
    compare: (one, other) => compareTexts(textOf(one) ?? '\uffff', textOf(other) ?? '\uffff'),
    cell: (thing) => {
      const value = textOf(thing)
      return value === undefined ? '–' : visible(value)
    },
  }
}

/** The value of a field of a row, as text; an attribute comes with every row. */
export function fieldValue({ attributes, values }: ThingRow, field: string): string | undefined {
  const [, name] = /^attributes\.(.+)$/s.exec(field) ?? []
  const held: Readonly<Record<string, string>> = name === undefined ? (values ?? {}) : attributes
  const key = name ?? field
  return Object.hasOwn(held, key) ? held[key] : undefined
}

/** The columns that can be had of a source; `isLive`: the index knows connections. */
export const offeredColumns = (
  columns: readonly ListColumn<ThingRow>[],
  source: Source,
  isLive: boolean,
): readonly string[] =>
  columns
    .map(({ id }) => id)
    .filter((id) => (isFieldColumn(id) ? isOffered(id, source) : (ONLY[id] ?? source) === source))
    .filter((id) => isLive || (id !== 'connection' && id !== 'reason'))

/** The registry knows attributes, and nothing of shadows and connections. */
const isOffered = (field: string, source: Source) => source === 'index' || field.startsWith('attributes.')

/** AWS gives at most 250 of the registry at a time, and 100 of the index. */
export const pageSizes = (source: Source) => (source === 'index' ? [25, 50, 100] : [25, 50, 100, 250])
