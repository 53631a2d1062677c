import Alert from '@cloudscape-design/components/alert'
import Button from '@cloudscape-design/components/button'
import Container from '@cloudscape-design/components/container'
import Header from '@cloudscape-design/components/header'
import SpaceBetween from '@cloudscape-design/components/space-between'
import { useQuery, useQueryClient } from '@tanstack/react-query'
import { useRouter } from '@tanstack/react-router'
import {
  type BulkChangePreview,
  type BulkChangeRequest,
  type Command,
  type CommandExecution,
  type CommandTarget,
  endpoints,
} from '@thingdeck/contract'
import { useRef, useState } from 'react'
import { api } from '../../../shared/api.ts'
import { BULK_CHANGES } from '../../../shared/bulk-changes/bulk-change-queries.ts'
import { executionsChanged } from '../../../shared/command-executions/execution-queries.ts'
import { TextField } from '../../../shared/form/fields.tsx'
import { FormElement } from '../../../shared/form/form-element.tsx'
import { SENDS_FORM } from '../../../shared/form/submitting-form.tsx'
import { useForm } from '../../../shared/form/use-form.ts'
import { formatCount } from '../../../shared/format.ts'
import { paths } from '../../../shared/paths.ts'
import { useWhyNot } from '../../../shared/session/session.tsx'
import { visibleText } from '../../../shared/text/visible-text.ts'
import { ErrorAlert } from '../../../shared/ui/error-alert.tsx'
import { thingTypeQuery } from '../api.ts'
import { SaveButtonDialog } from '../command/save-button-dialog.tsx'
import { ParameterFields } from '../components/parameter-fields.tsx'
import type { SendSearch } from '../search.ts'
import { takenValues } from '../words/parameter-text.ts'
import { whyNotSent } from '../words/status.ts'
import { secondsInWords, timeoutRule } from '../words/timeout.ts'
import { PayloadPreview } from './payload-preview.tsx'
import { SendToManyDialog } from './send-to-many-dialog.tsx'
import { deviceOf, type SendValues, targetsOf, valuesIn, whoRule } from './send-values.ts'
import { TargetFields } from './target-fields.tsx'

interface SendFormProps {
  readonly command: Command
  readonly search: SendSearch
  /** The execution whose values it begins with. */
  readonly begin: CommandExecution | undefined
  readonly onSent: (executionId: string, target: CommandTarget) => void
}

/** To one device it is sent at once; what is to be agreed to before it is sent to many. */
type Done =
  | { readonly executionId: string; readonly target: CommandTarget }
  | { readonly request: BulkChangeRequest; readonly counted: BulkChangePreview }

