import SpaceBetween from '@cloudscape-design/components/space-between'
import { useQuery, useQueryClient } from '@tanstack/react-query'
import { valueText } from '@thingdeck/commands'
import { type CommandButton, DEFAULT_COMMAND_TIMEOUT_SECONDS, endpoints } from '@thingdeck/contract'
import { useState } from 'react'
import { api } from '../../../shared/api.ts'
import { executionsChanged } from '../../../shared/command-executions/execution-queries.ts'
import { ConfirmDialog } from '../../../shared/dialog/confirm-dialog.tsx'
import { visibleText } from '../../../shared/text/visible-text.ts'
import { ErrorAlert } from '../../../shared/ui/error-alert.tsx'
import { Loading } from '../../../shared/ui/loading.tsx'
import { commandQuery } from '../api.ts'
import { ConnectionLine } from '../send/connection-line.tsx'
import { PayloadPreview } from '../send/payload-preview.tsx'
import { takenValues, textsOf } from '../words/parameter-text.ts'
import { whyNotSent } from '../words/status.ts'
import { secondsInWords } from '../words/timeout.ts'

interface PressDialogProps {
  readonly thingName: string
  readonly button: CommandButton
  readonly onSent: (executionId: string) => void
  readonly onClose: () => void
}

/** Says what a button sends, and whether the device is there, before it does. */
export function PressDialog({ thingName, button, onSent, onClose }: PressDialogProps) {
  const { label, commandId, parameters = {}, executionTimeoutSeconds = DEFAULT_COMMAND_TIMEOUT_SECONDS } = button
  const client = useQueryClient()
  const { data: command, error } = useQuery(commandQuery(commandId))
  // Pressed twice, as after an answer that was lost, it sends once.
  const [clientToken] = useState(() => crypto.randomUUID())
  const taken = command && takenValues(command.parameters, textsOf(parameters, valueText))
  return (
    <ConfirmDialog
      header={`${visibleText(label)}: send ${visibleText(commandId)} to ${visibleText(thingName)}?`}
      action="Send command"
      failure="The command could not be sent"
      disabled={!command || whyNotSent(command) !== undefined || !taken}
      onConfirm={async () => {
        const { executionId } = await api(endpoints.startCommandExecution, {
          params: { commandId },
          body: { device: { thingName }, parameters, executionTimeoutSeconds, clientToken },
        })
        void executionsChanged(client)
        onSent(executionId)
      }}
      onClose={onClose}
    >
      <SpaceBetween size="s">
        {error && <ErrorAlert error={error} what="The command could not be read" />}
        {!command && !error && <Loading what="command" />}
        {command && whyNotSent(command) !== undefined && (
          <p>The command can be sent to nobody now. {whyNotSent(command)}</p>
        )}
        {command && !taken && <p>The values of the button do not fit the command any more.</p>}
        <ConnectionLine thingName={thingName} />
        {command && taken && (
          <PayloadPreview
            command={command}
            parameters={taken.taken}
            timeoutSeconds={executionTimeoutSeconds}
            device={{ thingName }}
          />
        )}
        {command && <p>It has {secondsInWords(executionTimeoutSeconds)} to end it.</p>}
      </SpaceBetween>
    </ConfirmDialog>
  )
}
