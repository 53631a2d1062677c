import { useInfiniteQuery, useQueryClient } from '@tanstack/react-query'
import type { CommandSummary } from '@thingdeck/contract'
import { useState } from 'react'
import type { Action } from '../../../shared/action/action.ts'
import { useCommandEvents } from '../../../shared/command-executions/use-command-events.ts'
import { createFilter } from '../../../shared/list/list-filter.ts'
import { ListPage } from '../../../shared/list/list-page.tsx'
import { useListPageSize } from '../../../shared/list/list-preference.ts'
import type { ListWords } from '../../../shared/list/list-props.ts'
import { pagesOf } from '../../../shared/list/list-source.ts'
import { useLooks } from '../../../shared/list/use-looks.ts'
import { paths } from '../../../shared/paths.ts'
import type { SearchProps } from '../../../shared/search-props.ts'
import { Loading } from '../../../shared/ui/loading.tsx'
import { COMMAND_LOOKS, commandPagesQuery, commandsChanged } from '../api.ts'
import { CommandContent } from '../components/command-content.tsx'
import { DeleteCommandDialog } from '../components/delete-command-dialog.tsx'
import { DeprecateDialog } from '../components/deprecate-dialog.tsx'
import { COMMAND_STATES, type CommandsFilter, type CommandsSearch } from '../search.ts'
import { whyNotSent } from '../words/status.ts'
import { COLUMNS, type CommandRow } from './columns.tsx'

const CREATE: Action = {
  id: 'create',
  text: 'Create command',
  needs: 'operator',
  isPrimary: true,
  href: paths.createCommand(),
}

const WORDS: ListWords = {
  title: 'Commands',
  one: 'command',
  many: 'commands',
  description:
    'What a device can be told to do at once, and answers: restart, set a value, read a sensor. The newest first.',
  empty: {
    title: 'No commands yet',
    text: 'A command is written once, with the values that it takes, and sent to a device whenever it is needed. The device answers within a time, and what it answered is kept.',
  },
}

const FILTER = createFilter<CommandRow, CommandsFilter>({
  properties: [
    {
      key: 'name',
      label: 'Name',
      valuesLabel: 'Names',
      params: { ':': 'name' },
      seenIn: ({ commandId }) => commandId,
    },
    {
      key: 'state',
      label: 'State',
      valuesLabel: 'States',
      params: { '=': 'state' },
      values: COMMAND_STATES,
      seenIn: () => undefined,
    },
    {
      key: 'parameter',
      label: 'Parameter',
      valuesLabel: 'Parameters',
      params: { '=': 'parameter' },
      seenIn: ({ look }) => look?.parameters.map(({ name }) => name) ?? [],
    },
  ],
  freeText: { operator: ':', mean: (value) => ({ propertyKey: 'name', operator: ':', value }) },
})

/** The commands of the account; AWS has to be asked for each what it sends, which is done for those in sight. */
export function CommandsPage({ search, setSearch }: SearchProps<CommandsSearch>) {
  const client = useQueryClient()
  const pageSize = useListPageSize('commands', 25)
  const pages = useInfiniteQuery(commandPagesQuery(search, pageSize))
  const shown = pages.data?.pages[(search.page ?? 1) - 1]?.commands ?? []
  const looks = useLooks(
    COMMAND_LOOKS,
    shown.map(({ commandId }) => commandId),
  )
  useCommandEvents()
  const [asked, setAsked] = useState<{ readonly what: 'deprecate' | 'delete'; readonly command: CommandRow }>()
  const rowOf = (command: CommandSummary): CommandRow => ({ ...command, look: looks.get(command.commandId) })
  const rows = shown.map(rowOf)
  const close = () => setAsked(undefined)
  const changed = () => void commandsChanged(client)
  return (
    <>
      <ListPage
        name="commands"
        breadcrumbs={[{ text: 'Commands', href: paths.commands() }]}
        words={WORDS}
        columns={COLUMNS}
        rowId={({ commandId }) => commandId}
        source={pagesOf(pages, ({ commands }) => commands.map(rowOf))}
        paging="numbered"
        pageSize={pageSize}
        pageSizes={[25, 50]}
        search={search}
        setSearch={setSearch}
        filter={{ by: FILTER, placeholder: 'Name, state or parameter' }}
        selection="single"
        actions={([selected]) => {
          const command = rows.find(({ commandId }) => commandId === selected)
          return [
            { id: 'history', text: 'Sent commands', href: paths.commandExecutions() },
            {
              id: 'send',
              text: 'Send command',
              needs: 'operator',
              href: paths.sendCommand({ command: selected }),
              whyNot: command && whyNotSent(command),
            },
            CREATE,
          ]
        }}
        rowActions={(command) => [
          {
            id: 'send',
            text: 'Send command',
            needs: 'operator',
            href: paths.sendCommand({ command: command.commandId }),
            whyNot: whyNotSent(command),
          },
          { id: 'executions', text: 'Show executions', href: paths.command(command.commandId, { tab: 'executions' }) },
          {
            id: 'again',
            text: 'Create one like it',
            needs: 'operator',
            href: paths.createCommand({ like: command.commandId }),
          },
          {
            id: 'deprecate',
            text: command.deprecated ? 'Restore command' : 'Deprecate command',
            needs: 'operator',
            onAction: () => setAsked({ what: 'deprecate', command }),
          },
          {
            id: 'delete',
            text: 'Delete command',
            needs: 'admin',
            onAction: () => setAsked({ what: 'delete', command }),
          },
        ]}
        look={(commandId, row) => ({
          header: commandId,
          content: row && (row.look ? <CommandContent command={row.look} /> : <Loading what="command" />),
        })}
      />
      {asked?.what === 'deprecate' && <DeprecateDialog command={asked.command} onChanged={changed} onClose={close} />}
      {asked?.what === 'delete' && <DeleteCommandDialog command={asked.command} onDeleted={changed} onClose={close} />}
    </>
  )
}
