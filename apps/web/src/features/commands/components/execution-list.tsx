import Link from '@cloudscape-design/components/link'
import { useInfiniteQuery } from '@tanstack/react-query'
import { COMMAND_EXECUTION_STATUSES, type CommandExecutionSummary } from '@thingdeck/contract'
import type { ReactNode } from 'react'
import type { Action } from '../../../shared/action/action.ts'
import { ExecutionStatus } from '../../../shared/command-executions/execution-status.tsx'
import { mayComeLate } from '../../../shared/command-executions/execution-words.ts'
import { useCommandEvents } from '../../../shared/command-executions/use-command-events.ts'
import { List } from '../../../shared/list/list.tsx'
import { AGE_WIDTH, type ListColumn } from '../../../shared/list/list-column.ts'
import { createFilter } from '../../../shared/list/list-filter.ts'
import { useListPageSize } from '../../../shared/list/list-preference.ts'
import type { ListWords } from '../../../shared/list/list-props.ts'
import { pagesOf } from '../../../shared/list/list-source.ts'
import { paths } from '../../../shared/paths.ts'
import { defined } from '../../../shared/search-params.ts'
import type { SearchProps } from '../../../shared/search-props.ts'
import { NameText } from '../../../shared/text/name-text.tsx'
import { Age, formatSpan } from '../../../shared/time.tsx'
import { TimeRangeField } from '../../../shared/time-range-field.tsx'
import { executionPagesQuery } from '../api.ts'
import type { ExecutionsFilter, ExecutionsSearch } from '../search.ts'
import { DeviceLink } from './device-link.tsx'
import { ExecutionPanel } from './execution-panel.tsx'

const age = (time: string | undefined) => (time === undefined ? '–' : <Age atMs={Date.parse(time)} />)

export const EXECUTION_COLUMNS: readonly ListColumn<CommandExecutionSummary>[] = [
  {
    id: 'device',
    header: 'Sent to',
    isRowHeader: true,
    width: 220,
    minWidth: 140,
    cell: ({ target, targetArn }) => <DeviceLink target={target} targetArn={targetArn} />,
  },
  {
    id: 'command',
    header: 'Command',
    width: 200,
    minWidth: 140,
    cell: ({ commandId }) => (
      <Link href={paths.command(commandId)}>
        <NameText text={commandId} />
      </Link>
    ),
  },
  {
    id: 'status',
    header: 'State',
    width: 200,
    minWidth: 140,
    cell: (execution) => (
      <>
        <ExecutionStatus status={execution.status} />
        {mayComeLate(execution) && <div className="td-weak">A late answer is still taken</div>}
      </>
    ),
  },
  { id: 'sent', header: 'Sent', width: AGE_WIDTH, minWidth: 90, cell: ({ createdAt }) => age(createdAt) },
  {
    id: 'took',
    header: 'Took',
    width: 100,
    minWidth: 70,
    cell: ({ createdAt, completedAt }) => {
      if (!createdAt || !completedAt) return '–'
      const tookMs = Date.parse(completedAt) - Date.parse(createdAt)
      return tookMs < 1_000 ? `${tookMs} ms` : formatSpan(tookMs)
    },
  },
]

const STATUS_FILTER = {
  key: 'status',
  label: 'State',
  valuesLabel: 'States',
  params: { '=': 'status' },
  values: COMMAND_EXECUTION_STATUSES,
  seenIn: ({ status }: CommandExecutionSummary) => status,
} as const

const DEVICE_FILTERS = [
  {
    key: 'thing',
    label: 'Thing',
    valuesLabel: 'Things',
    params: { '=': 'thing' },
    seenIn: ({ target }: CommandExecutionSummary) => target.thingName,
  },
  {
    key: 'client',
    label: 'Client id',
    valuesLabel: 'Client ids',
    params: { '=': 'client' },
    seenIn: ({ target }: CommandExecutionSummary) => target.clientId,
  },
] as const

const COMMAND_FILTER = {
  key: 'command',
  label: 'Command',
  valuesLabel: 'Commands',
  params: { '=': 'command' },
  seenIn: ({ commandId }: CommandExecutionSummary) => commandId,
} as const

const TIME = ['last', 'from', 'to'] as const
const byThing = (value: string) => ({ propertyKey: 'thing', operator: '=' as const, value })

/** Of one command. */
export const FILTER_OF_COMMAND = createFilter<CommandExecutionSummary, ExecutionsFilter>({
  properties: [STATUS_FILTER, ...DEVICE_FILTERS],
  freeText: { operator: '=', mean: byThing },
  others: TIME,
})

/** Of whatever is named. */
export const FILTER_OF_ALL = createFilter<CommandExecutionSummary, ExecutionsFilter>({
  properties: [...DEVICE_FILTERS, COMMAND_FILTER, STATUS_FILTER],
  freeText: { operator: '=', mean: byThing },
  others: TIME,
})

interface ExecutionListProps extends SearchProps<ExecutionsSearch> {
  /** Of its preferences. */
  readonly name: string
  readonly words: ListWords
  /** What is shown beyond what the address says. */
  readonly fixed?: ExecutionsFilter
  readonly filter: typeof FILTER_OF_ALL
  /** What can be filtered by. */
  readonly placeholder: string
  readonly columns: readonly ListColumn<CommandExecutionSummary>[]
  readonly actions: readonly Action[]
  readonly notice?: ReactNode
}

/** Executions of a command or on a device, the latest first; a look has what the device answered. */
export function ExecutionList(props: ExecutionListProps) {
  const { name, words, fixed = {}, filter, placeholder, columns, actions, notice, search, setSearch } = props
  const { command, thing, client, status, last, from, to } = { ...search, ...fixed }
  const asked = defined({ command, thing, client, status, last, from, to })
  const pageSize = useListPageSize(name, 25)
  const isNamed = [command, thing, client].some((each) => each !== undefined)
  const pages = useInfiniteQuery({ ...executionPagesQuery(asked, pageSize), enabled: isNamed })
  useCommandEvents(command)
  const source = pagesOf(pages, ({ executions }) => executions)
  const loaded = pages.data?.pages.flatMap(({ executions }) => executions) ?? []
  return (
    <List
      name={name}
      variant="container"
      words={words}
      columns={columns}
      rowId={({ executionId }) => executionId}
      source={isNamed ? source : { ...source, pages: [[]], isPending: false }}
      paging="numbered"
      pageSize={pageSize}
      pageSizes={[25, 50, 100]}
      search={search}
      setSearch={setSearch}
      filter={{
        by: filter,
        placeholder,
        beside: <TimeRangeField range={search} placeholder="Sent at any time" onChange={(range) => setSearch(range)} />,
      }}
      selection="single"
      actions={() => actions}
      {...(notice !== undefined && { notice })}
      look={(executionId) => {
        // A link may lead to one that is not on the pages that were read.
        const named =
          thing !== undefined ? { thingName: thing } : client !== undefined ? { clientId: client } : undefined
        const target = loaded.find((each) => each.executionId === executionId)?.target ?? named
        return {
          header: `Execution ${executionId.slice(0, 8)}`,
          content: target && <ExecutionPanel executionId={executionId} target={target} />,
        }
      }}
    />
  )
}