/** Whom a command is sent to, with which values, and what the device then gets. */
export function SendForm({ command, search, begin, onSent }: SendFormProps) {
  const { commandId, parameters } = command
  const client = useQueryClient()
  const { history } = useRouter()
  const [asking, setAsking] = useState<Extract<Done, { readonly request: object }>>()
  const [isKeeping, setKeeping] = useState(false)
  // Sent again after an answer that was lost, the same is what AWS has already: the device is told once.
  const lost = useRef<{ readonly what: string; readonly clientToken: string }>(undefined)
  const form = useForm<SendValues, Done>({
    initial: valuesIn(search, begin),
    rules: {
      thing: whoRule('thing'),
      client: whoRule('client'),
      names: whoRule('things'),
      group: whoRule('group'),
      query: whoRule('query'),
      values: (texts) => (takenValues(parameters, texts) ? undefined : 'Give the values.'),
      timeout: timeoutRule,
    },
    async submit(values) {
      const run = {
        parameters: takenValues(parameters, values.values)?.given ?? {},
        executionTimeoutSeconds: Number(values.timeout),
      }
      const target = deviceOf(values)
      if (target) {
        const what = JSON.stringify([target, run])
        if (lost.current?.what !== what) lost.current = { what, clientToken: crypto.randomUUID() }
        const { clientToken } = lost.current
        const { executionId } = await api(endpoints.startCommandExecution, {
          params: { commandId },
          body: { device: target, ...run, clientToken },
        })
        lost.current = undefined
        return { executionId, target }
      }
      const targets = targetsOf(values)
      if (!targets) throw new Error('Say to whom.')
      const request = {
        targets,
        change: { kind: 'command' as const, commandId, ...run },
        dryRun: false,
        clientRequestToken: crypto.randomUUID(), // confirmed again, where no answer came, it is not sent again
      }
      return { request, counted: await counted(request) }
    },
    onDone(done) {
      if ('request' in done) return setAsking(done)
      void executionsChanged(client)
      onSent(done.executionId, done.target)
    },
  })
  const mayNot = useWhyNot('operator')
  const whyNot = mayNot ?? whyNotSent(command)
  const { values, timeout, who, thing } = form.values
  const timeoutField = form.field('timeout')
  const taken = takenValues(parameters, values)
  const isTimeout = timeoutRule(timeout) === undefined
  const device = deviceOf(form.values)
  const type = useQuery({
    ...thingTypeQuery(thing.trim()),
    enabled: isKeeping && who === 'thing' && device !== undefined,
  })
  return (
    <FormElement form={form} whyNot={whyNot}>
      <SpaceBetween size="m">
        {form.failure && <ErrorAlert error={form.failure} what="The command could not be sent" />}
        <Container header={<Header variant="h2">To whom</Header>}>
          <TargetFields form={form} />
        </Container>
        <Container
          header={
            <Header
              variant="h2"
              description={parameters.length === 0 ? 'It takes no values: every device gets the same.' : undefined}
            >
              With what
            </Header>
          }
        >
          <SpaceBetween size="l">
            <ParameterFields parameters={parameters} field={form.field('values')} />
            <TextField
              field={timeoutField}
              label="Time-out in seconds"
              inputMode="numeric"
              description={
                isTimeout
                  ? `A device has ${secondsInWords(Number(timeout))} to end it. One that is away gets it if it is back by then.`
                  : 'How long a device has to end it.'
              }
              constraint="1 to 43,200, which are 12 hours."
            />
            {taken ? (
              <PayloadPreview
                command={command}
                parameters={taken.taken}
                timeoutSeconds={isTimeout ? Number(timeout) : 0}
                device={device}
              />
            ) : (
              <Alert type="info">What the device gets is shown once all values are given.</Alert>
            )}
          </SpaceBetween>
        </Container>
        <SpaceBetween direction="horizontal" size="xs">
          <Button
            formAction="none"
            onClick={() => setKeeping(true)}
            {...(mayNot !== undefined && { disabled: true, disabledReason: mayNot })}
          >
            Save as a button
          </Button>
          <Button
            variant="primary"
            nativeButtonAttributes={SENDS_FORM}
            loading={form.isBusy}
            {...(whyNot !== undefined && { disabled: true, disabledReason: whyNot })}
          >
            {device || who === 'thing' || who === 'client' ? 'Send command' : 'Count and send'}
          </Button>
        </SpaceBetween>
      </SpaceBetween>
      {isKeeping && (who !== 'thing' || device === undefined || !type.isPending) && (
        <SaveButtonDialog
          command={command}
          begin={{ thingTypeName: type.data ?? '', values, timeout: isTimeout ? timeout : '10' }}
          onClose={() => setKeeping(false)}
        />
      )}
      {asking && (
        <SendToManyDialog
          commandId={visibleText(commandId)}
          counted={asking.counted}
          timeoutSeconds={Number(timeout)}
          onConfirm={async () => {
            const { bulkChangeId } = await api(endpoints.startBulkChange, {
              body: { ...asking.request, confirmedCount: asking.counted.count },
            })
            void client.invalidateQueries({ queryKey: BULK_CHANGES })
            history.push(paths.bulkChanges({ bulkChange: bulkChangeId }))
          }}
          onClose={() => setAsking(undefined)}
        />
      )}
    </FormElement>
  )
}

/** How many things are meant now. */
async function counted({ targets }: Pick<BulkChangeRequest, 'targets'>): Promise<BulkChangePreview> {
  const found = await api(endpoints.previewBulkChange, { body: { targets } })
  if (found.count === 0) throw new Error('No thing is meant by this.')
  if (found.isAtLeast)
    throw new Error(`More than ${formatCount(found.count)} things are meant, which is more than are sent to at once.`)
  return found
}
