import Box from '@cloudscape-design/components/box'
import Button from '@cloudscape-design/components/button'
import Container from '@cloudscape-design/components/container'
import Header from '@cloudscape-design/components/header'
import SpaceBetween from '@cloudscape-design/components/space-between'
import { useInfiniteQuery, useQuery } from '@tanstack/react-query'
import type { CommandButton, CommandExecutionSummary } from '@thingdeck/contract'
import { useState } from 'react'
import { useCommandEvents } from '../../../shared/command-executions/use-command-events.ts'
import { List } from '../../../shared/list/list.tsx'
import type { ListColumn } from '../../../shared/list/list-column.ts'
import { pagesOf } from '../../../shared/list/list-source.ts'
import { paths } from '../../../shared/paths.ts'
import type { SearchProps } from '../../../shared/search-props.ts'
import { useWhyNot } from '../../../shared/session/session.tsx'
import { visible } from '../../../shared/text/visible.tsx'
import { ErrorAlert } from '../../../shared/ui/error-alert.tsx'
import { buttonsQuery, executionPagesQuery, thingTypeQuery } from '../api.ts'
import { EXECUTION_COLUMNS } from '../components/execution-list.tsx'
import { ExecutionPanel } from '../components/execution-panel.tsx'
import type { ThingCommandsSearch } from '../search.ts'
import { PressDialog } from './press-dialog.tsx'

const ROWS = 50

interface ThingCommandsProps extends SearchProps<ThingCommandsSearch> {
  readonly thingName: string
}

/** What a thing's device can be told by a button, what it was told, and what it answered. */
export function ThingCommands({ thingName, search, setSearch }: ThingCommandsProps) {
  const pages = useInfiniteQuery(executionPagesQuery({ thing: thingName }, ROWS))
  useCommandEvents()
  const { execution } = search
  const show = (executionId: string) => setSearch({ execution: executionId })
  return (
    <SpaceBetween size="l">
      <Buttons thingName={thingName} onSent={show} />
      {execution !== undefined && (
        <Container
          header={
            <Header
              variant="h2"
              actions={
                <Button
                  iconName="close"
                  variant="icon"
                  ariaLabel="Close the look"
                  onClick={() => setSearch({ execution: undefined })}
                />
              }
            >
              Execution {execution.slice(0, 8)}
            </Header>
          }
        >
          <ExecutionPanel key={execution} executionId={execution} target={{ thingName }} />
        </Container>
      )}
      <List
        name="thing-commands"
        variant="container"
        words={{
          title: 'Sent commands',
          one: 'execution',
          many: 'executions',
          description: 'What its device was told, and what came of it, the latest first.',
          empty: {
            title: 'Nothing was sent to it',
            text: 'A command tells its device to do something at once: what it answered will stand here.',
          },
        }}
        columns={columnsOf(show)}
        rowId={({ executionId }) => executionId}
        source={pagesOf(pages, ({ executions }) => executions)}
        paging="endless"
        isNewestFirst
        actions={() => [
          {
            id: 'history',
            text: 'Filter',
            href: paths.commandExecutions({ thing: thingName }),
          },
          {
            id: 'send',
            text: 'Send command',
            needs: 'operator',
            isPrimary: true,
            href: paths.sendCommand({ thing: thingName }),
          },
        ]}
        rowActions={({ executionId, commandId }) => [
          { id: 'look', text: 'Look closer', onAction: () => show(executionId) },
          {
            id: 'again',
            text: 'Send again with the same values',
            needs: 'operator',
            href: paths.sendCommand({ command: commandId, thing: thingName, like: executionId }),
          },
        ]}
      />
    </SpaceBetween>
  )
}

const columnsOf = (onLook: (executionId: string) => void): readonly ListColumn<CommandExecutionSummary>[] => [
  ...EXECUTION_COLUMNS.filter(({ id }) => id === 'command').map((column) => ({ ...column, isRowHeader: true })),
  ...EXECUTION_COLUMNS.filter(({ id }) => id !== 'command' && id !== 'device'),
  {
    id: 'look',
    header: 'Details',
    width: 130,
    cell: ({ executionId }) => (
      <Button variant="inline-link" ariaLabel={`Look closer at ${executionId}`} onClick={() => onLook(executionId)}>
        Look closer
      </Button>
    ),
  },
]

interface ButtonsProps {
  readonly thingName: string
  readonly onSent: (executionId: string) => void
}

/** The buttons that things of its type have; without one, nothing. */
function Buttons({ thingName, onSent }: ButtonsProps) {
  const type = useQuery(thingTypeQuery(thingName))
  const buttons = useQuery(buttonsQuery)
  const [pressed, setPressed] = useState<CommandButton>()
  const mayNot = useWhyNot('operator')
  const error = type.error ?? buttons.error
  if (error) return <ErrorAlert error={error} what="The buttons of its type could not be read" />
  if (type.data === undefined) return null
  const own = (buttons.data ?? []).filter(({ thingTypeName }) => thingTypeName === (type.data ?? undefined))
  if (own.length === 0) return null
  return (
    <Container>
      <SpaceBetween size="xs">
        <Box variant="awsui-key-label">
          {type.data === null ? 'Buttons of things without a type' : visible(`Buttons of the type ${type.data}`)}
        </Box>
        <SpaceBetween direction="horizontal" size="xs">
          {own.map((button) => (
            <Button
              key={button.buttonId}
              onClick={() => setPressed(button)}
              {...(mayNot !== undefined && { disabled: true, disabledReason: mayNot })}
            >
              {visible(button.label)}
            </Button>
          ))}
        </SpaceBetween>
      </SpaceBetween>
      {pressed && (
        <PressDialog thingName={thingName} button={pressed} onSent={onSent} onClose={() => setPressed(undefined)} />
      )}
    </Container>
  )
}
