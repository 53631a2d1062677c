import Container from '@cloudscape-design/components/container'
import FormField from '@cloudscape-design/components/form-field'
import Header from '@cloudscape-design/components/header'
import Link from '@cloudscape-design/components/link'
import Select from '@cloudscape-design/components/select'
import SpaceBetween from '@cloudscape-design/components/space-between'
import { useQuery } from '@tanstack/react-query'
import type { CommandTarget } from '@thingdeck/contract'
import { useEffect, useRef } from 'react'
import { usePageChrome } from '../../../shared/chrome/chrome.tsx'
import { PageHeader } from '../../../shared/help/page-header.tsx'
import { paths } from '../../../shared/paths.ts'
import { defined } from '../../../shared/search-params.ts'
import type { SearchProps } from '../../../shared/search-props.ts'
import { ErrorAlert } from '../../../shared/ui/error-alert.tsx'
import { Loading } from '../../../shared/ui/loading.tsx'
import { allCommandsQuery, commandQuery, executionQuery } from '../api.ts'
import { ExecutionPanel } from '../components/execution-panel.tsx'
import type { SendSearch } from '../search.ts'
import { whyNotSent } from '../words/status.ts'
import { SendForm } from './send-form.tsx'

/** The one device that an address names, where it names one. */
const deviceIn = ({ thing, client }: SendSearch): CommandTarget | undefined =>
  thing === undefined && client === undefined
    ? undefined
    : defined(thing === undefined ? { clientId: client } : { thingName: thing })

/** Sends a command: which one, to whom, with which values; and what came of it. */
export function SendCommandPage({ search, setSearch }: SearchProps<SendSearch>) {
  usePageChrome({
    title: 'Send command',
    breadcrumbs: [
      { text: 'Commands', href: paths.commands() },
      { text: 'Send command', href: paths.sendCommand() },
    ],
  })
  const { command: commandId, like, sent } = search
  const device = deviceIn(search)
  // It stands below the form that sent it.
  const outcome = useRef<HTMLDivElement>(null)
  useEffect(() => {
    if (sent !== undefined) outcome.current?.scrollIntoView({ block: 'nearest' })
  }, [sent])
  const command = useQuery({ ...commandQuery(commandId ?? ''), enabled: commandId !== undefined })
  const before = useQuery({
    ...executionQuery(like ?? '', device ?? {}),
    enabled: like !== undefined && device !== undefined,
    refetchInterval: false,
  })
  const error = command.error ?? before.error
  const isReading = (commandId !== undefined && !command.data) || (like !== undefined && device && !before.data)
  return (
    <SpaceBetween size="m">
      <PageHeader description="One device does something at once, and answers; many are done one after the other.">
        Send command
      </PageHeader>
      <Container>
        <CommandField
          commandId={commandId}
          onChoose={(chosen) => setSearch({ command: chosen, like: undefined, sent: undefined })}
        />
      </Container>
      {error && <ErrorAlert error={error} what="What is to be sent could not be read" />}
      {!error && isReading && <Loading what="command" />}
      {!error && !isReading && command.data && (
        <SendForm
          key={JSON.stringify([commandId, like])}
          command={command.data}
          search={search}
          begin={before.data}
          onSent={(executionId, { thingName: thing, clientId: client }) =>
            setSearch({ sent: executionId, thing, client, things: undefined, group: undefined, query: undefined })
          }
        />
      )}
      {sent !== undefined && device && (
        <div ref={outcome}>
          <Container header={<Header variant="h2">What came of it</Header>}>
            <ExecutionPanel key={sent} executionId={sent} target={device} />
          </Container>
        </div>
      )}
    </SpaceBetween>
  )
}

interface CommandFieldProps {
  readonly commandId: string | undefined
  readonly onChoose: (commandId: string) => void
}

function CommandField({ commandId, onChoose }: CommandFieldProps) {
  const { data = [], error, isPending, refetch } = useQuery(allCommandsQuery)
  const options = data.map((command) => ({
    value: command.commandId,
    label: command.commandId,
    ...(command.displayName !== undefined && { description: command.displayName }),
    ...(whyNotSent(command) !== undefined && { disabled: true, disabledReason: whyNotSent(command) ?? '' }),
  }))
  const chosen = options.find(({ value }) => value === commandId)
  return (
    <FormField
      label="Command"
      stretch
      description={
        commandId === undefined ? undefined : (
          <Link href={paths.command(commandId)}>What it is, and what came of it</Link>
        )
      }
    >
      <Select
        options={options}
        filteringType="auto"
        // One that the list does not have may be there all the same: what is pending deletion AWS leaves out.
        selectedOption={chosen ?? (commandId === undefined ? null : { value: commandId, label: commandId })}
        placeholder="Choose a command"
        statusType={error ? 'error' : isPending ? 'loading' : 'finished'}
        loadingText="Reading commands"
        errorText={error?.message ?? ''}
        recoveryText="Try again"
        empty="There is no command yet."
        onLoadItems={({ detail }) => void (detail.samePage && error && refetch())}
        onChange={({ detail }) => {
          if (detail.selectedOption.value !== undefined) onChoose(detail.selectedOption.value)
        }}
      />
    </FormField>
  )
}
