import StatusIndicator from '@cloudscape-design/components/status-indicator'
import { useQuery, useQueryClient } from '@tanstack/react-query'
import type { Command } from '@thingdeck/contract'
import { useState } from 'react'
import type { Action } from '../../../shared/action/action.ts'
import { DetailsPage } from '../../../shared/details/details-page.tsx'
import { useLeave } from '../../../shared/details/use-leave.ts'
import { paths } from '../../../shared/paths.ts'
import type { SearchProps } from '../../../shared/search-props.ts'
import { TagsPanel } from '../../../shared/tags/tags-panel.tsx'
import { visible } from '../../../shared/text/visible.tsx'
import { commandQuery, commandsChanged } from '../api.ts'
import { DeleteCommandDialog } from '../components/delete-command-dialog.tsx'
import { DeprecateDialog } from '../components/deprecate-dialog.tsx'
import { EXECUTION_COLUMNS, ExecutionList, FILTER_OF_COMMAND } from '../components/execution-list.tsx'
import type { CommandSearch } from '../search.ts'
import { commandStatus, whyNotSent } from '../words/status.ts'
import { ButtonsTab } from './buttons-tab.tsx'
import { EditDialog } from './edit-dialog.tsx'
import { PayloadTab } from './payload-tab.tsx'

interface CommandPageProps extends SearchProps<CommandSearch> {
  readonly commandId: string
}

type Asked = 'edit' | 'deprecate' | 'delete'

/** What a command sends, whom it was sent to, and what can be done with it. */
export function CommandPage({ commandId, search, setSearch }: CommandPageProps) {
  const query = useQuery(commandQuery(commandId))
  const client = useQueryClient()
  const leave = useLeave(paths.command(commandId), paths.commands())
  const [asked, setAsked] = useState<Asked>()
  const { data } = query
  const close = () => setAsked(undefined)
  const changed = () => void commandsChanged(client)
  return (
    <>
      <DetailsPage
        title={commandId}
        breadcrumbs={[
          { text: 'Commands', href: paths.commands() },
          { text: commandId, href: paths.command(commandId) },
        ]}
        status={data && <StatusLine command={data} />}
        what="command"
        query={query}
        notFound={`There is no command named ${commandId}`}
        actions={data ? actionsOn(data, setAsked) : []}
        tabs={[
          { id: 'payload', label: 'What it sends', content: (command) => <PayloadTab command={command} /> },
          {
            id: 'executions',
            label: 'Executions',
            content: (command) => (
              <ExecutionList
                name="command-executions"
                words={{
                  title: 'Executions',
                  one: 'execution',
                  many: 'executions',
                  description:
                    'Whom it was sent to and what came of it, the latest first. AWS remembers them for six months.',
                  empty: { title: 'It was never sent', text: 'What became of it on each device will stand here.' },
                }}
                fixed={{ command: commandId }}
                filter={FILTER_OF_COMMAND}
                placeholder="State, thing or client id"
                columns={COLUMNS}
                actions={[sendAction(command)]}
                search={search}
                setSearch={setSearch}
              />
            ),
          },
          { id: 'buttons', label: 'Buttons', content: (command) => <ButtonsTab command={command} /> },
          {
            id: 'tags',
            label: 'Tags',
            content: ({ commandArn, tags }) => (
              <TagsPanel resourceArn={commandArn} what={`the command ${commandId}`} tags={tags} onChange={changed} />
            ),
          },
        ]}
        search={search}
        setSearch={setSearch}
      />
      {asked === 'edit' && data && <EditDialog command={data} onChanged={changed} onClose={close} />}
      {asked === 'deprecate' && data && <DeprecateDialog command={data} onChanged={changed} onClose={close} />}
      {asked === 'delete' && data && (
        <DeleteCommandDialog
          command={data}
          onDeleted={(isGone) => {
            changed()
            if (isGone) leave()
          }}
          onClose={close}
        />
      )}
    </>
  )
}

const COLUMNS = EXECUTION_COLUMNS.filter(({ id }) => id !== 'command')

function StatusLine({ command }: { readonly command: Command }) {
  const { type, words } = commandStatus(command)
  const said = [command.displayName, command.description].filter((text) => text !== undefined && text !== '')
  return (
    <>
      <StatusIndicator type={type}>{words}</StatusIndicator> {visible(said.join(': '))}
    </>
  )
}

const sendAction = (command: Command): Action => ({
  id: 'send',
  text: 'Send command',
  needs: 'operator',
  isPrimary: true,
  href: paths.sendCommand({ command: command.commandId }),
  whyNot: whyNotSent(command),
})

function actionsOn(command: Command, ask: (what: Asked) => void): Action[] {
  const { commandId, deprecated, pendingDeletion } = command
  const going = pendingDeletion ? 'It is pending deletion.' : undefined
  return [
    { id: 'delete', text: 'Delete', needs: 'admin', whyNot: going, onAction: () => ask('delete') },
    {
      id: 'deprecate',
      text: deprecated ? 'Restore' : 'Deprecate',
      needs: 'operator',
      whyNot: going,
      onAction: () => ask('deprecate'),
    },
    { id: 'again', text: 'Create one like it', needs: 'operator', href: paths.createCommand({ like: commandId }) },
    { id: 'edit', text: 'Rename or describe', needs: 'operator', whyNot: going, onAction: () => ask('edit') },
    sendAction(command),
  ]
}
